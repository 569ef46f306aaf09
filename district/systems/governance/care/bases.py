"""The closed table of statutes a personal record may rest on: purpose, longest term, what is withheld from whom.

`bases.csv` beside this file is the table. Terms marked 平台规则 are house rules where the law sets none: they end a
record sooner than the law would, never later. The same limits stand as CHECK constraints in the database.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("bases.csv")
ADULT_YEARS = 18


@dataclass(frozen=True)
class Basis:
    """One statute with its article. `term` is how the end is known: by a document, by review, or by coming of age.

    `keep_days` is how long a closed record stays for hand-over before it is deleted. `lock_from_class` is the medical
    class, as a doctor's office recorded it, from which two persons are needed to open the record. `withheld` are the
    fields the subject is not shown, by the law in `withheld_by`.
    """

    key: str
    kind: str
    zh: str
    statute: str
    article: str
    gist: str
    purpose: str
    begins_with: str
    term: str
    max_months: int
    is_renewable: bool
    keep_days: int
    visit_days: int
    lock_from_class: int | None
    withheld: tuple[str, ...]
    withheld_by: str
    term_source: str

    @property
    def citation(self) -> str:
        """《中华人民共和国禁毒法》第三十三条"""
        return f"《{self.statute}》{self.article}"


@cache
def bases() -> dict[str, Basis]:
    """All bases by key, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _basis(row) for row in csv.DictReader(file)}


def _basis(row: dict[str, str]) -> Basis:
    return Basis(
        key=row["key"],
        kind=row["kind"],
        zh=row["zh"],
        statute=row["statute"],
        article=row["article"],
        gist=row["gist"],
        purpose=row["purpose"],
        begins_with=row["begins_with"],
        term=row["term"],
        max_months=int(row["max_months"]),
        is_renewable=row["is_renewable"] == "1",
        keep_days=int(row["keep_days"]),
        visit_days=int(row["visit_days"]),
        lock_from_class=int(row["lock_from_class"]) if row["lock_from_class"] else None,
        withheld=tuple(filter(None, row["withheld"].split(";"))),
        withheld_by=row["withheld_by"],
        term_source=row["term_source"],
    )


def months_later(day: date, months: int) -> date:
    """The same day of the month, or its last day when it is shorter: as PostgreSQL adds an interval."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_expiry(basis: Basis, term_from_on: date, born_on: date | None = None) -> date:
    """The day a record must end at the latest. Raises ValueError `birth_missing` for a minor without day of birth."""
    latest = months_later(term_from_on, basis.max_months)
    if basis.term != "adult":
        return latest
    if born_on is None:
        raise ValueError("birth_missing")
    return min(latest, months_later(born_on, ADULT_YEARS * 12))


def term_problem(
    basis: Basis, term_from_on: date, expires_on: date, born_on: date | None = None
) -> str | None:
    """Why a term cannot stand: `ends_before_start`, `birth_missing`, `longer_than_law`; None when it can."""
    if expires_on <= term_from_on:
        return "ends_before_start"
    try:
        latest = latest_expiry(basis, term_from_on, born_on)
    except ValueError as problem:
        return str(problem)
    return "longer_than_law" if expires_on > latest else None


def is_two_person(basis: Basis, medical_class: int | None) -> bool:
    """Whether the statute's gravest class was recorded, so that two persons have to open the record."""
    return (
        basis.lock_from_class is not None
        and medical_class is not None
        and medical_class >= basis.lock_from_class
    )
