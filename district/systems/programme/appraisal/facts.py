"""What a unit did in a year, counted from the records: what the formula is fed with, and where each count comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F

from district.kernel.clock import CHINA
from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.queries import late_at, with_figures
from district.kernel.kpis.measuring import all_kpis
from district.kernel.kpis.queries import history
from district.kernel.people.models import Organisation

from ..meetings.queries import DONE, decisions
from ..models import Milestone, MonthlyReport, PlanTask, SupervisionLetter

Facts = dict[str, dict[str, Any]]


def facts_of(units: Iterable[Organisation], year: int, at: datetime) -> dict[int, Facts]:
    """By the key of the unit. What falls due after `at` does not count yet; sets, no loop of queries over units."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), at.astimezone(CHINA).date())
    wanted = {unit.pk for unit in units}
    found: dict[int, Facts] = {key: {} for key in wanted}
    for part, counted in (
        ("tasks", _milestones(first, last)), ("reports", _reports(first, last)), ("decisions", _decisions(first, last, at)),
        ("letters", _letters(first, last, at)), ("indicators", _indicators(last)), ("sharing", _sharing(at)),
    ):  # fmt: skip
        for unit, counts in counted.items():
            if unit in wanted:
                found[unit][part] = counts
    return found


def appraised() -> list[Organisation]:
    """The units that lead a task, help with one, or provide a resource."""
    leads = PlanTask.objects.values("lead")
    owners = set(Resource.objects.filter(shelf=Shelf.PUBLISHED).values_list("provider", flat=True))
    helpers = set(PlanTask.helpers.through.objects.values_list("organisation_id", flat=True))
    keys = {row["lead"] for row in leads} | owners | helpers
    return list(Organisation.objects.filter(pk__in=keys, is_demo=False).order_by("order", "code"))


def _milestones(first: date, last: date) -> dict[int, dict[str, Any]]:
    counts: dict[int, dict[str, Any]] = defaultdict(lambda: {"reached": 0, "of": 0})
    for lead, due_on, done_on in Milestone.objects.filter(due_on__gte=first, due_on__lte=last).values_list(
        "task__lead", "due_on", "done_on"
    ):
        counts[lead]["of"] += 1
        counts[lead]["reached"] += done_on is not None and done_on <= due_on
    return counts


def _reports(first: date, last: date) -> dict[int, dict[str, Any]]:
    counts: dict[int, dict[str, Any]] = defaultdict(lambda: {"reached": 0, "of": 0})
    rows = MonthlyReport.objects.filter(due_on__gte=first, due_on__lte=last)
    for lead, due_on, reported_at in rows.values_list("task__lead", "due_on", "first_reported_at"):
        counts[lead]["of"] += 1
        counts[lead]["reached"] += reported_at is not None and reported_at.astimezone(CHINA).date() <= due_on
    return counts


def _decisions(first: date, last: date, at: datetime) -> dict[int, dict[str, Any]]:
    counts: dict[int, dict[str, Any]] = defaultdict(lambda: {"reached": 0, "of": 0})
    rows = (
        decisions(at)
        .filter(due_on__gte=first, due_on__lte=last, case__isnull=False)
        .exclude(case__state="cancelled")
    )
    for owner, standing in rows.values_list("owner", "standing"):
        counts[owner]["of"] += 1
        counts[owner]["reached"] += standing == DONE
    return counts


def _letters(first: date, last: date, at: datetime) -> dict[int, dict[str, Any]]:
    """Units that led or owed something in the year count with no letter too: for them nothing is taken off."""
    counts: dict[int, dict[str, Any]] = {
        lead: {"sent": 0, "late": 0, "of": 1} for lead in PlanTask.objects.values_list("lead", flat=True)
    }
    rows = SupervisionLetter.objects.filter(issued_at__date__gte=first, issued_at__date__lte=last)
    late = F("case__late_at")
    answered_late = set(rows.filter(case__closed_at__gt=late).values_list("pk", flat=True)) | set(
        rows.filter(case__closed_at=None, case__late_at__lte=at).values_list("pk", flat=True)
    )
    for key, unit in rows.values_list("pk", "unit"):
        of = counts.setdefault(unit, {"sent": 0, "late": 0, "of": 1})
        of["sent"] += 1
        of["late"] += key in answered_late
    return counts


def _indicators(last: date) -> dict[int, dict[str, Any]]:
    """The newest daily value of each indicator up to `last`, as a part of its target; 0 where nothing could be measured."""
    lead_of = dict(PlanTask.objects.values_list("system", "lead"))
    counts: dict[int, dict[str, Any]] = defaultdict(lambda: {"reached": 0.0, "of": 0})
    for system, kpi in all_kpis():
        lead = lead_of.get(system.name)
        newest = history(system.name, kpi.key, until=last).last()
        if lead is None or newest is None:
            continue
        counts[lead]["of"] += 1
        if newest.value is not None and kpi.target:
            part = newest.value / kpi.target if kpi.higher_is_better else kpi.target / max(newest.value, 1e-9)
            counts[lead]["reached"] = round(counts[lead]["reached"] + min(1.0, max(0.0, part)), 4)
    return counts


def _sharing(at: datetime) -> dict[int, dict[str, Any]]:
    counts: dict[int, dict[str, Any]] = defaultdict(lambda: {"reached": 0, "of": 0})
    for resource in with_figures(Resource.objects.filter(shelf=Shelf.PUBLISHED)):
        counts[resource.provider_id]["of"] += 1
        counts[resource.provider_id]["reached"] += (
            bool(resource.is_delivered) and late_at(resource, at) is None
        )
    return counts
