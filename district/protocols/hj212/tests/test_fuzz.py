"""Mutated frames by the ten thousand: no crash, no wrong value taken for valid, no stuck stream.

DISTRICT_FUZZ_FRAMES sets how many (50,000 by default; a million takes some minutes).
"""

from __future__ import annotations

import os
import random

from district.protocols.hj212 import (
    NO_FRAME,
    READ,
    FrameError,
    Framer,
    Message,
    Scanner,
    decode,
    findings,
    upload_of,
)
from district.protocols.hj212.crc import crc16_by_steps
from district.protocols.hj212.encode import envelope
from district.protocols.hj212.framing import LONGEST_CIPHER

from .specimens import AREA, frame, head
from .test_scanner import assert_same

COUNT = int(os.environ.get("DISTRICT_FUZZ_FRAMES") or 50_000)
SEEDS = [
    frame(),
    frame(AREA, "ST=32;CN=2011;PW=1;MN=A;"),
    frame("DataTime=20260214090000;a21026-Cou=1.2,a21026-Min=1,a21026-Avg=2.50,a21026-Max=3,a21026-Flag=N", head(CN="2061")),
    frame("DataTime=20260214090000;w01018-SampleTime=20260214080000,w01018-Rtd=2,w01018-Flag=T;", head(Flag="9")),
    frame("DataTime=20260214090000;L5-Data=60;L95-Data=40;LMx-Data=66;LMn-Data=39", head(CN="2051", ST="23")),
    frame("DataTime=20260214090000;i11001-Info=//校准;完成//", head(CN="3020")),
    frame(AREA, head(Flag="7;PNUM=2;PNO=1")),
    frame("", head(CN="9014", ST="91", Flag="4")),
]
SIGNS = b"0123456789.-+;,=&#NDX \r\nPCw"


def mutated(chance: random.Random) -> bytes:
    """A frame with one to four changes; in a third of the cases the envelope is made right again afterwards."""
    data = bytearray(chance.choice(SEEDS))
    is_sealed_again = chance.random() < 0.33
    low, high = (6, len(data) - 6) if is_sealed_again else (0, len(data))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(low, max(low + 1, min(high, len(data))))
        kind = chance.randrange(5)
        if kind == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            data[at : at + 1] = bytes([chance.choice(SIGNS)])
        elif kind == 2:
            data[at:at] = bytes([chance.choice(SIGNS)])
        elif kind == 3:
            del data[at : at + chance.randint(1, 9)]
        else:
            data[at:at] = data[at : at + chance.randint(1, 30)]
    return envelope(bytes(data[6:-6])) if is_sealed_again else bytes(data)


def is_envelope_right(data: bytes) -> bool:
    """The letter of section 6.1, written down once more and independently."""
    length = data[2:6]
    if data[:2] != b"##" or len(length) != 4 or not all(48 <= sign <= 57 for sign in length):
        return False
    segment, crc, tail = data[6:-6], data[-6:-2], data[-2:]
    return len(segment) == int(length) and tail == b"\r\n" and crc.upper() == b"%04X" % crc16_by_steps(segment)


def is_every_value_on_the_wire(message: Message) -> bool:
    """Each value given out stands in the frame, behind its name."""
    squeezed = b"".join(message.raw.split())
    return all(
        b"".join(f"{each.code}-".encode().split()) in squeezed and each.raw.encode() in squeezed and float(each.raw) == each.value
        for each in upload_of(message).readings
    )


def decoded(data: bytes) -> Message | None:
    try:
        return decode(data)
    except FrameError:
        return None


def test_no_mutated_frame_crashes_or_passes_with_a_wrong_value():
    chance = random.Random(212)
    scanner = Scanner()
    refused = accepted = quarantined = read = 0
    for _ in range(COUNT // 50):
        frames = [mutated(chance) for _ in range(50)]
        batch = scanner.scan(frames)
        got: dict[int, list[tuple[bytes, int]]] = {chunk: [] for chunk in range(50)}
        statuses = batch.column("status").tolist()
        for number, (chunk, status) in enumerate(zip(batch.column("chunk").tolist(), statuses, strict=True)):
            got[chunk].append((batch.raw(number), status))
            if status == READ:
                assert_same(batch, number)
                read += 1
        for chunk, data in enumerate(frames):
            is_right = is_envelope_right(data)
            assert ((data, NO_FRAME) not in got[chunk] and any(raw == data for raw, _ in got[chunk])) == is_right
            message = decoded(data)
            if message is None:
                refused += 1
                continue
            assert is_right
            assert is_every_value_on_the_wire(message)
            accepted += 1
            quarantined += bool(findings(message))
    assert refused + accepted == COUNT // 50 * 50
    assert min(refused, accepted, quarantined, read) > COUNT // 1000


def test_a_stream_of_mutated_frames_is_never_stuck_and_takes_no_more_memory():
    chance = random.Random(2017)
    framer, good, found, taken_in, given_out = Framer(), frame(), 0, 0, 0
    for _ in range(COUNT // 10):
        # A wrong length may swallow what follows until the next header shows, so two good frames come in between.
        data = mutated(chance) + good + good
        taken_in += len(data)
        while data:
            size = chance.randint(1, 400)
            pieces = framer.feed(data[:size])
            data = data[size:]
            given_out += sum(len(piece.raw) for piece in pieces)
            found += sum(piece.raw == good for piece in pieces)
        assert framer.held_bytes < LONGEST_CIPHER
        assert taken_in - given_out == framer.held_bytes
    given_out += sum(len(piece.raw) for piece in framer.rest())
    assert given_out == taken_in
    assert found >= 2 * (COUNT // 10)
