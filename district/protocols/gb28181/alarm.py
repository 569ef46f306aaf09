"""Alarm notices. GB/T 28181-2016 9.4 and Annex A.2.5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .manscdp import Body
from .moments import moment
from .tables import ALARM_METHODS, ALARM_TYPES


@dataclass(frozen=True, slots=True)
class AlarmNotice:
    """`priority` 1 (gravest) … 4, `method` how it was raised, `type` what it is (empty when not said)."""

    channel: str
    priority: int
    method: str
    type: str
    at: datetime | None
    description: str
    lon: float | None
    lat: float | None

    @property
    def zh(self) -> str:
        """What it is, in the words of the standard."""
        return ALARM_TYPES.get((self.method, self.type)) or ALARM_METHODS.get(
            self.method, f"报警方式 {self.method}"
        )


def alarm_of(body: Body) -> AlarmNotice:
    """A Notify Alarm, already checked by `findings`."""
    info = body.tree.get("Info")
    told = info.get("AlarmType", "") if isinstance(info, dict) else ""
    kind = body.text("AlarmType") or (told if isinstance(told, str) else "")
    priority = body.text("AlarmPriority")
    return AlarmNotice(
        body.device_id, int(priority) if priority.isdigit() else 4, body.text("AlarmMethod"), kind,
        moment(body.text("AlarmTime")), body.text("AlarmDescription"), _number(body.text("Longitude")),
        _number(body.text("Latitude")),
    )  # fmt: skip


def _number(text: str) -> float | None:
    try:
        return float(text) or None
    except ValueError:
        return None
