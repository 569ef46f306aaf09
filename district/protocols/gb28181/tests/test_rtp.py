"""When packets prove a picture, and why they do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from district.protocols.gb28181 import (
    PictureCheck,
    RtpPacket,
    build_rtp,
    framed,
    pack_header,
    parse_rtp,
    unframed,
    video_pes,
)

PICTURE = pack_header(90_000) + video_pes(b"\x00\x00\x00\x01\x67")


def packet(payload: bytes, ssrc: int = 5, payload_type: int = 96) -> bytes:
    return build_rtp(RtpPacket(payload_type, 1, 3600, ssrc, True, payload))


def test_a_program_stream_with_video_is_a_picture():
    assert PictureCheck(5).feed(packet(PICTURE))


@given(st.integers(1, len(PICTURE) - 1))
def test_a_picture_cut_anywhere_is_still_one(cut: int):
    check = PictureCheck(5)
    check.feed(packet(PICTURE[:cut]))
    assert check.feed(packet(PICTURE[cut:])) or cut < 4


def test_the_reason_is_told_when_there_is_no_picture():
    assert PictureCheck(5).reason == "no_media"
    reasons = {
        "wrong_ssrc": packet(PICTURE, ssrc=6), "not_rtp": b"\x00" * 20, "wrong_format": packet(PICTURE, payload_type=8),
        "no_video": packet(pack_header(1)),
    }  # fmt: skip
    for reason, data in reasons.items():
        check = PictureCheck(5)
        assert not check.feed(data)
        assert check.reason == reason


def test_a_raw_stream_is_a_picture_too():
    assert PictureCheck(None).feed(packet(b"\x67\x42", payload_type=98))


@given(st.binary(max_size=80))
def test_any_bytes_are_a_packet_or_none(data: bytes):
    found = parse_rtp(data)
    assert found is None or len(found.payload) <= len(data)
    PictureCheck(None).feed(data)


@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(1, 7))
def test_packets_on_a_stream_are_parted_by_their_lengths(packets: list[bytes], step: int):
    stream, buffer, found = b"".join(map(framed, packets)), bytearray(), []
    for at in range(0, len(stream), step):
        buffer += stream[at : at + step]
        found += unframed(buffer)
    assert found == packets
