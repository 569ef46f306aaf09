"""The plan's tasks as records: from the manifests where a system exists, from the table of clauses where none does yet."""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from district.kernel import registry
from district.kernel.people.models import Organisation

from ..models import PlanTask

PUBLISHED_ON = date(2020, 8, 13)
"""周政办字〔2020〕30号."""
TABLE = Path(__file__).with_name("plan.csv")


@dataclass(frozen=True)
class Clause:
    """`lead` is the code of a unit; `helpers` are codes, `@towns` and `@departments` stand for all of them."""

    number: int
    system: str
    zh: str
    en: str
    lead: str
    helpers: tuple[str, ...]
    due_on: date


def clauses() -> list[Clause]:
    """The 21 clauses of the plan's first part; names and days of a system that exists are those of its manifest."""
    named = {system.name: system for system in registry.systems()}
    found = []
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            manifest = named.get(row["system"])
            found.append(Clause(
                int(row["clause"]), row["system"], manifest.zh if manifest else row["zh"], manifest.en if manifest else row["en"],
                row["lead"], tuple(row["helpers"].split()), last_day(manifest.due if manifest else row["due"]),
            ))  # fmt: skip
    return found


def last_day(month: str) -> date:
    """`2021-09` → 2021-09-30: a task is due when its month ends."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


@transaction.atomic
def take_plan() -> list[PlanTask]:
    """Writes what the plan says into the tasks; what was reported of them stays. A clause whose lead is no unit of this
    installation is left out."""
    units = {unit.code: unit for unit in Organisation.objects.filter(is_demo=False)}
    everybody = {
        "@towns": [unit for unit in units.values() if unit.kind == "town"],
        "@departments": [unit for unit in units.values() if unit.kind in ("department", "party")],
    }
    found = []
    for clause in clauses():
        lead = units.get(clause.lead)
        if lead is None:
            continue
        task, _is_new = PlanTask.objects.update_or_create(
            system=clause.system,
            defaults={"clause": clause.number, "zh": clause.zh, "en": clause.en, "lead": lead, "due_on": clause.due_on},
            create_defaults={"clause": clause.number, "zh": clause.zh, "en": clause.en, "lead": lead,
                             "due_on": clause.due_on, "begins_on": PUBLISHED_ON},
        )  # fmt: skip
        named = [unit for code in clause.helpers for unit in everybody.get(code, [units[code]] if code in units else [])]
        task.helpers.set([unit for unit in named if unit != lead])
        found.append(task)
    return found
