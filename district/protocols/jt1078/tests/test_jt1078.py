"""Signalling and streams of vehicle video."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.protocols.jt808 import FrameError
from district.protocols.jt1078 import IDS, StreamError, StreamReader, encode, read
from district.protocols.jt1078.stream import packet

BEGIN, END = datetime(2026, 3, 10, 8), datetime(2026, 3, 10, 9, 30)


def test_a_request_for_a_live_picture_names_server_channel_and_stream():
    assert encode.live("10.1.2.3", 1078, 1079, 2).hex() == "08" + b"10.1.2.3".hex() + "0436" + "0437" + "020001"
    assert encode.control(2, 0).hex() == "02000000"
    assert encode.playback_control(1, 5, 0, BEGIN).hex() == "010500260310080000"


def test_recordings_are_asked_for_and_read():
    assert encode.query(1, BEGIN, END).hex() == "01" + "260310080000" + "260310093000" + "00" * 8 + "000000"
    item = bytes([1]) + bytes.fromhex("260310080000260310083000") + bytes(8) + bytes([0, 1, 1]) + (5_000_000).to_bytes(4, "big")
    told = read(0x1205, (7).to_bytes(2, "big") + (1).to_bytes(4, "big") + item)
    assert told["reply_serial"] == 7
    assert told["items"][0]["end"] == "2026-03-10T08:30:00"
    assert told["items"][0]["bytes"] == 5_000_000


def test_passengers_and_attributes_are_read():
    body = bytes.fromhex("260310080000260310080500") + (5).to_bytes(2, "big") + (3).to_bytes(2, "big")
    assert read(0x1005, body) == {"begin": "2026-03-10T08:00:00", "end": "2026-03-10T08:05:00", "boarded": 5, "alighted": 3}
    told = read(0x1003, bytes([6, 1, 0, 1]) + (320).to_bytes(2, "big") + bytes([1, 98, 4, 8]))
    assert (told["sample_rate_khz"], told["sample_bits"], told["most_video_channels"]) == (8.0, 16, 8)


@pytest.mark.parametrize("message_id", sorted(IDS))
def test_a_short_body_says_which_field(message_id: int):
    with pytest.raises(FrameError) as refused:
        read(message_id, b"\x01")
    assert refused.value.code == "body_too_short"


@given(st.lists(st.tuples(st.integers(0, 4), st.binary(max_size=950)), max_size=8), st.integers(1, 400))
def test_a_stream_cut_anywhere_gives_the_same_packets(sent: list[tuple[int, bytes]], width: int):
    data = b"".join(packet("019900000001", 2, n, kind, body, at_ms=n) for n, (kind, body) in enumerate(sent))
    reader = StreamReader()
    found = [each for at in range(0, len(data), width) for each in reader.feed(data[at : at + width])]
    assert [(each.phone, each.channel, each.sequence, each.kind, each.size) for each in found] == [
        ("019900000001", 2, n, kind, len(body)) for n, (kind, body) in enumerate(sent)
    ]


def test_what_is_no_stream_is_refused():
    with pytest.raises(StreamError):
        StreamReader().feed(b"GET / HTTP/1.1\r\n")
    with pytest.raises(StreamError):
        StreamReader().feed(packet("019900000001", 1, 0, 0, b"")[:15] + b"\xf0" + bytes(20))
