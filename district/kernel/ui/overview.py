"""The few numbers of the start page. A system adds its own with an `overview.py` (both functions optional):

    def figures(account) -> list[Figure]: …       # up to three numbers everybody should see first
    def layers(account) -> list[Layer]: …         # what it shows on the map of the district
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Max
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from district.kernel import registry
from district.kernel.alerts.queries import alarms_seen_by
from district.kernel.kpis.judging import Verdict, verdict
from district.kernel.kpis.queries import latest_values
from district.kernel.people.access import STAFF, may
from district.kernel.ui.languages import pick
from district.kernel.ui.map import Map
from district.kernel.vocabulary import Kpi

COLOURS = {Verdict.MET: "d-good", Verdict.NEAR: "d-warn", Verdict.MISSED: "d-bad", Verdict.UNKNOWN: ""}


@dataclass(frozen=True)
class Figure:
    """A number of the start page. `colour`: empty, `d-good`, `d-warn` or `d-bad`; `value` is ready to be read."""

    title: Any
    value: Any
    unit: Any = ""
    detail: Any = ""
    url: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Target:
    """An indicator of the plan against its measured value; `value` is None before the first measurement."""

    kpi: Kpi
    title: str
    system: str
    value: float | None
    at: datetime | None
    url: str

    @property
    def verdict(self) -> Verdict:
        return verdict(self.kpi, self.value)

    @property
    def colour(self) -> str:
        return COLOURS[self.verdict]

    @property
    def share(self) -> float:
        """How much of the target is reached, 0 to 100."""
        if self.value is None or not self.kpi.target:
            return 0.0
        return max(0.0, min(100.0, 100 * self.value / self.kpi.target))


def is_staff(account: Any) -> bool:
    return may(account, STAFF)


def targets() -> list[Target]:
    """Every indicator in the manifests with its latest measured value."""
    latest = {(row.system, row.key): (row.value, row.at) for row in latest_values()}
    return [
        Target(kpi, pick(kpi), pick(system), *latest.get((system.name, kpi.key), (None, None)),
               url=_address(system.name, kpi.key))
        for system in registry.systems() for kpi in system.kpis
    ]


def figures(account: Any) -> list[Figure]:
    """What the systems want to be seen first by this reader."""
    return [figure for provider in _providers("figures") for figure in provider(account)]


def district_map(account: Any) -> Map:
    """The district with the layers the systems show to this reader."""
    return Map("district", title=_("周村区"), layers=[layer for provider in _providers("layers") for layer in provider(account)])


@cache
def _providers(function: str) -> tuple[Callable[[Any], list[Any]], ...]:
    files = (registry.role_file(system, "overview") for system in registry.systems())
    return tuple(getattr(file, function) for file in files if hasattr(file, function))


def open_alarms(account: Any) -> list[dict[str, Any]]:
    """How many alarms this reader may see have not ended, for each system that has any."""
    counted = (
        alarms_seen_by(account).filter(cleared_at__isnull=True).order_by()
        .values("system").annotate(open=Count("pk"), worst=Max("severity")).order_by("-worst", "system")
    )
    return [row | {"title": _title(row["system"])} for row in counted]


def alarms_since(account: Any, start: datetime) -> int:
    """How many alarms this reader may see were raised since then, those that have ended included."""
    return alarms_seen_by(account).filter(raised_at__gte=start).order_by().count()


def _title(system: str) -> str:
    known = {each.name: each for each in registry.systems()}
    return pick(known[system]) if system in known else system


def _address(system: str, key: str) -> str:
    try:
        return reverse("kpis:kpi", args=[system, key])
    except NoReverseMatch:
        return ""
