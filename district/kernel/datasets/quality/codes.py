"""Code tables values are checked against. No Django."""

from __future__ import annotations

from functools import cache

from district.kernel.datasets.classes import rows_of


@cache
def code_tables() -> dict[str, dict[str, str]]:
    """Name of the table (`GB/T 2261.1 性别`) → code → its meaning. From the common codes of persons."""
    tables: dict[str, dict[str, str]] = {}
    for row in rows_of("common_codes.csv"):
        tables.setdefault(row["code_list"], {})[row["code"]] = row["name_zh"]
    return tables


def codes_of(name: str) -> dict[str, str] | None:
    """By the whole name, or the number of the standard or the noun alone: `GB/T 2261.1`, `性别`. None when unknown."""
    wanted = name.strip()
    for table, codes in code_tables().items():
        if wanted and wanted in (table, *table.rsplit(" ", 1)):
            return codes
    return None
