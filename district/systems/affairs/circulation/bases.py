"""On what ground of law the personal data of a matter are kept, and for how long. The table is `bases.csv`. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

KEEP_DAYS = 3 * 365
"""House rule, as for mediations: afterwards names and texts are forgotten, and only what is counted stays."""
KEEP_VISIT_DAYS = 365
"""House rule for visits."""


@dataclass(frozen=True)
class Basis:
    """The articles, as shown to people."""

    zh: str
    en: str


@cache
def _bases() -> dict[str, Basis]:
    with Path(__file__).with_name("bases.csv").open(encoding="utf-8", newline="") as rows:
        return {row["kind"]: Basis(row["zh"], row["en"]) for row in csv.DictReader(rows)}


def basis_of(kind: str) -> Basis:
    """The ground for matters of that kind."""
    return _bases().get(kind, _bases()["*"])


def concern_kept_until(settled_on: date) -> date:
    return settled_on + timedelta(days=KEEP_DAYS)


def visit_kept_until(visited_on: date) -> date:
    return visited_on + timedelta(days=KEEP_VISIT_DAYS)
