"""What a person decides about a quarantined message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from district.kernel.clock import now
from district.kernel.devices.marks import RELEASED
from district.kernel.devices.models import Device, QuarantinedMessage, QuarantineState, Series
from district.kernel.devices.recording import RecordedMeanwhile, record
from district.kernel.devices.storing import Rows


class CannotDecide(ValueError):
    """The message cannot be released or discarded; the text says why."""


@dataclass(frozen=True)
class Released:
    """How many readings were stored, and how many were there already."""

    stored: int
    repeated: int


def discard(message: QuarantinedMessage, account: Any, note: str = "") -> None:
    """Says that nothing of the message counts. It stays, with who decided. CannotDecide when decided before."""
    with transaction.atomic():
        _decide(message, "discarded", account, note)


def release(message: QuarantinedMessage, account: Any, note: str = "") -> Released:
    """Stores the readings of the message as observations, marked as released.

    CannotDecide: decided before, no readable values, an unregistered device, or a value that contradicts a stored one
    (observations never change; correct the evaluated value instead).
    """
    with transaction.atomic():
        device = Device.objects.filter(code=message.device_code).first()
        if device is None:
            raise CannotDecide(f"设备 {message.device_code or '（未知）'} 没有登记，请先登记")
        readings = [_reading(each) for each in message.readings if _is_readable(each)]
        if not readings:
            raise CannotDecide("报文里没有可以放行的监测值")
        released = _store(device, readings)
        _decide(message, "released", account, note)
        return released


@dataclass(frozen=True)
class _Reading:
    item: str
    statistic: str
    period: str
    at: datetime
    value: float
    mark: int


def _is_readable(given: dict[str, Any]) -> bool:
    return bool(given.get("at")) and isinstance(given.get("value"), int | float) and bool(given.get("statistic"))


def _reading(given: dict[str, Any]) -> _Reading:
    at = datetime.fromisoformat(given["at"])
    mark = int(given.get("mark") or 0) | RELEASED
    return _Reading(given["item"], given["statistic"], given["period"], at, float(given["value"]), mark)


def _store(device: Device, readings: Sequence[_Reading]) -> Released:
    series = {
        key: Series.objects.get_or_create(device=device, item=key[0], statistic=key[1], period=key[2])[0].pk
        for key in {(each.item, each.statistic, each.period) for each in readings}
    }
    rows = Rows(
        np.array([series[each.item, each.statistic, each.period] for each in readings], dtype=np.int32),
        np.array([round(each.at.timestamp() * 1e6) for each in readings], dtype=np.int64),
        np.array([each.value for each in readings]),
        np.array([each.mark for each in readings], dtype=np.int32),
    )
    try:
        done = record(rows)
    except RecordedMeanwhile as error:
        raise CannotDecide("网关正在写入同一时刻的值，请再试一次") from error
    if len(done.conflicting):
        kept = float(done.kept_values[0])
        raise CannotDecide(f"同一时刻已有不同的值 {kept:g}：监测值不可更改，请对评价值作修正")
    return Released(len(done.stored), len(done.repeated))


def _decide(message: QuarantinedMessage, state: str, account: Any, note: str) -> None:
    decided = QuarantinedMessage.objects.filter(pk=message.pk, state=QuarantineState.PENDING).update(
        state=state, decided_by=account, decided_at=now(), note=note[:300]
    )
    if not decided:
        raise CannotDecide("这条报文已经处理过")
    message.refresh_from_db()
