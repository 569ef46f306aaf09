"""What terminals say and hear, without sockets and database."""

from __future__ import annotations

import json
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.edges.gateway.jt808.tests.fakes import (
    AUTH,
    CODE,
    NOW,
    FakeGateway,
    Terminal,
    bus,
    earlier,
    place,
)
from district.kernel.devices.position_marks import BAD_CLOCK, BLIND_AREA, LATE, NO_FIX
from district.protocols.jt808 import V2013, V2019, encode

BOTH = pytest.mark.parametrize("version", [V2013, V2019])


def ready(version: int = V2013, **changes: object) -> Terminal:
    terminal = Terminal(FakeGateway([bus(**changes)]), version)
    assert terminal.authenticates() == 0
    return terminal


def reasons(terminal: Terminal) -> list[str]:
    assert terminal.group is not None
    return [each.reason for each in terminal.group.refusals]


def registration(version: int, terminal_id: str = "T1") -> bytes:
    return encode.registration(version, province=37, city=306, manufacturer="QZ", model="M1", terminal_id=terminal_id,
                               plate_colour=2, plate="演示D0001")  # fmt: skip


@BOTH
def test_nothing_is_taken_before_the_authentication(version: int):
    terminal = Terminal(FakeGateway([bus()]), version)
    answer = terminal.says(0x0200, place())
    assert answer.body == {"reply_serial": 0, "reply_id": "0x0200", "result": 1}
    assert reasons(terminal) == ["not_authenticated"]
    assert not len(terminal.places)
    assert terminal.authenticates("wrong") == 1
    assert terminal.authenticates() == 0
    assert terminal.says(0x0200, place()).body["result"] == 0
    assert len(terminal.places) == 1


def test_what_stands_before_the_authentication_in_the_same_bytes_is_not_taken_either():
    terminal = Terminal(FakeGateway([bus()]))
    said = ((0x0200, place()), (0x0102, AUTH.encode()), (0x0200, place(earlier(10))))
    frames = [frame for each in said for frame in terminal.frames(*each)]
    assert [answer.body["result"] for answer in terminal.sends(*frames)] == [1, 0, 0]
    assert terminal.places.rows.at_us.tolist() == [int(earlier(10).timestamp() * 1e6)]


@BOTH
def test_a_known_terminal_gets_a_code_that_is_stored_sealed_before_it_is_told(version: int):
    terminal = Terminal(FakeGateway([bus(password=b"")]), version)
    answer = terminal.says(0x0100, registration(version))
    code = answer.body["auth_code"]
    (stored,) = terminal.group.credentials
    assert answer.header.message_id == 0x8100
    assert len(code) >= 32
    assert stored.sealed
    assert code not in stored.sealed
    assert terminal.authenticates(code) == 0


def test_strangers_and_other_terminals_under_the_same_number_are_turned_away():
    stranger = Terminal(FakeGateway([bus()]), phone="019900000009")
    assert stranger.says(0x0100, registration(V2013)).body["result"] == 4
    assert reasons(stranger) == ["unknown_device"]
    retired = Terminal(FakeGateway([bus(status="retired")]))
    assert retired.says(0x0100, registration(V2013)).body["result"] == 2
    terminal = Terminal(FakeGateway([bus()]))
    assert terminal.says(0x0100, registration(V2013, "T1")).body["result"] == 0
    assert terminal.says(0x0100, registration(V2013, "T2")).body["result"] == 3
    assert reasons(terminal) == ["other_terminal"]


def test_a_withdrawn_code_ends_the_session():
    terminal = ready()
    terminal.gateway.learn([bus(password=b"another")])
    assert terminal.says(0x0200, place()).body["result"] == 1
    assert not len(terminal.places)


def test_a_terminal_that_comes_again_replaces_its_old_connection():
    gateway = FakeGateway([bus()])
    old, new = Terminal(gateway), Terminal(gateway)
    old.authenticates()
    new.authenticates()
    assert new.group.unwelcome == [old.link]
    assert old.says(0x0200, place()).body["result"] == 1
    assert new.says(0x0200, place()).body["result"] == 0


@BOTH
def test_positions_come_out_with_their_marks_and_items(version: int):
    terminal = ready(version)
    terminal.says(0x0200, place(status=1, items=[(0x01, struct.pack(">I", 99)), (0x03, struct.pack(">H", 305)), (0xF3, b"\xab")]))
    rows = terminal.places.rows
    assert rows.mark.tolist() == [NO_FIX]
    assert rows.mileage_km.tolist() == [9.9]
    assert json.loads(rows.extra[0]) == {"recorder_speed_kmh": 30.5, "items": {"F3": "ab"}}
    terminal.says(0x0704, encode.batch([place(earlier(100 + n)) for n in range(3)], 1))
    rows = terminal.places.rows
    assert rows.mark.tolist() == [BLIND_AREA | LATE] * 3
    assert json.loads(rows.extra[0]) == {"aboard": 23}


def test_columns_and_single_looks_give_the_same_rows_and_answers():
    chance = random.Random(808)
    frames, told = [], []
    for engine in (None, "plain"):
        for version in (V2013, V2019):
            chance.seed(version)
            terminal = Terminal(FakeGateway([bus()], engine), version)
            terminal.authenticates()
            terminal.serial = 0x7D00
            frames = [frame for n in range(300) for frame in terminal.frames(*_any_message(chance, n))]
            answers = terminal.sends(*frames)
            assert len(answers) == 300
            rows = terminal.places.rows
            order = rows.at_us.argsort()
            told.append([
                [(each.header.message_id, each.body) for each in answers],
                *(getattr(rows, name)[order].tolist() for name in ("at_us", "digest", "lon", "lat", "mark", "mileage_km")),
                [json.loads(each) for each in rows.extra[order]],
                sorted((each.key, json.dumps(each.payload)) for each in terminal.group.reports),
            ])  # fmt: skip
    assert told[0] == told[2]
    assert told[1] == told[3]


def _any_message(chance: random.Random, n: int) -> tuple[int, bytes]:
    items = [(0x01, struct.pack(">I", chance.randrange(1 << 20))), (0x30, bytes([chance.randrange(32)])),
             (0xE1, struct.pack(">H", chance.randrange(90)))]  # fmt: skip
    if chance.random() < 0.2:
        items.append((0x2B, chance.randbytes(4)))
    if chance.random() < 0.1:
        items.append((0xEF, chance.randbytes(chance.randrange(20))))
    made = [
        place(earlier(6000 - 10 * n - k), alarm=chance.choice((0, 0, 0, 1, 2, 1 << 20)), status=chance.choice((3, 2, 0)),
              latitude=round(36.8 + chance.random() / 10, 6), longitude=round(117.8 + chance.random() / 10, 6),
              speed_kmh=chance.randrange(700) / 10, direction=chance.randrange(360), items=items)
        for k in range(3)
    ]  # fmt: skip
    return (0x0704, encode.batch(made, 1)) if chance.random() < 0.1 else (0x0200, made[0])


def test_an_alarm_is_told_when_it_begins_and_when_it_ends_and_answered_when_it_waits():
    terminal = ready()
    assert terminal.says(0x0200, place(earlier(30), alarm=1)).body["result"] == 4
    (begun,) = terminal.group.reports
    assert (begun.kind, begun.payload["begun"], begun.payload["ended"]) == ("alarm", [0], [])
    terminal.says(0x0200, place(earlier(20), alarm=1))
    assert not terminal.group.reports
    assert terminal.says(0x0200, place(earlier(10), alarm=2)).body["result"] == 0
    (changed,) = terminal.group.reports
    assert (changed.payload["begun"], changed.payload["ended"]) == ([1], [0])


def test_a_wrong_clock_is_kept_aside_and_the_place_is_stored_with_the_time_of_receipt():
    terminal = ready()
    assert terminal.says(0x0200, place(earlier(-3600))).body["result"] == 0
    assert reasons(terminal) == ["bad_time"]
    rows = terminal.places.rows
    assert rows.at_us.tolist() == [int(NOW.timestamp() * 1e6)]
    assert rows.mark.tolist() == [BAD_CLOCK]
    assert json.loads(rows.extra[0])["told_at"] == "2026-03-10T13:00:00"
    terminal.says(0x0704, encode.batch([place(earlier(-3600)), place(earlier(60))], 1))
    assert reasons(terminal) == ["bad_time"]
    assert terminal.places.rows.at_us.tolist() == [int(earlier(60).timestamp() * 1e6)]


def test_a_place_at_nought_and_a_broken_frame_are_kept_aside():
    terminal = ready()
    assert terminal.says(0x0200, place(latitude=0, longitude=0)).body["result"] == 0
    assert reasons(terminal) == ["value_out_of_range"]
    (frame,) = terminal.frames(0x0200, place())
    broken = frame[:10] + bytes([frame[10] ^ 1]) + frame[11:]
    (good,) = terminal.frames(0x0200, place(earlier(5)))
    answers = terminal.sends(broken, good)
    assert reasons(terminal) == ["bad_checksum"]
    assert terminal.group.refusals[0].device_code == CODE
    assert len(answers) == 1


def test_parts_are_answered_once_when_all_have_come():
    terminal = ready()
    frames = terminal.frames(0x0704, encode.batch([place(earlier(n)) for n in range(100)], 1))
    assert len(frames) > 2
    assert terminal.sends(*frames[:-1]) == []
    (answer,) = terminal.sends(frames[-1])
    assert answer.body == {"reply_serial": terminal.serial - 1, "reply_id": "0x0704", "result": 0}
    assert len(terminal.places) == 100


@BOTH
def test_signs_of_life_the_time_and_a_good_bye(version: int):
    terminal = ready(version)
    assert terminal.says(0x0002).body["result"] == 0
    assert terminal.says(0x0004).body == {"time_utc": "2026-03-10T04:00:00"}
    assert terminal.says(0x0F00, b"?").body["result"] == 3
    assert reasons(terminal) == ["unexpected_message"]
    frames = terminal.frames(0x0200, place()) + terminal.frames(0x0003)
    assert [answer.body["result"] for answer in terminal.sends(*frames)] == [0, 0]
    assert terminal.gateway.link_of == {}
    assert terminal.says(0x0002).body["result"] == 1


def test_a_driver_is_told_masked():
    terminal = ready()
    card = b"\x01" + bytes.fromhex("260310115900") + b"\0" + bytes([4]) + "张三".encode("gbk") + b"37030600001234567890"
    card += bytes(1)
    terminal.says(0x0702, card + bytes.fromhex("20300101"))
    (report,) = terminal.group.reports
    assert report.payload["name"] == "张*"
    assert report.payload["licence"] == "****************7890"
    assert report.at == earlier(60)


def test_a_picture_is_kept_before_it_is_acknowledged():
    terminal = ready()
    body = (7).to_bytes(4, "big") + bytes([0, 0, 1, 2]) + place()[:28] + b"\xff\xd8picture"
    answer = terminal.says(0x0801, body)
    (report,) = terminal.group.reports
    ((sha256, content),) = terminal.group.contents
    assert content == b"\xff\xd8picture"
    assert (report.payload["media_id"], report.payload["channel"], report.payload["sha256"]) == (7, 2, sha256)
    assert (answer.header.message_id, answer.raw_body) == (0x8800, body[:4])


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.binary(max_size=60), st.booleans())
def test_whatever_comes_is_taken_or_kept_aside_and_the_next_message_is_heard(
    spoilt: list[tuple[int, int]], noise: bytes, is_batch: bool
):
    terminal = ready()
    told = (0x0704, encode.batch([place(earlier(n)) for n in range(5)], 1)) if is_batch else (0x0200, place(earlier(9)))
    data = bytearray(b"".join(terminal.frames(*told)))
    for at, value in spoilt:
        data[at % len(data)] = value
    terminal.serial = 900
    (good,) = terminal.frames(0x0200, place())
    answers = terminal.sends(bytes(data), noise, b"\x7e", good)
    assert terminal.group is not None
    assert not any(each.reason == "not_processed" for each in terminal.group.refusals)
    assert any((each.body or {}).get("reply_serial") == 900 for each in answers)
