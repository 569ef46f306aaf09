"""The scanner against the decoder: whatever it takes for read, the decoder reads the same, and finds nothing wrong."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest

from district.protocols.jt808 import V2013, V2019, FrameError, Framer, decode, encode, findings
from district.protocols.jt808.scanner import READ, Batch, Scanner

from .specimens import frame, place
from .test_fuzz import changed


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner()


def rows(batch: Batch, number: int) -> list[dict[str, Any]]:
    """The positions of a READ frame as the decoder tells them, items as id → bytes."""
    first, last = batch.column("positions_from")[number], batch.column("positions_to")[number]
    return [
        {
            "alarm": int(batch.positions.alarms[at]), "status": int(batch.positions.statuses[at]),
            "latitude": batch.positions.latitudes[at], "longitude": batch.positions.longitudes[at],
            "altitude": int(batch.positions.altitudes_m[at]), "speed": batch.positions.speeds_kmh[at],
            "direction": int(batch.positions.directions[at]), "at_s": int(batch.positions.at_s[at]),
            "items": [(int(batch.items.kinds[each]), batch.item_bytes(each), int(batch.items.values[each]))
                      for each in range(batch.positions.items_from[at], batch.positions.items_to[at])],
        }
        for at in range(first, last)
    ]  # fmt: skip


def told(place: dict[str, Any]) -> dict[str, Any]:
    kept = {name: place[name] for name in ("alarm", "status", "latitude", "longitude", "altitude", "speed", "direction")}
    raws = [(int(item["id"], 16), bytes.fromhex(item["hex"])) for item in place["extras"]]
    items = [(kind, raw, int.from_bytes(raw, "big") if len(raw) <= 8 else 0) for kind, raw in raws]
    at = datetime.fromisoformat(place["time"] + "+08:00")
    return kept | {"at_s": int(at.timestamp()), "items": items}


def assert_same(batch: Batch) -> int:
    """Every READ frame is what the decoder makes of it; how many there were."""
    read = 0
    for number in range(len(batch)):
        if batch.column("status")[number] != READ:
            continue
        message = decode(batch.raw(number))
        assert findings(message) == []
        assert message.body is not None
        places = message.body.get("locations", [message.body])
        assert rows(batch, number) == [told(each) for each in places]
        header = message.header
        assert (batch.phone(number), batch.column("serial")[number], batch.column("version")[number]) == (
            header.phone, header.serial, header.version,
        )  # fmt: skip
        read += 1
    return read


def test_positions_and_batches_become_columns(scanner: Scanner):
    items = ((1, b"\0\0\0\x64"), (0xE1, b"\x7e\x7d\x02" * 4), (0x30, b"\x19"))
    frames = [
        frame(0x0200, place(items=items)), frame(0x0002), frame(0x0200, place(-36.8, -117.8), V2019),
        frame(0x0704, encode.batch([place(time=f"2402290815{n:02d}", items=items) for n in range(9)], 1), V2019),
    ]  # fmt: skip
    batch = scanner.scan([b"".join(frames)])
    assert len(batch) == 4
    assert assert_same(batch) == 3
    assert [batch.raw(number) for number in range(4)] == frames
    assert batch.column("batch_type").tolist()[3] == 1


def test_what_is_wrong_is_left_to_the_decoder_and_harms_no_other(scanner: Scanner):
    good = frame(0x0200, place())
    wrong = [frame(0x0200, place(95)), frame(0x0200, place(time="261332081530")), frame(0x0200, place()[:20]),
             good[:-2] + bytes([good[-2] ^ 1]) + good[-1:]]  # fmt: skip
    batch = scanner.scan([b"".join(each + good for each in wrong)])
    assert (batch.column("status") == READ).tolist() == [False, True] * 4
    assert assert_same(batch) == 4


@pytest.mark.parametrize("engine", ["numba", "plain"])
def test_streams_cut_anywhere_have_the_frames_the_framer_finds(engine: str):
    chance = random.Random(8081)
    scanner = Scanner(engine)
    for _round in range(30):
        stream = b"".join(changed(chance) if chance.random() < 0.3 else frame(0x0200, place(), chance.choice((V2013, V2019)))
                          for _number in range(20))  # fmt: skip
        pieces, held, at = [], b"", 0
        while at < len(stream):
            step = chance.randint(1, 90)
            chunk = held + stream[at : at + step]
            batch = scanner.scan([chunk])
            assert_same(batch)
            pieces += [batch.raw(number) for number in range(len(batch))]
            held = chunk[int(batch.taken[0]) :]
            at += step
        framer = Framer()
        wanted = framer.feed(stream)
        assert pieces == wanted
        assert held.strip(b"\x7e") == b"".join(framer.rest()).strip(b"\x7e")


def test_changed_frames_are_read_only_where_the_decoder_would_read_them(scanner: Scanner):
    chance = random.Random(8082)
    made = [changed(chance) for _number in range(6000)]
    batch = scanner.scan(made)
    assert assert_same(batch) > 50
    for number in range(len(batch)):
        if batch.column("status")[number] != READ:
            try:
                message = decode(batch.raw(number))
            except FrameError:
                continue
            if message.header.message_id in (0x0200, 0x0704) and message.body is not None:
                # Before the first fix a terminal may send no time at all; to the scanner that is unusual.
                assert findings(message) or "2000-00" in str(message.body)


def test_chunks_of_many_connections_are_told_apart(scanner: Scanner):
    good = frame(0x0200, place())
    batch = scanner.scan([good + good[:9], b"", good[:5], good])
    assert batch.column("chunk").tolist() == [0, 3]
    assert batch.taken.tolist()[1:3] == [0, 0]
