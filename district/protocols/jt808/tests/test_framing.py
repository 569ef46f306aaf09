from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from district.protocols.jt808 import V2013, V2019, Framer, decode
from district.protocols.jt808.encode import frames_of
from district.protocols.jt808.envelope import closed, opened
from district.protocols.jt808.escape import checksum, escaped, unescaped
from district.protocols.jt808.framing import LONGEST_FRAME
from district.protocols.jt808.message import FrameError
from district.protocols.jt808.reassembly import Reassembler

from .specimens import frame, head, place


@given(st.binary(max_size=300))
def test_escapes_are_undone_and_the_checksum_is_the_xor_of_all_bytes(content: bytes):
    assert unescaped(escaped(content)) == content
    assert b"\x7e" not in escaped(content)
    plain = 0
    for each in content:
        plain ^= each
    assert checksum(content) == plain


@given(st.sampled_from((V2013, V2019)), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF), st.binary(max_size=1023))
def test_what_is_closed_can_be_opened(version: int, message_id: int, serial: int, body: bytes):
    header, found = opened(closed(head(message_id, version, serial), body))
    assert (header.message_id, header.version, header.serial, found) == (message_id, version, serial, body)


@given(st.lists(st.binary(max_size=40), max_size=8), st.data())
def test_a_stream_cut_anywhere_gives_the_same_frames(bodies: list[bytes], data: st.DataObject):
    frames = [frame(0x0900, b"\x00" + body, serial=at) for at, body in enumerate(bodies)]
    stream = b"noise" + b"".join(frames)
    if data.draw(st.booleans()):
        stream = stream.replace(b"\x7e\x7e", b"\x7e")
    framer, found, at = Framer(), [], 0
    while at < len(stream):
        step = data.draw(st.integers(1, 60))
        found += framer.feed(stream[at : at + step])
        at += step
    found += framer.rest()
    assert found == ([b"noise", *frames] if frames else [b"noise"])


def test_a_bad_frame_does_not_cost_the_next_one():
    good = frame(0x0002)
    broken = good[:6] + good[7:]
    pieces = Framer().feed(broken + good)
    answers = []
    for piece in pieces:
        try:
            answers.append(decode(piece).header.serial)
        except FrameError as error:
            answers.append(error.code)
    assert answers == ["truncated", 7]


def test_an_endless_frame_is_let_go():
    framer = Framer()
    pieces = [piece for _number in range(50) for piece in framer.feed(b"\x7e"[: _number == 0] + b"x" * 200)]
    assert pieces
    assert framer.held_bytes <= LONGEST_FRAME
    assert decode(framer.feed(frame(0x0002))[-1]).header.message_id == 2


@given(st.integers(1024, 6000), st.randoms(use_true_random=False), st.sampled_from((V2013, V2019)))
def test_parts_in_any_order_and_twice_make_the_message_once(length: int, chance, version: int):
    body = bytes(chance.randrange(256) for _number in range(length))
    frames = frames_of(head(0x0801, version, 65535), body)
    twice = frames + [chance.choice(frames)]
    chance.shuffle(twice)
    reassembler, whole = Reassembler(), []
    for each in twice:
        found = reassembler.take(decode(each))
        if found:
            whole.append(found)
    assert whole[0][1] == body
    assert len(whole) == 1


def test_missing_parts_are_known_by_number():
    frames = frames_of(head(0x0801, V2013, 65534), b"\x01" * 4000)
    reassembler = Reassembler()
    for at in (0, 3):
        assert reassembler.take(decode(frames[at])) is None
    (unfinished,) = reassembler.unfinished()
    assert (unfinished.first_serial, unfinished.missing) == (65534, [2, 3])


def test_a_terminal_that_never_ends_its_messages_fills_no_memory():
    reassembler = Reassembler()
    for serial in range(200):
        reassembler.take(decode(frames_of(head(0x0801, V2013, serial * 10), b"\x01" * 1500)[0]))
    assert len(reassembler.unfinished()) <= 8


def test_the_example_of_the_standard_is_escaped_as_printed():
    assert escaped(bytes.fromhex("307e087d55")) == bytes.fromhex("307d02087d0155")


def test_places_are_read_back_as_they_were_said():
    body = decode(frame(0x0200, place(-36.8, -117.86))).body
    assert body is not None
    assert (body["latitude"], body["longitude"], body["speed"], body["time"]) == (-36.8, -117.86, 38.6, "2026-03-11T08:15:30")
