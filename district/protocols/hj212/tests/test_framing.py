from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from district.protocols.hj212 import FrameError, Framer, Piece, decode
from district.protocols.hj212.framing import LONGEST_CIPHER, LONGEST_JUNK

from .specimens import frame, head, streams


def pieces_of(chunks: Sequence[bytes]) -> list[Piece]:
    framer = Framer()
    return [piece for chunk in chunks for piece in framer.feed(chunk)] + framer.rest()


def cut(data: bytes, places: Sequence[int]) -> list[bytes]:
    borders = sorted({min(place, len(data)) for place in places} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(borders)]


@given(streams(), st.lists(st.integers(0, 900), max_size=12))
def test_chunking_changes_nothing(data: bytes, places: list[int]):
    assert pieces_of(cut(data, places)) == pieces_of([data])


@given(streams())
def test_byte_by_byte_gives_the_same(data: bytes):
    assert pieces_of([data[at : at + 1] for at in range(len(data))]) == pieces_of([data])


@given(streams())
def test_no_byte_is_lost(data: bytes):
    assert b"".join(piece.raw for piece in pieces_of([data])) == data


@given(streams())
def test_what_is_called_a_frame_has_a_right_envelope(data: bytes):
    for piece in pieces_of([data]):
        try:
            decode(piece.raw)
            code = ""
        except FrameError as error:
            code = error.code
        in_envelope = {"bad_header", "bad_length", "truncated", "bad_tail", "bad_crc"}
        assert piece.is_frame == (code not in in_envelope), code


def test_a_frame_behind_a_truncated_one_is_found():
    one, two = frame(), frame("DataTime=20260214094000;w01018-Rtd=30")
    found = pieces_of([one[:70] + two])
    assert [(piece.is_frame, piece.raw) for piece in found] == [(False, one[:70]), (True, two)]


def test_a_stray_sign_before_the_header_does_no_harm():
    assert pieces_of([b"#" + frame()]) == [Piece(b"#", False), Piece(frame(), True)]


def test_a_length_too_large_does_not_hold_back_the_next_frame():
    wrong = b"##9000" + frame()[6:]
    framer = Framer()
    assert framer.feed(wrong) == []
    assert framer.feed(frame()) == [Piece(wrong, False), Piece(frame(), True)]


def test_a_wrong_length_of_one_is_survived_and_named():
    length = len(frame()) - 12
    for wrong in (length - 1, length + 1):
        raw = b"##%04d" % wrong + frame()[6:]
        first, second = pieces_of([raw + frame()])
        assert (first.raw, first.is_frame, second.is_frame) == (raw, False, True)


@given(st.lists(st.sampled_from([b"##", b"##9999", b"\r\n", b"x" * 50, b"##0010", b"#", b"CP=&&{0x"]), max_size=400))
def test_memory_is_bounded_whatever_comes(parts: list[bytes]):
    framer = Framer()
    for part in parts * 3:
        framer.feed(part)
        assert framer.held_bytes <= max(LONGEST_JUNK, LONGEST_CIPHER, 10011) + 64


def test_endless_noise_is_handed_out_in_pieces():
    framer = Framer()
    sizes = [len(piece.raw) for _ in range(40) for piece in framer.feed(b"x" * 1000)]
    assert set(sizes) == {LONGEST_JUNK}
    assert framer.held_bytes < LONGEST_JUNK


def test_a_frame_longer_than_the_standard_allows_is_a_frame():
    area = "DataTime=20260214093000;" + ";".join(f"v{n:04d}-Rtd={n}" for n in range(600))
    assert pieces_of([frame(area, head(MN="A"))]) == [Piece(frame(area, head(MN="A")), True)]
