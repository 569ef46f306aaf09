"""Code tables of the standard, read once from the csv files in `tables/`."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TYPES: dict[str, dict[str, str]] = {row["code"]: row for row in _rows("types")}
"""Digits 11–13 of an id."""
INDUSTRIES: dict[str, str] = {
    f"{code:02d}": row["zh"]
    for row in _rows("industries")
    for code in range(int(row["first"]), int(row["last"]) + 1)
}
NETWORKS: dict[str, str] = {row["code"]: row["zh"] for row in _rows("networks")}
COMMANDS: dict[str, dict[str, str]] = {row["name"]: row for row in _rows("commands")}
"""CmdType: the roots it may stand in, what it is."""
FIELDS: dict[str, dict[str, str]] = {row["name"]: row for row in _rows("fields")}
"""Elements whose text says something about the sender, and the rule for it."""
ALARM_METHODS: dict[str, str] = {row["code"]: row["zh"] for row in _rows("alarm_methods")}
ALARM_TYPES: dict[tuple[str, str], str] = {
    (row["method"], row["type"]): row["zh"] for row in _rows("alarm_types")
}
