"""What a unit did in a year, counted from its records: what the formula is fed with, the records beside the counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from district.kernel.datasets.models import Resource, Shelf
from district.kernel.people.models import Organisation

from ..models import PlanTask
from .records import Record, records

Facts = dict[str, dict[str, Any]]


def facts_of(units: Iterable[Organisation], year: int, at: datetime) -> dict[int, Facts]:
    """By the key of the unit; parts as `formula.PARTS`, each with its counts and its `records`. No query per unit."""
    rows: dict[int, dict[str, list[Record]]] = {unit.pk: {} for unit in units}
    for part, unit, record in records(year, at):
        if unit in rows:
            rows[unit].setdefault(part, []).append(record)
    leads = set(PlanTask.objects.values_list("lead", flat=True))
    for unit, parts in rows.items():
        if unit in leads:
            parts.setdefault("letters", [])  # Who leads a task and never had to be written to loses nothing.
    return {
        unit: {part: counts(part, found) for part, found in parts.items()} for unit, parts in rows.items()
    }


def counts(part: str, found: list[Record]) -> dict[str, Any]:
    """`{"reached", "of"}`, of letters `{"sent", "late", "of"}`."""
    rows = [each.row() for each in sorted(found, key=lambda each: (each.due, each.words))]
    if part == "letters":
        return {"sent": len(rows), "late": sum(row["worth"] == 0 for row in rows), "of": 1, "records": rows}
    return {"reached": round(sum(row["worth"] for row in rows), 4), "of": len(rows), "records": rows}


def appraised() -> list[Organisation]:
    """The units that lead a task, help with one, or provide a resource."""
    leads = set(PlanTask.objects.values_list("lead", flat=True))
    owners = set(Resource.objects.filter(shelf=Shelf.PUBLISHED).values_list("provider", flat=True))
    helpers = set(PlanTask.helpers.through.objects.values_list("organisation_id", flat=True))
    return list(
        Organisation.objects.filter(pk__in=leads | owners | helpers, is_demo=False).order_by("order", "code")
    )
