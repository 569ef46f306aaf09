"""The records that a unit's year is counted from: one row each, with the day it was due, the day it was done, its worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from district.kernel.clock import CHINA
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.queries import late_at, with_figures
from district.kernel.kpis.measuring import all_kpis
from district.kernel.kpis.queries import history

from ..meetings.queries import DONE, decisions
from ..models import Deliverable, Milestone, MonthlyReport, PlanTask, SupervisionLetter


@dataclass(frozen=True)
class Record:
    """`worth` is 1 when it was done as promised, 0 when it was not, between the two for an indicator below its target. Days
    are ISO, empty where there is none. `url` leads to it."""

    words: str
    due: str
    done: str
    worth: float
    url: str

    def row(self) -> dict[str, Any]:
        return asdict(self)


Found = Iterator[tuple[str, int, Record]]


def records(year: int, at: datetime) -> Found:
    """Part, key of the unit, record. What falls due after `at` does not count yet."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), at.astimezone(CHINA).date())
    yield from _milestones(first, last)
    yield from _deliverables(first, last)
    yield from _reports(first, last)
    yield from _decisions(first, last, at)
    yield from _letters(first, last, at)
    yield from _indicators(last)
    yield from _sharing(at)


def _milestones(first: date, last: date) -> Found:
    """Of the tasks a unit leads, by the day in force."""
    for each in Milestone.objects.filter(due_on__range=(first, last)).select_related("task"):
        good = each.done_on is not None and each.done_on <= each.due_on
        url = reverse("programme:task", args=[each.task.clause])
        yield (
            "tasks",
            each.task.lead_id,
            Record(f"{each.task.zh} · {each.title}", _iso(each.due_on), _iso(each.done_on), float(good), url),
        )


def _deliverables(first: date, last: date) -> Found:
    """Of the tasks a unit helps with: what it had to hand in for a milestone."""
    found = Deliverable.objects.filter(milestone__due_on__range=(first, last)).select_related(
        "milestone__task"
    )
    for each in found:
        if each.unit_id == each.milestone.task.lead_id:
            continue
        done = (
            _day(each.handed_in_at)
            if each.state in (Deliverable.State.HANDED_IN, Deliverable.State.ACCEPTED)
            else None
        )
        good = done is not None and done <= each.milestone.due_on
        url = reverse("programme:task", args=[each.milestone.task.clause])
        yield (
            "tasks",
            each.unit_id,
            Record(
                f"{each.milestone.task.zh} · {each.title}",
                _iso(each.milestone.due_on),
                _iso(done),
                float(good),
                url,
            ),
        )


def _reports(first: date, last: date) -> Found:
    for each in MonthlyReport.objects.filter(due_on__range=(first, last)).select_related("task"):
        done = _day(each.first_reported_at)
        good = done is not None and done <= each.due_on
        yield (
            "reports",
            each.task.lead_id,
            Record(
                f"{each.task.zh} {each.month:%Y-%m}",
                _iso(each.due_on),
                _iso(done),
                float(good),
                reverse("programme:task", args=[each.task.clause]),
            ),
        )


def _decisions(first: date, last: date, at: datetime) -> Found:
    found = (
        decisions(at).filter(due_on__range=(first, last), case__isnull=False).exclude(case__state="cancelled")
    )
    for each in found:
        assert each.case is not None
        url = reverse("cases:case", args=[each.case.number])
        yield (
            "decisions",
            each.owner_id,
            Record(
                each.text,
                _iso(each.due_on),
                _iso(_day(each.case.closed_at)),
                float(each.standing == DONE),
                url,
            ),
        )


def _letters(first: date, last: date, at: datetime) -> Found:
    for each in SupervisionLetter.objects.filter(issued_at__date__range=(first, last)).select_related("case"):
        case = each.case
        late = case.late_at is not None and (case.closed_at or at) >= case.late_at
        url = reverse("cases:case", args=[case.number])
        yield (
            "letters",
            each.unit_id,
            Record(
                f"{each.number} {each.reason}",
                _iso(each.due_on),
                _iso(_day(case.closed_at)),
                float(not late),
                url,
            ),
        )


def _indicators(last: date) -> Found:
    """The newest daily value of each up to `last`, as a part of its target; 0 where nothing could be measured."""
    lead_of = dict(PlanTask.objects.values_list("system", "lead"))
    for system, kpi in all_kpis():
        lead, newest = lead_of.get(system.name), history(system.name, kpi.key, until=last).last()
        if lead is None or newest is None:
            continue
        part = 0.0
        if newest.value is not None and kpi.target:
            part = newest.value / kpi.target if kpi.higher_is_better else kpi.target / max(newest.value, 1e-9)
        words = (
            f"{kpi.zh} {'—' if newest.value is None else round(newest.value, 2)} / {kpi.target:g} {kpi.unit}"
        )
        yield (
            "indicators",
            lead,
            Record(words, "", _iso(newest.on), round(min(1.0, max(0.0, part)), 4), reverse("kpis:board")),
        )


def _sharing(at: datetime) -> Found:
    for each in with_figures(Resource.objects.filter(shelf=Shelf.PUBLISHED)):
        renewed: datetime | None = getattr(each, "renewed_at", None)
        good = bool(getattr(each, "is_delivered", False)) and late_at(each, at) is None
        yield (
            "sharing",
            each.provider_id,
            Record(each.title, "", _iso(_day(renewed)), float(good), reverse("datasets:catalogue")),
        )


def _day(at: datetime | None) -> date | None:
    return at.astimezone(CHINA).date() if at else None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
