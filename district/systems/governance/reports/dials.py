"""The six 全 of the clause, measured over the cases of the last 30 days; each with what it counts.

The definitions are the district's own (the plan names the six without figures) and stand on the page beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from district.kernel.cases.models import Case, CaseLink, LinkKind, Task

from .routing import SYSTEM

DAYS = 30
DOORS = ("hotline", "citizen", "grid", "department", "import", "open311", "alarm")
"""The ways a report can come in. Alarms stand for sensors and cameras."""
SENSED = ("grid", "video", "sensor", "alarm")
STEPS = {
    "city_case": ("accept", "dispatch", "handle", "report", "check", "close"),
    "hotline_order": ("accept", "dispatch", "sign", "handle", "review", "call_back"),
    "grid_event": ("grid_handle", "check"),
}
"""The steps a case must have been through from end to end."""


@dataclass(frozen=True)
class Dial:
    """`part` of `whole`; no share without a whole. `evidence` is the query of the list that shows the rest."""

    key: str
    part: int
    whole: int
    evidence: str = ""

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Dials:
    dials: tuple[Dial, ...]
    by_channel: dict[str, int]


def dials(at: datetime) -> Dials:
    """All six at a moment."""
    cases = Case.objects.filter(system=SYSTEM, opened_at__gt=at - timedelta(days=DAYS), opened_at__lte=at)
    channels = dict(cases.order_by().values_list("channel").annotate(Count("pk")))
    total = sum(channels.values())
    city = cases.filter(procedure="city_case").aggregate(
        all=Count("pk"), sensed=Count("pk", filter=Q(channel__in=SENSED))
    )
    counted = cases.aggregate(
        in_cell=Count("pk", filter=~Q(cell_code="")),
        usable=Count("pk", filter=Q(lon__isnull=False) & ~Q(classification="")),
    )
    joint = _joint(cases).aggregate(
        all=Count("pk"), on_time=Count("pk", filter=Q(late_at__isnull=True) | Q(closed_at__lt=F("late_at")))
    )
    through = _through(cases)
    used = sum(bool(channels.get(door)) for door in DOORS)
    found = (
        Dial("channels", used, len(DOORS)),
        Dial("sensing", city["sensed"], city["all"], "?channel=grid"),
        Dial("grid", counted["in_cell"], total),
        Dial("joint", joint["on_time"], joint["all"]),
        Dial("through", *through, "?state=closed"),
        Dial("trends", counted["usable"], total),
    )
    return Dials(found, {door: channels.get(door, 0) for door in (*DOORS, "video", "sensor")})


def _joint(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Closed cases that more than one unit had a part in: helpers, or a case asked of another department."""
    helped = Task.objects.filter(case=OuterRef("pk"), part="helper")
    asked = CaseLink.objects.filter(source=OuterRef("pk"), kind=LinkKind.ASKED)
    return cases.filter(state="closed").filter(Exists(helped) | Exists(asked))


def _through(cases: QuerySet[Case]) -> tuple[int, int]:
    """Closed cases that were taken on and have been through every step of their procedure, and how many were closed."""
    whole = part = 0
    for procedure, keys in STEPS.items():
        closed = cases.filter(procedure=procedure, state="closed").exclude(
            form__accepted__in=("不予立案", "不予受理", "直接答复")
        )
        whole += closed.count()
        for key in keys:
            closed = closed.filter(Exists(Task.objects.filter(case=OuterRef("pk"), key=key, state="done")))
        part += closed.count()
    return part, whole
