"""The classes a report may belong to: any list of (code, name, description, synonyms); here the national one.

Events `E` and components `C` follow GB/T 30428.2 (CJ/T 214 for the order of small classes), grid events `G` the
district's own list; the four figures after the letter are the national small class.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ReportClass:
    """`synonyms` are words people use for it; `kind` (event, component, grid) and `group` are for lists and hints."""

    code: str
    name: str
    description: str = ""
    synonyms: tuple[str, ...] = ()
    kind: str = ""
    group: str = ""


def read_classes(rows: Iterable[dict[str, str]]) -> tuple[ReportClass, ...]:
    """Rows with `code`, `name` and, when there are, `description`, `synonyms` (blank between), `kind`, `big_class`."""
    return tuple(
        ReportClass(
            code=row["code"],
            name=row["name"],
            description=row.get("description", ""),
            synonyms=tuple(row.get("synonyms", "").split()),
            kind=row.get("kind", ""),
            group=row.get("big_class", ""),
        )
        for row in rows
    )


@cache
def national_classes() -> tuple[ReportClass, ...]:
    """City events, city components and grid events, 143 classes."""
    with (DATA / "classes.csv").open(encoding="utf-8", newline="") as rows:
        return read_classes(csv.DictReader(rows))


@cache
def class_of_code() -> dict[str, ReportClass]:
    return {one.code: one for one in national_classes()}


@cache
def concepts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, words): what is talked about together in matters of a district, whatever the classes are."""
    with (DATA / "concepts.csv").open(encoding="utf-8", newline="") as rows:
        return tuple((row["concept"], tuple(row["words"].split())) for row in csv.DictReader(rows))
