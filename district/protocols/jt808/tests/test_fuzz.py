"""Changed frames by the thousand: an answer for each, never a crash, and no wrong frame taken for right."""

from __future__ import annotations

import os
import random

from district.protocols.jt808 import V2013, V2019, FrameError, Framer, decode, encode, findings

from ..envelope import closed, opened
from .specimens import frame, place

COUNT = int(os.environ.get("DISTRICT_FUZZ_FRAMES") or 20_000)
SEEDS = [
    frame(0x0002),
    frame(0x0200, place(items=((0x01, b"\0\0\0\x64"), (0x30, b"\x19"), (0xE1, b"\x7e\x7d\x02")))),
    frame(0x0704, encode.batch([place(), place(time="260311081540")], 1), V2019),
    frame(0x0100, encode.registration(V2013, province=37, city=306, manufacturer="ZBBUS", model="M", terminal_id="BUS0007",
                                      plate_colour=2, plate="鲁C12345D")),
    frame(0x0102, encode.authentication(V2019, "A1B2", "1" * 15, "3.7"), V2019),
    frame(0x8103, encode.parameters([(1, b"\0\0\0\x3c"), (0x13, b"127.0.0.1")])),
    frame(0x8300, encode.message_text(V2019, "前方修路"), V2019),
]


def changed(chance: random.Random) -> bytes:
    """A frame with one to four changes; in half of the cases its length and checksum are made right again afterwards."""
    seed = chance.choice(SEEDS)
    if chance.random() < 0.5:
        header, body = opened(seed)
        return closed(header, _changed(chance, body)[:1023])
    return _changed(chance, seed)


def _changed(chance: random.Random, raw: bytes) -> bytes:
    data = bytearray(raw)
    for _number in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(3)
        if kind == 0:
            data[at : at + 1] = bytes([chance.choice((0x7E, 0x7D, 0, 1, 2, 0xFF, chance.randrange(256)))])
        elif kind == 1:
            del data[at : at + chance.randint(1, 5)]
        else:
            data[at:at] = bytes(chance.randrange(256) for _more in range(chance.randint(1, 5)))
    return bytes(data)


def test_every_changed_frame_has_an_answer():
    chance, codes = random.Random(808), set()
    for _number in range(COUNT):
        raw = changed(chance)
        try:
            message = decode(raw)
        except FrameError as error:
            codes.add(error.code if error.detail else "no reason")
            continue
        assert len(message.raw_body) == message.header.body_length
        findings(message)
        codes.add("read")
    assert codes >= {"bad_header", "truncated", "bad_escape", "bad_checksum", "bad_length", "read"}
    assert "no reason" not in codes


def test_a_stream_of_changed_frames_never_gets_stuck():
    chance, framer, good = random.Random(809), Framer(), 0
    for serial in range(2000):
        pieces = framer.feed(changed(chance) + frame(0x0002, serial=serial))
        for piece in pieces:
            try:
                message = decode(piece)
            except FrameError:
                continue
            good += message.header.message_id == 2 and message.header.serial == serial
    assert good > 1900
