"""The cases a board counts, and the same cases to be listed: one condition for both.

Procedures whose every reader is also one of its confidants (mediation, objections to a person's record) are left out:
a board hangs on walls, and a count of few of them tells who they are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Substr

from district.kernel import clock, registry
from district.kernel.cases.models import Act, Case, CaseLink, Entry
from district.kernel.cases.queries import cases_visible_to
from district.kernel.places.models import Division

REACH = 5_000
RUNNING = ("open", "suspended")
FLOW_DAYS = 30
TOWN_DIGITS = 9
ELSEWHERE = "-"


def guarded() -> list[tuple[str, str]]:
    """(system, procedure) of the kinds of cases that no board counts."""
    return [
        (system.name, each.key) for system, each in registry.procedures()
        if each.readers and set(each.readers) <= set(each.confidants)
    ]  # fmt: skip


def shown_cases(account: Any) -> QuerySet[Case]:
    """The cases a board may count for this reader."""
    left_out = Q()
    for system, procedure in guarded():
        left_out |= Q(system=system, procedure=procedure)
    found = cases_visible_to(account)
    return found.exclude(left_out) if left_out else found


def conditions() -> dict[str, Q]:
    """Each counted set by its name in the address."""
    start, end = clock.day_bounds(clock.today())
    systems = sorted({system.name for system, _procedure in registry.procedures()})
    return {
        "open": Q(state__in=RUNNING),
        "late": Q(state="open", due_at__lt=clock.now()),
        "opened_today": Q(system__in=systems, opened_at__gte=start, opened_at__lt=end),
        # The timeline has an index by act and time, the cases none by the time they were closed.
        "closed_today": Q(state="closed", pk__in=_closings(start, end).values("case")),
    }


def counts(account: Any) -> dict[str, int]:
    """How many cases each set holds."""
    sets, shown = conditions(), shown_cases(account).order_by()
    running = shown.filter(sets["open"]).aggregate(open=Count("pk"), late=Count("pk", filter=sets["late"]))
    return running | {name: shown.filter(sets[name]).count() for name in ("opened_today", "closed_today")}


def newly_closed(account: Any, most: int, days: int = 7) -> QuerySet[Case]:
    """The last cases to be closed in these days."""
    closings = _closings(clock.now() - timedelta(days=days), clock.now() + timedelta(minutes=1))
    return shown_cases(account).filter(state="closed", pk__in=closings.values("case")).order_by("-closed_at")[:most]


def newly_opened(account: Any, most: int) -> list[Case]:
    """The last cases to be opened. Who sees most of them finds them among the newest numbers; who sees few, by the index
    of who sees what, and not by going through all numbers from the end."""
    shown = shown_cases(account).only("number", "title", "opened_at")
    newest = Case.objects.aggregate(pk=Max("pk"))["pk"] or 0
    found = list(shown.filter(pk__gt=newest - REACH).order_by("-pk")[:most])
    if len(found) == most:
        return found
    return list(shown.order_by((F("pk") + 0).desc())[:most])  # a sum: no order of the numbers to go by


def _closings(start: datetime, end: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(act=Act.CLOSE, at__gte=start, at__lt=end)


def open_by_town(account: Any) -> list[tuple[str, str, int, int]]:
    """(code, name, running, late) of each town or street, the one with most first; `-` is what lies in none."""
    names = dict(Division.objects.filter(level="town").values_list("code", "name"))
    rows = (
        shown_cases(account).filter(state__in=RUNNING).order_by()
        .annotate(town=Substr("division_code", 1, TOWN_DIGITS)).values("town")
        .annotate(running=Count("pk"), late=Count("pk", filter=conditions()["late"]))
    )  # fmt: skip
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        code = row["town"] if row["town"] in names else ELSEWHERE
        running, late = found.get(code, (0, 0))
        found[code] = (running + row["running"], late + row["late"])
    return sorted(
        ((code, names.get(code, ""), *both) for code, both in found.items()),
        key=lambda each: (-each[2], each[0]),
    )


def in_town(cases: QuerySet[Case], code: str) -> QuerySet[Case]:
    """The cases `open_by_town` counts under that code."""
    if code != ELSEWHERE:
        return cases.filter(division_code__startswith=code)
    towns = Division.objects.filter(level="town").values_list("code", flat=True)
    return cases.annotate(town=Substr("division_code", 1, TOWN_DIGITS)).exclude(town__in=list(towns))


def handed_between(account: Any) -> dict[tuple[int, int], set[int]]:
    """Cases that went from one unit to another in the last 30 days, handed over or as asked-for help, by both units."""
    since = clock.now() - timedelta(days=FLOW_DAYS)
    mine = shown_cases(account).values("pk")
    found: dict[tuple[int, int], set[int]] = {}
    handed = Entry.objects.filter(act=Act.HAND_OVER, at__gte=since, case__in=mine)
    for case, before, after in handed.values_list("case_id", "before__organisation", "after__organisation"):
        if before and after and before != after:
            found.setdefault((before, after), set()).add(case)
    asked = (
        CaseLink.objects.filter(kind="asked", at__gte=since, target__in=mine)
        .exclude(source__organisation=None).exclude(target__organisation=None)
        .exclude(source__organisation=F("target__organisation"))
    )  # fmt: skip
    for case, before, after in asked.values_list(
        "target_id", "source__organisation_id", "target__organisation_id"
    ):
        found.setdefault((before, after), set()).add(case)
    return found
