"""The few numbers of the start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db.models import Count, Max
from django.urls import NoReverseMatch, reverse

from district.kernel import registry
from district.kernel.alerts.models import Alarm
from district.kernel.people.access import may
from district.kernel.ui.languages import pick


@dataclass(frozen=True)
class Target:
    """An indicator of the plan against its measured value; `value` is None before the first measurement."""

    title: str
    system: str
    target: float
    unit: str
    higher_is_better: bool
    value: float | None = None
    at: datetime | None = None
    url: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.target if self.higher_is_better else self.value <= self.target

    @property
    def share(self) -> float:
        """How much of the target is reached, 0 to 100."""
        if self.value is None or not self.target:
            return 0
        return max(0.0, min(100.0, 100 * self.value / self.target))


def is_staff(account: Any) -> bool:
    return may(account, "staff")


def targets() -> list[Target]:
    """Every indicator in the manifests with its latest measured value."""
    latest = _latest_values()
    found = []
    for system in registry.systems():
        for kpi in system.kpis:
            value, at = latest.get((system.name, kpi.key), (None, None))
            found.append(Target(pick(kpi), pick(system), kpi.target, kpi.unit, kpi.higher_is_better, value, at,
                                _address(system.name, kpi.key)))
    return found


def open_alarms(systems: list[str]) -> list[dict[str, Any]]:
    """How many alarms have not ended, for each of these systems that has any."""
    counted = (
        Alarm.objects.filter(cleared_at__isnull=True, system__in=systems)
        .values("system").annotate(open=Count("pk"), worst=Max("severity")).order_by("-worst", "system")
    )
    return [row | {"title": pick(registry.system(row["system"]))} for row in counted]


def _latest_values() -> dict[tuple[str, str], tuple[float | None, datetime | None]]:
    if not find_spec("district.kernel.kpis.queries"):
        return {}
    queries = import_module("district.kernel.kpis.queries")
    return {(row.system, row.key): (row.value, row.at) for row in queries.latest_values()}


def _address(system: str, key: str) -> str:
    try:
        return reverse("kpis:kpi", args=[system, key])
    except NoReverseMatch:
        return ""
