"""Terminals: registered, exchanged, their alarms raised once and ended."""

from __future__ import annotations

import pytest

from district.kernel.alerts.models import Alarm
from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceReport
from district.kernel.people.refused import Refused
from district.systems.transit.models import Bus
from district.systems.transit.terminals import actions

pytestmark = pytest.mark.django_db


def bus(number: str) -> Bus:
    return Bus.objects.create(number=number)


def test_a_number_is_registered_once_however_it_is_padded():
    device = actions.register_terminal(number="13370300001", bus=bus("A1"))
    assert device.code == "013370300001"
    assert device.password == ""
    with pytest.raises(Refused) as refused:
        actions.register_terminal(number="00000000013370300001")
    assert refused.value.code == "number_taken"
    with pytest.raises(Refused) as refused:
        actions.register_terminal(number="13370300002", bus=Bus.objects.get())
    assert refused.value.code == "bus_has_terminal"


def test_two_buses_exchange_their_terminals():
    one, other = bus("A1"), bus("A2")
    first = actions.register_terminal(number="13370300001", bus=one)
    second = actions.register_terminal(number="13370300002", bus=other)
    actions.swap(one, other)
    assert dict(Bus.objects.values_list("number", "device_id")) == {"A1": second.pk, "A2": first.pk}
    actions.install(first, Bus.objects.get(number="A1"))
    assert dict(Bus.objects.values_list("number", "device_id")) == {"A1": first.pk, "A2": None}


def test_an_exchanged_terminal_may_register_and_the_old_code_is_gone():
    device = actions.register_terminal(number="13370300001")
    Device.objects.update(password="old", attributes={"terminal": {"terminal_id": "T1"}, "plate": "x"})
    device.refresh_from_db()
    actions.revoke_code(device)
    assert device.password not in ("", "old")
    actions.free_number(device)
    device.refresh_from_db()
    assert (device.password, device.attributes) == ("", {"plate": "x"})


def report(device: Device, second: int, begun: list[int], ended: list[int], bits: int) -> DeviceReport:
    return DeviceReport.objects.create(
        device=device, protocol="jt808", kind="alarm", key=f"{second}", at=now().replace(second=second, microsecond=0),
        payload={"begun": begun, "ended": ended, "bits": bits},
    )  # fmt: skip


def test_alarms_are_right_in_whatever_order_their_reports_are_handled():
    device = actions.register_terminal(number="13370300001", bus=bus("A1"))
    reports = [report(device, 1, [0, 1], [], 3), report(device, 2, [], [1], 1), report(device, 3, [4], [], 17)]
    for each in reversed(reports):
        actions.note_alarms(each.pk)
    open_now = set(Alarm.objects.filter(cleared_at__isnull=True).values_list("kind", flat=True))
    assert open_now == {"terminal_0", "terminal_4"}
    over = Alarm.objects.get(kind="terminal_1")
    assert over.cleared_at is not None
    assert Alarm.objects.get(kind="terminal_0").subject == "A1"
