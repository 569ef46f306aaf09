from __future__ import annotations

import pytest

from district.kernel.devices.commands import CannotAsk, ask, cancel
from district.kernel.devices.models import CommandState, Device, DeviceStatus
from district.kernel.devices.seal import unseal
from district.kernel.devices.tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_command_waits_for_its_device(device: Device):
    command = ask(device, "fetch_hours", {"begin_at": NOON, "end_at": NOON})
    assert command.state == CommandState.QUEUED
    assert command.parameters == {"begin_at": "2026-03-10T12:00:00+08:00", "end_at": "2026-03-10T12:00:00+08:00"}
    assert command.expires_at > command.asked_at


def test_new_secrets_are_sealed(device: Device):
    command = ask(device, "set_password", {"password": "654321"})
    command.refresh_from_db()
    assert "654321" not in str(command.parameters)
    assert unseal(command.parameters["password"]) == "654321"


def test_only_devices_in_use_are_asked(device: Device):
    device.status = DeviceStatus.SUSPENDED
    with pytest.raises(CannotAsk):
        ask(device, "read_clock")


def test_naive_times_are_refused(device: Device):
    with pytest.raises(CannotAsk, match="时区"):
        ask(device, "set_clock", {"at": NOON.replace(tzinfo=None)})


def test_a_command_can_be_withdrawn_until_it_is_sent(device: Device):
    first, second = ask(device, "read_clock"), ask(device, "read_clock")
    cancel(first)
    first.refresh_from_db()
    assert first.state == CommandState.CANCELLED
    second.state = CommandState.SENT
    second.save()
    with pytest.raises(CannotAsk):
        cancel(second)
