"""What the gateway answers, stores, and puts aside; one running gateway for all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from district.kernel.devices import marks
from district.protocols.hj212 import Reading, upload_frames
from district.protocols.hj212.encode import flag_of, framed, header
from district.testing.installation import GatewayProcess, Installation
from tests.e2e.field_device import PASSWORD, FieldDevice, now, upload

pytestmark = pytest.mark.slow

OBSERVED = """
    SELECT s.item, s.statistic, s.period, o.at, o.value, o.mark FROM devices_observation o
    JOIN devices_series s ON s.id = o.series_id JOIN devices_device d ON d.id = s.device_id
    WHERE d.code = %s ORDER BY o.at, s.item, s.statistic
"""


def observed(place: Installation, code: str) -> list[tuple[Any, ...]]:
    with place.connect() as connection:
        return connection.execute(OBSERVED, [code]).fetchall()


def quarantined(place: Installation, code: str) -> list[tuple[Any, ...]]:
    with place.connect() as connection:
        return connection.execute(
            "SELECT reason, layer, raw, readings FROM devices_quarantinedmessage WHERE device_code = %s ORDER BY id", [code]
        ).fetchall()


def eventually(look: Callable[[], Any], patience_s: float = 10.0) -> Any:
    """What `look` gives once it is true, or at the end of patience."""
    deadline = time.monotonic() + patience_s
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


@pytest.fixture
def device(gateway: GatewayProcess):
    link = FieldDevice(gateway.port)
    yield link
    link.close()


def test_a_frame_is_answered_with_its_number_and_stored(installation: Installation, device: FieldDevice):
    installation.register(["GOOD"])
    at = now()
    frame = upload("GOOD", at, {"a34004": 35.5}, sent_at=at)
    answer = eventually(lambda: found if (found := device.ask(frame)) and found.cn == "9014" else None)
    assert (answer.st, answer.cn, answer.qn, answer.mn, answer.flag) == ("91", "9014", f"{at:%Y%m%d%H%M%S}000", "GOOD", 4)
    assert observed(installation, "GOOD") == [("a34004", "rtd", "realtime", at, 35.5, marks.NORMAL)]


def test_a_device_is_known_within_seconds_of_being_registered(installation: Installation, device: FieldDevice):
    frame = upload("NEWCOMER", now(), {"a34004": 1.0})
    refusal = device.ask(frame)
    assert refusal is not None
    assert (refusal.cn, refusal.cp) == ("9011", {"QnRtn": "4"})
    installation.register(["NEWCOMER"])
    assert eventually(lambda: getattr(device.ask(frame), "cn", "") == "9014", 5.0)


def known(installation: Installation, gateway: GatewayProcess, code: str, **more: Any) -> FieldDevice:
    """A registered device that the gateway has heard of, connected."""
    installation.register([code])
    link = FieldDevice(gateway.port)
    first = upload(code, now() - timedelta(hours=1), {"a01001": 5.0}, **more)
    assert eventually(lambda: getattr(link.ask(first), "cn", "") == "9014")
    with installation.connect() as connection:
        connection.execute("DELETE FROM devices_quarantinedmessage WHERE device_code = %s", [code])
    return link


def test_a_resend_is_answered_again_and_counted_once(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "TWICE")
    frame = upload("TWICE", now(), {"a34004": 20.0})
    assert [getattr(link.ask(frame), "cn", "") for _ in range(3)] == ["9014"] * 3
    assert [row[4] for row in observed(installation, "TWICE")] == [5.0, 20.0]
    assert quarantined(installation, "TWICE") == []

    def counted() -> tuple[Any, ...] | None:
        with installation.connect() as connection:
            return connection.execute(
                "SELECT l.frames, l.observations, l.resends FROM devices_devicelink l JOIN devices_device d"
                " ON d.id = l.device_id WHERE d.code = 'TWICE' AND l.resends = 2"
            ).fetchone()

    assert eventually(counted) == (4, 2, 2)


def test_another_value_for_the_same_instant_is_put_aside(installation: Installation, gateway: GatewayProcess):
    link, at = known(installation, gateway, "CONTRADICT"), now()
    for value in (20.0, 21.0):
        assert link.ask(upload("CONTRADICT", at, {"a34004": value})) is not None
    assert [row[4] for row in observed(installation, "CONTRADICT")] == [5.0, 20.0]
    ((reason, layer, _, readings),) = quarantined(installation, "CONTRADICT")
    assert (reason, layer) == ("conflict", "semantic")
    assert (readings[0]["value"], readings[0]["kept_value"]) == (21.0, 20.0)


def test_a_wrong_password_stores_nothing_and_is_told(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "THIEF")
    frame = upload("THIEF", now(), {"a34004": 20.0}, password="654321")
    answer = link.ask(frame)
    assert answer is not None
    assert (answer.cn, answer.cp) == ("9011", {"QnRtn": "3"})
    assert len(observed(installation, "THIEF")) == 1
    ((reason, _, raw, readings),) = quarantined(installation, "THIEF")
    assert (reason, bytes(raw)) == ("wrong_password", frame)
    assert readings[0]["value"] == 20.0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda frame: frame[:-6] + b"0000\r\n", "bad_crc"),
        (lambda frame: frame[:-2] + b"xx" + b"##", "bad_tail"),
        (lambda frame: b"##00x1" + frame[6:], "bad_length"),
    ],
)
def test_a_broken_frame_is_kept_unanswered_and_the_next_is_read(
    installation: Installation, gateway: GatewayProcess, change: Callable[[bytes], bytes], reason: str
):
    code = f"BROKEN_{reason}".upper()
    link = known(installation, gateway, code)
    at = now()
    assert link.ask(change(upload(code, at, {"a34004": 20.0})), 0.5) is None
    assert getattr(link.ask(upload(code, at, {"a34004": 21.0})), "cn", "") == "9014"
    assert [row[4] for row in observed(installation, code)] == [5.0, 21.0]
    reasons = eventually(lambda: [row[0] for row in quarantined(installation, code)])
    assert reasons[0] in (reason, "truncated", "bad_tail")


@pytest.mark.parametrize(
    ("at", "reason"),
    [(timedelta(days=2), "time_in_future"), (timedelta(days=-900), "time_too_old")],
)
def test_an_absurd_time_is_answered_and_put_aside(
    installation: Installation, gateway: GatewayProcess, at: timedelta, reason: str
):
    code = reason.upper()
    link = known(installation, gateway, code)
    assert getattr(link.ask(upload(code, now() + at, {"a34004": 20.0})), "cn", "") == "9014"
    assert [row[4] for row in observed(installation, code)] == [5.0]
    assert [row[0] for row in quarantined(installation, code)] == [reason]


def test_an_absurd_value_is_put_aside_and_the_others_are_stored(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "ABSURD")
    assert getattr(link.ask(upload("ABSURD", now(), {"a34004": -9999.0, "a34002": 50.0})), "cn", "") == "9014"
    assert [row[4] for row in observed(installation, "ABSURD")] == [5.0, 50.0]
    ((reason, _, _, readings),) = quarantined(installation, "ABSURD")
    assert reason == "value_out_of_range"
    assert [(each["item"], each["statistic"], each["value"]) for each in readings] == [("a34004", "rtd", -9999.0)]


def test_the_bounds_of_a_series_can_be_narrowed(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "NARROW")
    with installation.connect() as connection:
        connection.execute(
            "UPDATE devices_series SET high = 10 WHERE device_id = (SELECT id FROM devices_device WHERE code = 'NARROW')"
        )
    time.sleep(0.5)

    def is_refused() -> bool:
        link.ask(upload("NARROW", now(), {"a01001": 30.0}))
        return bool(quarantined(installation, "NARROW"))

    assert eventually(is_refused)
    assert quarantined(installation, "NARROW")[0][0] == "value_implausible"


def test_frames_are_found_however_the_bytes_are_cut(installation: Installation, gateway: GatewayProcess):
    link, at = known(installation, gateway, "SLOWLY"), now()
    frames = [upload("SLOWLY", at + timedelta(seconds=n), {"a34004": float(n)}) for n in range(3)]
    for byte in b"junk##00" + b"".join(frames):
        link.send(bytes([byte]))
    assert [getattr(link.receive(), "cn", "") for _ in frames] == ["9014"] * 3
    assert [row[4] for row in observed(installation, "SLOWLY")] == [5.0, 0.0, 1.0, 2.0]


def test_a_message_in_packets_is_stored_and_every_packet_answered(installation: Installation, gateway: GatewayProcess):
    link, at = known(installation, gateway, "PACKETS"), now()
    readings = [Reading(f"a{21000 + n:05d}", "avg", n / 10, "N") for n in range(60)]
    frames = upload_frames(
        device_code="PACKETS", password=PASSWORD, system_kind="31", at=at, sent_at=at, period="hour", readings=readings
    )
    assert len(frames) > 1
    answers = [link.ask(frame) for frame in reversed(frames)]
    assert {answer.qn for answer in answers if answer} == {frame.split(b"QN=")[1][:17].decode() for frame in frames}
    assert len(observed(installation, "PACKETS")) == 1 + 60


def test_a_device_of_2005_is_understood_and_answered_in_its_way(installation: Installation, gateway: GatewayProcess):
    link, at = known(installation, gateway, "OLD", version=2005), now()
    answer = link.ask(upload("OLD", at, {"011": 31.5, "B01": 4.0}, version=2005, sent_at=at))
    assert answer is not None
    assert (answer.cn, answer.qn, answer.cp) == ("9014", None, {"QN": f"{at:%Y%m%d%H%M%S}000"})
    assert [(row[0], row[4]) for row in observed(installation, "OLD")[1:]] == [("w00000", 4.0), ("w01018", 31.5)]


def test_marks_late_and_resent_data_are_told_apart(installation: Installation, gateway: GatewayProcess):
    link, at = known(installation, gateway, "MARKED"), now().replace(minute=0, second=0)
    hours = [(at - timedelta(hours=1), "D", 2017), (at - timedelta(hours=30), "N", 2017)]
    for when, mark, version in hours:
        assert link.ask(upload("MARKED", when, {"a21026": 3.0}, period="hour", statistic="avg", mark=mark, version=version))
    (resent,) = upload_frames(
        device_code="MARKED", password=PASSWORD, system_kind="22", at=at - timedelta(hours=2), sent_at=now(), period="hour",
        readings=[Reading("a21026", "avg", 4.0, "N")], version=2025, is_resend=True,
    )  # fmt: skip
    assert link.ask(resent) is not None
    found = {row[3]: row[5] for row in observed(installation, "MARKED") if row[2] == "hour"}
    assert found == {
        at - timedelta(hours=1): marks.FAULT,
        at - timedelta(hours=30): marks.NORMAL | marks.LATE,
        at - timedelta(hours=2): marks.NORMAL | marks.RESENT,
    }


def request(code: str, command: str, area: str = "", st: str = "22", number: datetime | None = None) -> bytes:
    stamp = f"{number or now():%Y%m%d%H%M%S}000"
    head = header(number=stamp, system=st, command=command, password=PASSWORD, device=code, flag=flag_of(2017, True))
    return framed(head, area)


def test_a_device_that_asks_for_the_time_gets_it(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "CLOCK")
    answers = [link.ask(request("CLOCK", "1013", "PolId=a34004")), link.receive()]
    assert [getattr(each, "cn", "") for each in answers] == ["9013", "1012"]
    told = datetime.strptime(answers[1].cp["SystemTime"] + "+0800", "%Y%m%d%H%M%S%z")  # type: ignore[union-attr] # it came, see above
    assert abs(told - now()) < timedelta(seconds=10)


def test_field_information_is_kept_as_notes(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "NOTES")
    area = f"DataTime={now():%Y%m%d%H%M%S};PolId=w01018;i11001-Info=//更换试剂;//"
    assert getattr(link.ask(request("NOTES", "3020", area)), "cn", "") == "9014"
    with installation.connect() as connection:
        notes = connection.execute(
            "SELECT item, text FROM devices_devicenote n JOIN devices_device d ON d.id = n.device_id WHERE d.code = 'NOTES'"
        ).fetchall()
    assert ("i11001", "更换试剂;") in notes


def asked(installation: Installation, code: str, command: str, parameters: dict[str, Any], timeout_s: int = 5) -> int:
    with installation.connect() as connection:
        row = connection.execute(
            "INSERT INTO devices_devicecommand (device_id, command, parameters, state, message_id, attempts, timeout_s,"
            " retries, answer_code, result_code, result, detail, asked_at, expires_at)"
            " SELECT id, %s, %s, 'queued', '', 0, %s, 1, '', '', '{}', '', now(), now() + interval '1 hour'"
            " FROM devices_device WHERE code = %s RETURNING id",
            [command, json.dumps(parameters), timeout_s, code],
        ).fetchone()
    assert row is not None
    return row[0]


def command_of(installation: Installation, id: int) -> dict[str, Any]:
    with installation.connect() as connection:
        row = connection.execute(
            "SELECT state, answer_code, result_code, result, attempts FROM devices_devicecommand WHERE id = %s", [id]
        ).fetchone()
    assert row is not None
    return dict(zip(("state", "answer_code", "result_code", "result", "attempts"), row, strict=True))


def test_a_command_goes_down_and_its_data_and_result_come_back(installation: Installation, gateway: GatewayProcess):
    link, hour = known(installation, gateway, "ASKED"), now().replace(minute=0, second=0) - timedelta(hours=5)
    span = {"begin_at": hour.isoformat(), "end_at": (hour + timedelta(hours=1)).isoformat()}
    id = asked(installation, "ASKED", "fetch_hours", span)
    order = link.receive(10.0)
    assert order is not None
    assert (order.cn, order.mn, order.need_ack) == ("2061", "ASKED", True)
    assert order.cp == {"BeginTime": f"{hour:%Y%m%d%H%M%S}", "EndTime": f"{hour + timedelta(hours=1):%Y%m%d%H%M%S}"}
    link.send(_answer(order.qn, "9011", "QnRtn=1"))
    for n in range(2):
        at = hour + timedelta(hours=n)
        assert getattr(link.ask(upload("ASKED", at, {"a34004": 7.0 + n}, period="hour", statistic="avg")), "cn", "") == "9014"
    assert eventually(lambda: command_of(installation, id)["state"] == "executing")
    link.send(_answer(order.qn, "9012", "ExeRtn=1"))
    assert eventually(lambda: command_of(installation, id)["state"] == "done")
    done = command_of(installation, id)
    assert (done["answer_code"], done["result_code"], done["result"]["observations"]) == ("1", "1", 2)


def _answer(number: str | None, command: str, area: str, code: str = "ASKED") -> bytes:
    head = header(number=number, system="91", command=command, password=PASSWORD, device=code, flag=4)
    return framed(head, area)


def test_a_refused_command_says_so_and_a_silent_device_times_out(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "STUBBORN")
    refused = asked(installation, "STUBBORN", "calibrate", {"item": "a34004"})
    order = link.receive(10.0)
    assert order is not None
    link.send(_answer(order.qn, "9011", "QnRtn=2", "STUBBORN"))
    assert eventually(lambda: command_of(installation, refused)["state"] == "refused")
    silent = asked(installation, "STUBBORN", "set_realtime_interval", {"interval_s": 60}, timeout_s=1)
    orders = [link.receive(10.0), link.receive(10.0)]
    assert orders[0] is not None
    assert orders[0].qn == getattr(orders[1], "qn", None), "sent again under the same number"
    assert eventually(lambda: command_of(installation, silent)["state"] == "timed_out")
    assert command_of(installation, silent)["attempts"] == 2


def test_impossible_parameters_fail_at_once(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "IMPOSSIBLE")
    id = asked(installation, "IMPOSSIBLE", "set_realtime_interval", {"interval_s": 5})
    assert eventually(lambda: command_of(installation, id)["state"] == "failed")
    assert link.receive(0.2) is None


def test_device_and_link_are_kept_up_to_date(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "SEEN")

    def row() -> tuple[Any, ...] | None:
        with installation.connect() as connection:
            return connection.execute(
                "SELECT d.is_online, l.is_connected, l.frames FROM devices_device d"
                " JOIN devices_devicelink l ON l.device_id = d.id WHERE d.code = 'SEEN' AND d.last_seen_at IS NOT NULL"
            ).fetchone()

    assert eventually(lambda: (row() or (False, False))[:2] == (True, True))
    link.close()
    assert eventually(lambda: (row() or (False, True))[1] is False)


RULE = """
    INSERT INTO alerts_rule (system, key, name, kind, severity, parameters, device_kind, division_code, item, item_name,
        statistic, period, inputs, roles, channels, is_enabled, changed_at)
    VALUES ('environment', 'test', 'test', 'limit', 2, '{"above": 30}', '', '', 'a01002', '', 'rtd', 'realtime', '{}', '[]',
        '[]', true, now())
"""


def test_a_reading_over_its_limit_becomes_an_alarm(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "ALARM")
    with installation.connect() as connection:
        connection.execute(RULE)

    def alarms() -> list[tuple[Any, ...]]:
        assert link.ask(upload("ALARM", now(), {"a01002": 40.0})) is not None
        with installation.connect() as connection:
            return connection.execute("SELECT state, value FROM alerts_alarm WHERE item = 'a01002'").fetchall()

    assert eventually(alarms, 30.0) == [("raised", 40.0)]


def test_new_values_are_told_to_the_live_pages(installation: Installation, gateway: GatewayProcess):
    link = known(installation, gateway, "LIVE")
    with installation.connect() as connection:
        connection.execute("LISTEN live")
        assert link.ask(upload("LIVE", now(), {"a34004": 17.25})) is not None
        told = [
            json.loads(notice.payload)
            for notice in connection.notifies(timeout=5.0, stop_after=3)
        ]
    values = [row[2] for each in told if each["topic"] == "environment.latest" for row in each["data"]["latest"] or []]
    assert 17.25 in values
