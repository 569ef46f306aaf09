from __future__ import annotations

from typing import Any

import pytest

from district.kernel.clock import now
from district.kernel.devices import marks
from district.kernel.devices.actions import CannotDecide, discard, release
from district.kernel.devices.models import Device, Observation, QuarantinedMessage, QuarantineState, Series
from district.kernel.devices.queries import observation_count
from district.kernel.devices.tests.conftest import NOON, keep, rows_of
from district.kernel.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    return Account.objects.create(username="officer", name="张三")


def held(**changes: Any) -> QuarantinedMessage:
    reading = {"item": "a34004", "statistic": "rtd", "period": "realtime", "at": NOON.isoformat(), "value": 700.0, "mark": 1}
    given = {
        "received_at": now(), "protocol": "hj212", "port": 9212, "remote": "10.0.0.1:5", "device_code": "DEVICE",
        "reason": "value_implausible", "layer": "semantic", "raw": b"##", "readings": [reading],
    } | changes  # fmt: skip
    return QuarantinedMessage.objects.create(**given)


def test_a_released_value_is_stored_marked_and_signed(device: Device, officer: Account):
    message = held()
    assert release(message, officer, "现场核实").stored == 1
    (found,) = Observation.objects.all()
    assert (found.value, found.at, found.mark) == (700.0, NOON, marks.NORMAL | marks.RELEASED)
    assert (message.state, message.decided_by, message.note) == (QuarantineState.RELEASED, officer, "现场核实")
    assert observation_count() == 1


def test_a_message_is_decided_once(device: Device, officer: Account):
    message = held()
    discard(message, officer, "仪器故障")
    assert message.state == QuarantineState.DISCARDED
    with pytest.raises(CannotDecide, match="已经处理"):
        release(message, officer)
    assert Observation.objects.count() == 0


def test_a_contradiction_is_not_released_over_what_is_stored(series: list[Series], officer: Account):
    keep(rows_of((series[0].pk, NOON, 35.0, 1)))
    message = held(reason="conflict")
    with pytest.raises(CannotDecide, match="35"):
        release(message, officer)
    message.refresh_from_db()
    assert message.state == QuarantineState.PENDING


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"device_code": "NOBODY"}, "没有登记"),
        ({"readings": []}, "没有可以放行"),
        ({"readings": [{"item": "a34004", "attribute": "Rtd", "text": "abc", "value": None, "at": None}]}, "没有可以放行"),
    ],
)
def test_what_has_no_device_or_no_value_cannot_be_released(
    device: Device, officer: Account, changes: dict[str, Any], said: str
):
    with pytest.raises(CannotDecide, match=said):
        release(held(**changes), officer)
