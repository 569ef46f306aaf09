from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from district.edges.gateway.flood import DEVICE, STRANGER, SUM_UP_S, FloodGate
from district.edges.gateway.group import Refusal
from district.edges.gateway.tests.fakes import NOW


def refusal(reason: str = "bad_crc", raw: bytes = b"x") -> Refusal:
    return Refusal(NOW, "hj212", 9212, "10.0.0.1:5", "", reason, "frame", "", raw)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5), st.booleans()), max_size=300))
def test_every_refusal_is_kept_or_counted(events: list[tuple[str, float, bool]]):
    gate, now, kept, counted = FloodGate(), 0.0, 0, 0
    for sender, pause, asks in events:
        now += pause
        kept += gate.admit(refusal(), sender, False, now)
        if asks:
            counted += sum(each.repeats + 1 for each in gate.sums(now))
    counted += sum(each.repeats + 1 for each in gate.sums(now, is_final=True))
    assert kept + counted == len(events)


def test_a_stranger_has_less_room_than_a_device():
    gate = FloodGate()
    assert sum(gate.admit(refusal(), "stranger", False, 0.0) for _ in range(5000)) == STRANGER[0]
    assert sum(gate.admit(refusal(), "device", True, 0.0) for _ in range(5000)) == DEVICE[0]


def test_one_reason_does_not_use_up_another():
    gate = FloodGate()
    for _ in range(100):
        gate.admit(refusal("bad_crc"), "x", False, 0.0)
    assert gate.admit(refusal("wrong_password"), "x", False, 0.0)


def test_the_sum_comes_after_its_time_with_the_last_sample():
    gate = FloodGate()
    for n in range(100):
        gate.admit(refusal(raw=b"%d" % n), "x", False, 0.0)
    assert not gate.has_due(SUM_UP_S - 0.1)
    assert gate.sums(SUM_UP_S - 0.1) == []
    assert gate.has_due(SUM_UP_S)
    (row,) = gate.sums(SUM_UP_S)
    assert (row.raw, row.repeats) == (b"99", 100 - int(STRANGER[0]) - 1)
    assert gate.sums(100.0) == []
