"""Fills the organisations and the demo accounts; running it again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from district.kernel.people.demo import seed_demo_accounts
from district.kernel.people.models import Kind, Organisation
from district.kernel.places.models import Division, Level

__all__ = ["seed_demo_accounts", "seed_organisations"]

NAMED = Path(__file__).with_name("organisations.json")
"""The units the plan (周政办字〔2020〕30号) names, and the city's units above them."""

TOP = "zhoucun"
KEPT_CURRENT = ("name", "en", "kind", "parent_id", "path", "division_code", "order", "is_demo")


@transaction.atomic
def seed_organisations() -> int:
    """Stores the named units, a government for each town and a committee for each village.

    Returns how many were new or changed. Towns and villages come from the divisions; without these only the
    named units are stored.
    """
    known = {unit.code: unit for unit in Organisation.objects.all()}
    changed = 0
    for order, row in enumerate(json.loads(NAMED.read_text(encoding="utf-8"))):
        changed += _store(known, {**row, "order": order})
    for town in Division.objects.filter(level=Level.TOWN).order_by("code"):
        name = town.name + ("办事处" if town.name.endswith("街道") else "人民政府")
        changed += _store(known, _of_division(town, name, Kind.TOWN, TOP))
    for village in Division.objects.filter(level=Level.VILLAGE).order_by("code"):
        changed += _store(known, _of_division(village, village.name, Kind.VILLAGE, f"town_{village.parent_id}"))
    return changed


def _of_division(division: Division, name: str, kind: Any, parent: str) -> dict[str, Any]:
    return {
        "code": f"{kind}_{division.code}", "name": name, "kind": str(kind), "parent": parent,
        "division_code": division.code, "order": 1000,
    }


def _store(known: dict[str, Organisation], row: dict[str, Any]) -> bool:
    """Makes or corrects one unit; its parent is known already. Whether anything changed."""
    row = {"en": "", "division_code": "", "is_demo": False, **row}
    parent = known[row.pop("parent")] if row.get("parent") else row.pop("parent", None)
    wanted = Organisation(parent=parent, **row)
    wanted.path = f"{parent.path}.{wanted.code}" if parent else wanted.code
    current = known.get(wanted.code)
    if current is not None and all(getattr(current, name) == getattr(wanted, name) for name in KEPT_CURRENT):
        return False
    wanted.pk, wanted.uscc = (current.pk, current.uscc) if current else (None, "")
    wanted.save()
    known[wanted.code] = wanted
    return True
