"""The board of supervision cases and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from district.kernel.people.access import may
from district.kernel.people.models import Account

from ..models import SupervisionCase
from .sources import STAFF, sources_visible_to

WAITING = (SupervisionCase.State.OPEN, SupervisionCase.State.RETURNED)


def cases_visible_to(account: Account) -> QuerySet[SupervisionCase]:
    """Staff see the cases of sources in their area and those of ambient points; an enterprise sees its own."""
    mine = Q(source__in=sources_visible_to(account))
    if may(account, *STAFF):
        mine |= Q(source__isnull=True)
    return SupervisionCase.objects.filter(mine).select_related("source", "outlet", "point", "device", "alarm")


def is_overdue(case: SupervisionCase, now: datetime) -> bool:
    return case.state in WAITING and case.due_at < now


def overdue_cases(now: datetime) -> QuerySet[SupervisionCase]:
    return SupervisionCase.objects.filter(state__in=WAITING, due_at__lt=now).select_related("source", "point")


@dataclass(frozen=True)
class CaseFigures:
    """Counts over a period of opening; `answer_hours` is the mean from opening to closing of accepted cases."""

    opened: int
    waiting: int
    overdue: int
    answered: int
    accepted: int
    exempt: int
    answer_hours: float | None


def case_figures(cases: QuerySet[SupervisionCase], now: datetime) -> CaseFigures:
    state = SupervisionCase.State
    took = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    found = cases.order_by().aggregate(
        opened=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        overdue=Count("pk", filter=Q(state__in=WAITING, due_at__lt=now)),
        answered=Count("pk", filter=Q(state=state.ANSWERED)),
        accepted=Count("pk", filter=Q(state=state.ACCEPTED)),
        exempt=Count("pk", filter=Q(state=state.EXEMPT)),
        took=Avg(took, filter=Q(state=state.ACCEPTED)),
    )
    mean = found.pop("took")
    return CaseFigures(**found, answer_hours=mean.total_seconds() / 3600 if mean is not None else None)


def cases_by_kind(cases: QuerySet[SupervisionCase]) -> list[tuple[str, int, int]]:
    """(Chinese name of the kind, opened, closed), most frequent first."""
    closed = Q(state__in=(SupervisionCase.State.ACCEPTED, SupervisionCase.State.EXEMPT))
    rows = cases.order_by().values("kind").annotate(opened=Count("pk"), closed=Count("pk", filter=closed))
    return [
        (str(SupervisionCase.Kind(row["kind"]).label), row["opened"], row["closed"])
        for row in rows.order_by("-opened", "kind")
    ]
