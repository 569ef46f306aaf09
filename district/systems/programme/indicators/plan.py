"""The indicators of the plan, each `P` of its clauses, and the companions the province asks for beside them. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("plan_indicators.csv")


@dataclass(frozen=True)
class Indicator:
    """`system`, `measure`: whose indicator or published SQL of which name measures it; `measure` "" when only people know.

    `target` None: the plan sets none. `is_plan`: set by the plan itself, else by the provincial set. `is_checked`: the formula
    is that of its source, else a default of ours. `item`: the same thing in GB/T 33356-2016, "" when it is not there.
    """

    key: str
    clause: int
    system: str
    measure: str
    zh: str
    en: str
    target: float | None
    unit: str
    is_plan: bool
    due_on: date | None
    formula_zh: str
    formula_en: str
    source_zh: str
    source_en: str
    is_checked: bool
    item: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """In the order of the table: the plan's own with their companions."""
    with TABLE.open(encoding="utf-8") as file:
        return tuple(_indicator(row) for row in csv.DictReader(file))


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        row["key"], int(row["clause"]), row["system"], row["measure"], row["zh"], row["en"],
        float(row["target"]) if row["target"] else None, row["unit"], row["is_plan"] == "1",
        date.fromisoformat(row["due"]) if row["due"] else None, row["formula_zh"], row["formula_en"], row["source_zh"],
        row["source_en"], row["is_checked"] == "1", row["item"],
    )  # fmt: skip


def indicator(key: str) -> Indicator | None:
    """The one of that key, None when there is none."""
    return next((each for each in indicators() if each.key == key), None)


def measured_by(system: str, measure: str) -> Indicator | None:
    """Whose figure a system's indicator is."""
    return next((each for each in indicators() if (each.system, each.measure) == (system, measure)), None)
