"""The way by columns and the way frame by frame say the same of everything."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.edges.gateway.group import Group
from district.edges.gateway.tests.fakes import NOW, PASSWORD, FakeGateway, known
from district.kernel.devices import marks
from district.protocols.hj212 import Message, Reading, upload_frames
from district.protocols.hj212.encode import framed, header

DEVICES = [known(1, "GOOD"), known(2, "OTHER"), known(3, "ASLEEP", status="suspended")]

ITEM = st.sampled_from(["a34004", "a21026", "w01001", "w01018", "011", "a01008", "vendor1"])
READING = st.builds(
    Reading,
    ITEM,
    st.sampled_from(["rtd", "avg", "min", "max", "cou", "zs_avg"]),
    st.one_of(st.floats(-2000, 20000).map(lambda value: round(value, 3)), st.sampled_from([-9999.0, 0.0, 1e9])),
    st.sampled_from(["", "N", "D", "F", "T", "9"]),
)
AT = st.one_of(
    st.timedeltas(timedelta(days=-3), timedelta(0)).map(lambda ago: (NOW + ago).replace(microsecond=0)),
    st.sampled_from([NOW + timedelta(days=1), NOW - timedelta(days=900), NOW + timedelta(minutes=9)]),
)


@st.composite
def frames(draw: st.DrawFn) -> bytes:
    readings = {(each.item, each.statistic): each for each in draw(st.lists(READING, min_size=1, max_size=6))}
    one_mark = {item: next(each.mark for each in readings.values() if each.item == item) for item, _ in readings}
    made = upload_frames(
        device_code=draw(st.sampled_from(["GOOD", "GOOD", "OTHER", "ASLEEP", "NOBODY"])),
        password=draw(st.sampled_from([PASSWORD, PASSWORD, PASSWORD, "wrong", ""])),
        system_kind="22",
        at=draw(AT),
        sent_at=NOW,
        period=draw(st.sampled_from(["realtime", "minute", "hour", "day"])),
        readings=[Reading(each.item, each.statistic, each.value, one_mark[each.item]) for each in readings.values()],
        wants_answer=draw(st.booleans()),
        version=draw(st.sampled_from([2005, 2017, 2025])),
        is_resend=draw(st.booleans()),
    )
    frame = b"".join(made)
    harm = draw(st.sampled_from(["", "", "", "crc", "cut", "junk"]))
    if harm == "crc":
        return frame[:-3] + b"#\r\n"
    if harm == "cut":
        return frame[: len(frame) // 2]
    return b"\r\nxx" + frame if harm == "junk" else frame


@pytest.fixture(scope="module")
def gateways() -> tuple[FakeGateway, FakeGateway]:
    return FakeGateway(DEVICES), FakeGateway(DEVICES, "plain")


@settings(deadline=None, max_examples=150)
@given(chunks=st.lists(st.lists(frames(), max_size=4).map(b"".join), min_size=1, max_size=3))
def test_both_ways_read_store_refuse_and_answer_alike(gateways: tuple[FakeGateway, FakeGateway], chunks: list[bytes]):
    fast, slow = gateways
    assert fast.told(fast.read(*chunks)) == slow.told(slow.read(*chunks))


def upload(code: str = "GOOD", at: datetime = NOW, value: float = 35.0, **changes: object) -> bytes:
    given = {
        "password": PASSWORD, "system_kind": "22", "sent_at": NOW, "readings": [Reading("a34004", "rtd", value, "N")],
    } | changes  # fmt: skip
    return b"".join(upload_frames(device_code=code, at=at, **given))  # type: ignore[arg-type] # a dictionary of all of them


def test_every_frame_of_a_chunk_is_answered_in_order():
    gateway = FakeGateway(DEVICES)
    ids = [NOW + timedelta(seconds=n) for n in range(5)]
    group = gateway.read(b"".join(upload(at=at, sent_at=at) for at in ids))
    ((_, data),) = group.replies
    assert [line.split(b"QN=")[1][:17] for line in data.splitlines()] == [f"{at:%Y%m%d%H%M%S}000".encode() for at in ids]
    assert group.acknowledged == 5


@pytest.mark.parametrize(
    ("changes", "reason", "answer"),
    [
        ({"code": "NOBODY"}, "unknown_device", b"QnRtn=4"),
        ({"password": "wrong"}, "wrong_password", b"QnRtn=3"),
        ({"code": "ASLEEP"}, "device_not_active", b"QnRtn=2"),
        ({"at": NOW + timedelta(minutes=11)}, "time_in_future", b"CN=9014"),
        ({"at": NOW - timedelta(days=400)}, "time_too_old", b"CN=9014"),
        ({"value": -9999.0}, "value_out_of_range", b"CN=9014"),
    ],
)
def test_what_is_refused_is_kept_whole_and_answered(changes: dict, reason: str, answer: bytes):
    gateway, frame = FakeGateway(DEVICES), upload(**changes)
    group = gateway.read(frame)
    assert [(each.reason, each.raw) for each in group.refusals] == [(reason, frame)]
    assert len(group.readings) == 0
    assert answer in group.replies[0][1]


def test_blanks_between_frames_are_nothing():
    group = FakeGateway(DEVICES).read(b"\r\n \r\n" + upload() + b"\r\n\r\n")
    assert (len(group.readings), group.refusals) == (1, [])


def test_a_device_of_another_protocol_is_unknown_here():
    group = FakeGateway([known(1, "GOOD", protocol="jt808")]).read(upload())
    assert [each.reason for each in group.refusals] == ["unknown_device"]


def test_a_reading_outside_the_bounds_of_its_series_is_put_aside_alone():
    gateway = FakeGateway(DEVICES)
    gateway.directory.series.number((1, "a34004", "rtd", "realtime"), 0.0, 100.0)
    readings = [Reading("a34004", "rtd", 300.0, "N"), Reading("a34002", "rtd", 300.0, "N")]
    group = gateway.read(upload(readings=readings))
    assert len(group.readings) == 1
    ((refusal),) = group.refusals
    assert (refusal.reason, refusal.readings[0]["item"]) == ("value_implausible", "a34004")
    assert "应在 0 与 100 之间" in refusal.detail


def test_late_and_resent_values_are_marked():
    gateway = FakeGateway(DEVICES)
    late = gateway.read(upload(at=NOW - timedelta(hours=2)))
    assert late.readings.mark.tolist() == [marks.NORMAL | marks.LATE]
    resent = gateway.read(upload(version=2025, is_resend=True))
    assert resent.readings.mark.tolist() == [marks.NORMAL | marks.RESENT]


def test_a_frame_that_cannot_be_processed_costs_only_itself(monkeypatch: pytest.MonkeyPatch):
    gateway = FakeGateway(DEVICES, "plain")

    def is_notice(message: Message) -> bool:
        if message.cn == "2051":
            raise RuntimeError("a defect")
        return False

    monkeypatch.setattr("district.edges.gateway.hj212.is_notice", is_notice)
    group = gateway.read(upload(period="minute") + upload())
    assert [each.reason for each in group.refusals] == ["not_processed"]
    assert len(group.readings) == 1


def test_packets_that_never_come_are_told_and_forgotten():
    gateway = FakeGateway(DEVICES)
    readings = [Reading(f"a{21000 + n:05d}", "avg", 1.0, "N") for n in range(60)]
    packets = upload_frames(
        device_code="GOOD", password=PASSWORD, system_kind="31", at=NOW, sent_at=NOW, period="hour", readings=readings
    )
    group = gateway.read(packets[1])
    assert (len(group.refusals), group.acknowledged) == (0, 1)
    assert len(gateway.dialect.reassembler) == 1
    later = Group(2, "hj212", NOW + timedelta(minutes=10))
    gateway.dialect.read(later, [gateway.link()], [upload()])
    assert [(each.reason, each.device_code, each.raw) for each in later.refusals] == [
        ("incomplete_message", "GOOD", packets[1])
    ]
    assert len(gateway.dialect.reassembler) == 0


def test_texts_of_a_message_in_packets_are_kept_whole_or_not_at_all():
    gateway = FakeGateway(DEVICES)
    head, second = (
        header(
            system="31", command="3020", password=PASSWORD, device="GOOD", number=f"2026031012000000{n}", flag=7,
            packet=(2, n),
        )
        for n in (1, 2)
    )  # fmt: skip
    first = gateway.read(framed(head, "DataTime=20260310120000;PolId=w01018;i11001-Info=//one//"))
    whole = gateway.read(framed(second, "DataTime=20260310120000;PolId=w01018;i21001-Info=//two//"))
    assert gateway.told(first)["notes"] == []
    assert {("i11001", "Info", "one"), ("i21001", "Info", "two")} <= set(gateway.told(whole)["notes"])
