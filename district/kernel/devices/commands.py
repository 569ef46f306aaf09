"""Asking something of a device. The gateway sends it over the live connection and writes down what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.devices.models import CommandState, Device, DeviceCommand, DeviceStatus
from district.kernel.devices.seal import seal

SECRETS = frozenset(("password", "key"))
"""Parameters that are sealed at rest."""
VALID_FOR = timedelta(hours=1)


class CannotAsk(ValueError):
    """The command cannot be queued or withdrawn; the text says why."""


@transaction.atomic
def ask(
    device: Device,
    command: str,
    parameters: Mapping[str, Any] | None = None,
    account: Any = None,
    *,
    timeout_s: int = 10,
    retries: int = 3,
    valid_for: timedelta = VALID_FOR,
) -> DeviceCommand:
    """Queues a command, by its neutral name in the device's protocol (`protocols.hj212.REQUESTS` for hj212).

    Parameters by their neutral names; instants are aware datetimes. It waits for the device to be connected, at most
    `valid_for`. Whether the parameters fit is for the protocol to say: check them with its `request_frame` before, or
    find the reason in `detail` of a failed command. Raises CannotAsk for a device that is not in use or a naive time.
    """
    if device.status != DeviceStatus.ACTIVE:
        raise CannotAsk(f"设备 {device.code} 已{device.get_status_display()}，不能下发命令")
    return DeviceCommand.objects.create(
        device=device, command=command, parameters={name: _kept(name, value) for name, value in (parameters or {}).items()},
        timeout_s=timeout_s, retries=retries, asked_by=account, asked_at=now(), expires_at=now() + valid_for,
    )  # fmt: skip


def _kept(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise CannotAsk(f"{name}={value}：时刻须带时区")
        return value.isoformat()
    return seal(str(value)) if name in SECRETS else value


@transaction.atomic
def cancel(command: DeviceCommand) -> None:
    """Withdraws a command that has not been sent. Raises CannotAsk when it has."""
    withdrawn = DeviceCommand.objects.filter(pk=command.pk, state=CommandState.QUEUED).update(
        state=CommandState.CANCELLED, finished_at=now()
    )
    if not withdrawn:
        raise CannotAsk("命令已经发出，不能取消")
