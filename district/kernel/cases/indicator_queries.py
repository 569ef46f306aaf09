"""The counted sets of `indicators` in the database: each is a condition, so that its cases can be listed.

Everything is counted over the cases that the reader may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from district.kernel.cases.flow import Happening
from district.kernel.cases.flow_conformance import Done
from district.kernel.cases.flow_delays import Stay
from district.kernel.cases.indicators import INSPECTOR, PUBLIC_CHANNELS
from district.kernel.cases.models import OPEN_TASKS, Act, CallBack, Case, Entry, Extension, Task

READ_AT_MOST = 20_000
"""Cases whose timelines are read for a flow; the newest."""

GROUPS = {"system": "system", "procedure": "procedure", "channel": "channel", "town": "town", "unit": "organisation_id",
          "classification": "classification"}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """From, and until (exclusive)."""

    start: datetime
    until: datetime

    @property
    def first_on(self) -> date:
        return self.start.date()

    @property
    def last_on(self) -> date:
        return (self.until - timedelta(microseconds=1)).date()


def marked(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with what groups read beside their fields: `town`."""
    return cases.annotate(town=Substr("division_code", 1, 9))


def conditions(period: Period) -> dict[str, Q]:
    """Each counted set as a condition on cases.

    What was done again, returned or extended is rare: each is one set of cases, read once, not looked up per case.
    """
    again_tasks = Task.objects.filter(round__gt=1, parent__isnull=True).values("case")
    returned = Q(pk__in=Entry.objects.filter(act=Act.RETURN).values("case"))
    extended = Q(pk__in=Extension.objects.filter(is_granted=True).values("case"))
    start, until = period.start, period.until
    carried = Q(due_at__lt=until) & (Q(closed_at__isnull=True) | Q(closed_at__gte=start))
    due = carried & ~Q(state__in=("cancelled", "merged")) & ~Q(state="suspended", closed_at__isnull=True)
    done = due & Q(closed_at__lt=until)
    again = Q(pk__in=again_tasks) | returned
    closed = Q(state="closed", closed_at__gte=start, closed_at__lt=until)
    suspended = carried & Q(state="suspended")
    in_cells = Q(opened_at__gte=start, opened_at__lt=until, channel__in=(*PUBLIC_CHANNELS, INSPECTOR)) & ~Q(cell_code="")
    return {
        "due": due, "done": done, "closed_of_due": done,
        "on_time": done & Q(closed_at__lte=F("due_at")), "late_done": done & Q(closed_at__gt=F("due_at")),
        "late_open": due & (Q(closed_at__isnull=True) | Q(closed_at__gte=until)),
        "reworked": done & again, "extended": due & extended,
        "suspended": suspended, "due_or_suspended": due | suspended,
        "closed": closed, "first_time": closed & ~again, "returned": closed & returned,
        "opened": Q(opened_at__gte=start, opened_at__lt=until),
        "from_public": Q(opened_at__gte=start, opened_at__lt=until, channel__in=PUBLIC_CHANNELS),
        "in_cells": in_cells, "missed": in_cells & Q(channel__in=PUBLIC_CHANNELS),
        "called_back": closed & Q(pk__in=CallBack.objects.values("case")),
        "solved": _said(period, is_solved=True), "solved_known": _said(period, is_solved__isnull=False),
        "satisfied": _said(period, is_satisfied=True), "satisfied_known": _said(period, is_satisfied__isnull=False),
    }  # fmt: skip


def counts(cases: QuerySet[Case], period: Period) -> dict[str, int]:
    """How many cases each set holds."""
    return marked(_near(cases, period)).aggregate(**_counters(period))


def counts_by(cases: QuerySet[Case], period: Period, group: str) -> list[tuple[Any, dict[str, int]]]:
    """The same for each value of a group of GROUPS, the one with most due first."""
    field = GROUPS[group]
    rows = marked(_near(cases, period)).order_by().values(field).annotate(**_counters(period))
    found = [(row.pop(field), row) for row in rows]
    return sorted(found, key=lambda pair: (-pair[1]["due"], str(pair[0])))


def together(rows: list[tuple[Any, dict[str, int]]]) -> Counter[str]:
    """`counts` of all groups of `counts_by`: each case is in one group."""
    total: Counter[str] = Counter()
    for _, counted in rows:
        total.update(counted)
    return total


@dataclass(frozen=True)
class StepCount:
    """Steps of one stage of a procedure: done in the period, those of them in time, and late ones still open at its end."""

    system: str
    procedure: str
    stage: str
    done: int
    on_time: int
    late_open: int

    @property
    def share(self) -> float | None:
        """Done in time, of all that were done."""
        return self.on_time / self.done if self.done else None


def steps_on_time(cases: QuerySet[Case], period: Period) -> list[StepCount]:
    """按时立案率, 按时派遣率, 按时核查率 and the like, for each stage that has a limit (city management indicators).

    A step is counted when it was done in the period, with the limit of its own; helpers' steps are not, nor are cases
    that were cancelled or merged.
    """
    done = Q(done_at__gte=period.start, done_at__lt=period.until)
    late = Q(due_at__lt=period.until, opened_at__lt=period.until, state__in=OPEN_TASKS)
    rows = (
        Task.objects.filter(done | late, parent__isnull=True, due_at__isnull=False, case__in=cases.values("pk"))
        .exclude(case__state__in=("cancelled", "merged"))
        .order_by().values_list("case__system", "case__procedure", "stage")
        .annotate(done=Count("pk", filter=done), on_time=Count("pk", filter=done & Q(done_at__lte=F("due_at"))),
                  late_open=Count("pk", filter=late))
        .order_by("case__system", "case__procedure", "stage")
    )  # fmt: skip
    return [StepCount(*row) for row in rows]


def evidence(cases: QuerySet[Case], period: Period, name: str) -> QuerySet[Case]:
    """The cases of one set. KeyError for a set there is not."""
    return marked(cases).filter(conditions(period)[name])


def stays(cases: QuerySet[Case], period: Period) -> list[Stay]:
    """Stays at steps that ended in the period or still run, of cases opened in it; helpers' stays included."""
    newest = _newest(cases, period)
    returns = dict(Entry.objects.filter(act=Act.RETURN, case__in=newest).values_list("task_id", "at"))
    rows = (
        Task.objects.filter(case__in=newest).filter(~Q(state="cancelled") | Q(pk__in=returns)).order_by("pk")
        .values_list("pk", "case_id", "key", "role", "organisation_id", "opened_at", "claimed_at", "done_at", "due_at")
    )  # fmt: skip
    return [
        Stay(
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            row[6],
            row[7] or returns.get(row[0]),
            row[8],
            row[0] in returns,
        )
        for row in rows.iterator(chunk_size=5_000)
    ]


def happenings(cases: QuerySet[Case], period: Period) -> list[Happening]:
    """What was done to the cases opened in the period, step by step in order."""
    return [
        Happening(case, step or act, at)
        for case, act, step, at in _acts(cases, period)
        if act == Act.COMPLETE
    ]


def traces(cases: QuerySet[Case], period: Period) -> dict[int, list[Done]]:
    """The acts of each case that conformance reads."""
    found: dict[int, list[Done]] = {}
    for case, act, step, _at in _acts(cases, period):
        found.setdefault(case, []).append(Done(str(act), step or ""))
    return found


def finished(cases: QuerySet[Case], period: Period) -> set[int]:
    return set(_newest(cases, period).filter(closed_at__isnull=False).values_list("pk", flat=True))


def _acts(cases: QuerySet[Case], period: Period) -> Iterator[tuple[int, str, str | None, datetime]]:
    acts = (Act.COMPLETE, Act.RETURN, Act.CLOSE, Act.CANCEL)
    rows = Entry.objects.filter(act__in=acts, case__in=_newest(cases, period), task__parent__isnull=True)
    yield from (
        rows.order_by("case_id", "pk")
        .values_list("case_id", "act", "task__key", "at")
        .iterator(chunk_size=5_000)
    )


def _newest(cases: QuerySet[Case], period: Period) -> QuerySet[Case]:
    opened = (
        cases.filter(opened_at__gte=period.start, opened_at__lt=period.until).order_by("-pk").values("pk")
    )
    return Case.objects.filter(pk__in=opened[:READ_AT_MOST])


def _near(cases: QuerySet[Case], period: Period) -> QuerySet[Case]:
    """Without cases that ended before the period and were not called back in it: they are in no set."""
    called = CallBack.objects.filter(at__gte=period.start, at__lt=period.until).values("case")
    return cases.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=period.start) | Q(pk__in=called))


def _said(period: Period, **answer: Any) -> Q:
    called = CallBack.objects.filter(at__gte=period.start, at__lt=period.until, is_reached=True, **answer)
    return Q(pk__in=called.values("case"))


def _counters(period: Period) -> dict[str, Count]:
    return {name: Count("pk", filter=condition) for name, condition in conditions(period).items()}
