"""Which contradictions an account sees, and how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet

from district.kernel.clock import now
from district.kernel.forms.models import RegisterItem
from district.kernel.people.access import scope_of

from ..models import Contradiction

SYSTEM = "affairs"


@dataclass(frozen=True)
class Figures:
    """`days`: from finding to settling, on average."""

    open: int
    overdue: int
    settled: int
    gone: int
    days: float | None


def contradictions_visible_to(account: Any) -> QuerySet[Contradiction]:
    """Of the divisions in the account's scope, those it is to settle, and those about items its unit answers for."""
    scope = scope_of(account, SYSTEM)
    rows = Contradiction.objects.select_related("entity__register", "settler", "case", "rule", "settled_by")
    if scope.is_whole:
        return rows
    held = RegisterItem.objects.filter(
        register=OuterRef("entity__register"), name=OuterRef("item"), holder__in=scope.organisation_ids
    )
    mine = scope.condition(division_field="division_code", organisation_field="settler")
    return rows.filter(mine | Q(Exists(held))) if mine else rows.none()


def figures_of(rows: QuerySet[Contradiction]) -> Figures:
    state = Contradiction.State
    found = rows.aggregate(
        open=Count("pk", filter=Q(state=state.OPEN)),
        overdue=Count("pk", filter=Q(state=state.OPEN, case__due_at__lt=now())),
        settled=Count("pk", filter=Q(state=state.SETTLED)), gone=Count("pk", filter=Q(state=state.GONE)),
        time=Avg(F("settled_at") - F("found_at"), filter=Q(state=state.SETTLED)),
    )  # fmt: skip
    time = found.pop("time")
    return Figures(**found, days=time.total_seconds() / 86_400 if time is not None else None)


def items_of(rows: Any) -> dict[tuple[int, str], RegisterItem]:
    """(register, name) → item, of these contradictions."""
    registers = {row.entity.register_id for row in rows}
    items = RegisterItem.objects.filter(register__in=registers).select_related("holder")
    return {(each.register_id, each.name): each for each in items}
