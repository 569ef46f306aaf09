"""What the environment system does when something happened elsewhere."""

from __future__ import annotations

from district.kernel.alerts.contract import AlarmRaised
from district.kernel.clock import now
from district.kernel.devices.models import Device
from district.kernel.events import on

from .actions.supervision import Occurrence, open_case

CASE_KINDS = {
    "limit": "over_limit_hour",
    "rate": "spike",
    "constant": "constant",
    "zero": "zero",
    "missing": "missing",
    "offline": "offline",
    "expression": "illogical",
    "over_limit_day": "over_limit_day",
    "illogical": "illogical",
    "quantity": "quantity",
    "duty": "duty",
}
"""Kind of an alarm (a kind of rule, or our own word) → kind of the case it leads to."""


@on(AlarmRaised)
def open_supervision(event: AlarmRaised) -> None:
    """Every alarm of this system of a known kind becomes a case that somebody must answer."""
    kind = CASE_KINDS.get(event.kind)
    if event.system != "environment" or kind is None:
        return
    device = Device.objects.filter(pk=event.device_id).first() if event.device_id is not None else None
    open_case(
        Occurrence(
            kind,
            event.message,
            event.since_at,
            device=device,
            item=event.item,
            measured_value=event.value,
            limit_value=event.limit_value,
            unit=event.unit,
            alarm_id=event.alarm_id,
        ),
        now(),
    )
