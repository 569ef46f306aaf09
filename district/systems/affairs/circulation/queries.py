"""Matters as an account may see them, and what is counted of them.

What a village settles stays there: its texts and parties are seen by the village alone. Another level sees a matter when
it has risen there; of the others it sees counts, and as their evidence number, kind, days and level, never a person.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from district.kernel.cases.models import OPEN_TASKS, Task
from district.kernel.cases.posts import holds
from district.kernel.cases.queries import cases_visible_to, department_tasks
from district.kernel.clock import CHINA, now
from district.kernel.people.access import live_duties
from district.kernel.people.models import Kind, Organisation
from district.kernel.people.scope import scope_of

from ..models import Concern, ConcernMove
from .levels import ORDER, ROLES, Tally

SYSTEM = "affairs"
PROCEDURES: dict[str, str] = {str(Concern.Kind.DISPUTE): "village_dispute"}
PLAIN = "village_matter"


def procedure_for(kind: str) -> str:
    return PROCEDURES.get(kind, PLAIN)


def concerns_visible_to(account: Any) -> QuerySet[Concern]:
    """Matters whose texts the account may read: of its village, or that have risen to its post."""
    return Concern.objects.filter(case__in=cases_visible_to(account, SYSTEM)).select_related(
        "case", "village"
    )


def counted_for(account: Any) -> QuerySet[Concern]:
    """Matters that are counted for the account, by its range alone; cancelled ones are not counted."""
    rows = Concern.objects.exclude(way=Concern.Way.CANCELLED).select_related("case", "village")
    return scope_of(account, SYSTEM).filter(rows, division_field="division_code")


def may_look(account: Any, number: str) -> bool:
    """Whether the account may look at the files of a matter."""
    return concerns_visible_to(account).filter(case__number=number).exists()


def task_of(concern: Concern) -> Task | None:
    """The step that waits, if the matter runs."""
    tasks = Task.objects.filter(case_id=concern.case_id, state__in=OPEN_TASKS, parent__isnull=True)
    return tasks.select_related("organisation").order_by("pk").last()


def is_in_hand(account: Any, concern: Concern) -> bool:
    """Whether the account holds the post that handles the matter, or settled it."""
    task = (
        Task.objects.filter(case_id=concern.case_id, key=concern.level, parent__isnull=True)
        .order_by("pk")
        .last()
    )
    return task is not None and holds(account, task.role, task.organisation_id)


def in_hand_of(account: Any) -> QuerySet[Task]:
    """Steps that wait for the account's posts, the soonest due first."""
    return department_tasks(account).filter(case__system=SYSTEM, key__in=ORDER, role__in=ROLES.values())


def villages_of(account: Any) -> list[Organisation]:
    """The villages for which the account is clerk, in order of code."""
    found: dict[str, Organisation] = {}
    for duty in live_duties(account):
        if duty.role == ROLES["village"]:
            below = list(duty.organisation.subtree()) if duty.scope != "own" else [duty.organisation]
            for unit in below:
                if unit.kind == Kind.VILLAGE:
                    found[unit.code] = unit
    return [found[code] for code in sorted(found)]


def month_start(at: datetime, back: int = 0) -> datetime:
    """The first instant of the month `back` months before that of `at`."""
    local = at.astimezone(CHINA)
    months = local.year * 12 + local.month - 1 - back
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=CHINA)


def counted_sets(start: datetime, until: datetime) -> dict[str, Q]:
    """Each number of a Tally as a condition on matters."""
    settled = Q(settled_at__gte=start, settled_at__lt=until)
    clock, asked = (
        Q(pk__in=ConcernMove.objects.filter(cause=cause).values("concern"))
        for cause in (ConcernMove.Cause.CLOCK, ConcernMove.Cause.ASKED)
    )
    late = Task.objects.filter(case__system=SYSTEM, state__in=OPEN_TASKS, late_at__lte=now())
    running = Q(settled_at=None)
    return {
        "opened": Q(opened_at__gte=start, opened_at__lt=until),
        **{level: settled & Q(level=level) for level in ORDER},
        "on_time": settled & Q(is_on_time=True), "by_clock": settled & clock, "asked": settled & asked,
        "running": running, "late": running & Q(case__in=late.values("case")), "settled": settled,
    }  # fmt: skip


def tallies(rows: QuerySet[Concern], start: datetime, until: datetime) -> dict[str, Tally]:
    """Counts of each village, by its division code, in one query."""
    sets = counted_sets(start, until)
    names = list(Tally.__dataclass_fields__)
    counters = {f"n_{name}": Count("pk", filter=sets[name]) for name in names}
    counted = rows.order_by().values("division_code").annotate(**counters)
    return {row["division_code"]: Tally(*(row[f"n_{name}"] for name in names)) for row in counted}


def monthly(rows: QuerySet[Concern], start: datetime, until: datetime) -> dict[date, dict[str, int]]:
    """Settled matters of each month by level; months without any are there too."""
    found: dict[date, dict[str, int]] = {}
    at = start
    while at < until:
        found[at.date()] = dict.fromkeys(ORDER, 0)
        at = month_start(at + timedelta(days=32))
    counted = (
        rows.filter(settled_at__gte=start, settled_at__lt=until).order_by()
        .annotate(month=TruncMonth("settled_at", tzinfo=CHINA)).values("month", "level").annotate(n=Count("pk"))
    )  # fmt: skip
    for row in counted:
        found[row["month"].date()][row["level"]] = row["n"]
    return found


class Clocked(Protocol):
    """What has a warning and a last moment: a step of a case, a piece of a task."""

    warn_at: datetime | None
    late_at: datetime | None


def light_of(task: Clocked | None) -> str:
    """green, yellow or red at this moment, without waiting for the minute's cards."""
    if task is None:
        return ""
    if task.late_at is not None and now() >= task.late_at:
        return "red"
    return "yellow" if task.warn_at is not None and now() >= task.warn_at else "green"
