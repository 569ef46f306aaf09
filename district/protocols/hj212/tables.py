"""The code tables of the standard, read once from the csv files in `tables/`. Sections 6.6 and Annex B of HJ 212-2017."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `tables/<name>.csv`, texts only."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@dataclass(frozen=True, slots=True)
class Factor:
    """A monitored item. `low` and `high` bound what can be true at all, in the unit of the table or any it is sent in.

    `is_unit_as_printed`: the standard prints 纳克/立方米 where the field sends µg/m³ or mg/m³. The unit of a station
    is configuration, never inferred from the code.
    """

    code: str
    medium: str
    zh: str
    en: str
    code_2005: str
    unit: str
    mass_unit: str
    type: str
    is_unit_as_printed: bool
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Command:
    """A command number (表 9). `kinds` ⊂ request, upload, notice_up, notice_down, reply; `upload_field` marks an upload."""

    code: str
    zh: str
    en: str
    kinds: frozenset[str]
    since: str
    until: str
    request_fields: tuple[str, ...]
    upload_field: str


def _factor(row: dict[str, str]) -> Factor:
    names = ("code", "medium", "zh", "en", "code_2005", "unit", "mass_unit", "type")
    return Factor(
        **{name: row[name] for name in names},
        is_unit_as_printed=row["unit_as_printed"] == "yes",
        low=float(row["low"]),
        high=float(row["high"]),
    )


def _command(row: dict[str, str]) -> Command:
    return Command(
        **{name: row[name] for name in ("code", "zh", "en", "since", "until", "upload_field")},
        kinds=frozenset(row["kinds"].split()),
        request_fields=tuple(row["request_fields"].split()),
    )


FACTORS: dict[str, Factor] = {row["code"]: _factor(row) for row in rows("factors")}
FROM_2005: dict[str, str] = {factor.code_2005: factor.code for factor in FACTORS.values() if factor.code_2005}
COMMANDS: dict[str, Command] = {row["code"]: _command(row) for row in rows("commands")}
SYSTEMS: dict[str, tuple[str, str]] = {row["code"]: (row["zh"], row["en"]) for row in rows("systems")}
MARKS: dict[str, tuple[str, str]] = {row["code"]: (row["zh"], row["en"]) for row in rows("marks")}
STATES: dict[str, tuple[str, str]] = {row["code"]: (row["zh"], row["en"]) for row in rows("states")}
RETURNS: dict[tuple[str, str], tuple[str, str]] = {
    (row["field"], row["code"]): (row["zh"], row["en"]) for row in rows("returns")
}
INFORMATION: dict[str, dict[str, str]] = {row["code"]: row for row in rows("information")}
PROCESSES: dict[str, dict[str, str]] = {row["prefix"]: row for row in rows("processes")}


def item_of(code: str) -> str:
    """The code of 2017 for a code as sent: 2005 numbers are translated, a lost `w` (misprint C.14) is put back."""
    if code in FACTORS:
        return code
    if code in FROM_2005:
        return FROM_2005[code]
    if len(code) == 5 and f"w{code}" in FACTORS:
        return f"w{code}"
    return code


def factor_of(code: str) -> Factor | None:
    """The factor a code as sent stands for, if the tables know it."""
    return FACTORS.get(item_of(code))
