"""The burden of forms, from the filled forms themselves: nothing is typed in, every sum leads to what it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from district.kernel.clock import day_bounds
from district.kernel.people.models import Organisation
from district.kernel.places.models import Division

from .sums import ASKED_SECONDS, HELD_SECONDS, LONGEST_SECONDS, Sums, month_after, months_back

SECONDS = f"""CASE WHEN s.seconds IS NOT NULL THEN LEAST(s.seconds, {LONGEST_SECONDS})
    ELSE GREATEST(s.asked - s.held, 0) * {ASKED_SECONDS} + LEAST(s.held, s.asked) * {HELD_SECONDS} END"""
FIGURES = f"""count(*) AS filled, sum({SECONDS}) / 60.0 AS minutes, sum(s.asked) AS asked, sum(s.held) AS held,
    sum(s.kept) AS kept, count(*) FILTER (WHERE s.seconds IS NULL) AS estimated"""
MONTH = "date_trunc('month', s.created_at AT TIME ZONE 'Asia/Shanghai')::date"
FILLED = """FROM forms_submission s JOIN forms_form f ON f.id = s.form_id
    WHERE s.deleted_at IS NULL AND s.created_at >= %s AND s.created_at < %s"""
ESCAPES = str.maketrans({"%": r"\%", "_": r"\_", "\\": "\\\\"})


@dataclass(frozen=True)
class Burden:
    """What a unit asked of a division in a month; `month` None where it is added up over months."""

    division: str
    organisation: int
    month: date | None
    sums: Sums


@dataclass(frozen=True)
class FormBurden:
    """One form of it."""

    form: int
    title: str
    ground: str
    sums: Sums


def burdens(first: date, last: date, division: str = "", organisation: int | None = None) -> list[Burden]:
    """Of the months from `first` to `last` (first days): one for each division, asking unit and month."""
    narrow, more = _narrowed(division, organisation)
    text = f"""SELECT s.division_code, f.organisation_id, {MONTH} AS month, count(DISTINCT f.id) AS forms, {FIGURES}
        {FILLED} {narrow} GROUP BY 1, 2, 3 ORDER BY 3, 1, 2"""
    return [Burden(row[0], row[1], row[2], _sums(row[3:])) for row in _rows(text, (*_between(first, last), *more))]


def forms_of(month: date, division: str, organisation: int) -> list[FormBurden]:
    """The forms behind one row of the table."""
    text = f"""SELECT f.id, f.title, f.ground, 1 AS forms, {FIGURES}
        {FILLED} AND s.division_code = %s AND f.organisation_id = %s GROUP BY f.id ORDER BY minutes DESC, f.id"""
    found = _rows(text, (*_between(month, month), division, organisation))
    return [FormBurden(row[0], row[1], row[2], _sums(row[3:])) for row in found]


def forms_asked(month: date, division: str = "", organisation: int | None = None) -> int:
    """How many different forms were filled in."""
    narrow, more = _narrowed(division, organisation)
    rows = _rows(f"SELECT count(DISTINCT f.id) {FILLED} {narrow}", (*_between(month, month), *more))
    return int(rows[0][0])


def added_up(found: Iterable[Burden]) -> Sums:
    """`forms` then counts a form once for each division it was filled in."""
    return sum((each.sums for each in found), Sums())


def by_month(found: Iterable[Burden], months: Collection[date]) -> dict[date, Sums]:
    sums = dict.fromkeys(months, Sums())
    for each in found:
        if each.month in sums:
            sums[each.month] += each.sums
    return sums


def by_unit(found: Iterable[Burden]) -> dict[int, Sums]:
    """Asking unit → sums, heaviest first."""
    sums: dict[int, Sums] = defaultdict(Sums)
    for each in found:
        sums[each.organisation] += each.sums
    return dict(sorted(sums.items(), key=lambda pair: -pair[1].minutes))


def names_of_units(ids: Iterable[int]) -> dict[int, str]:
    return {each.pk: each.label for each in Organisation.objects.filter(pk__in=set(ids))}


def names_of_divisions(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Code → name and the name of the town above; the code itself where the division is not known."""
    wanted = {code for code in codes if code}
    found = {each.code: each.name for each in Division.objects.filter(code__in=wanted | {c[:9] for c in wanted})}
    return {code: (found.get(code, code), found.get(code[:9], "") if len(code) > 9 else "") for code in wanted}


def _between(first: date, last: date) -> tuple[Any, Any]:
    return day_bounds(first)[0], day_bounds(month_after(last))[0]


def _narrowed(division: str, organisation: int | None) -> tuple[str, list[Any]]:
    text = ""
    values: list[Any] = []
    if division:
        text, values = "AND s.division_code LIKE %s", [f"{division.translate(ESCAPES)}%"]
    if organisation is not None:
        text, values = f"{text} AND f.organisation_id = %s", [*values, organisation]
    return text, values


def _sums(row: tuple[Any, ...]) -> Sums:
    forms, filled, minutes, asked, held, kept, estimated = row
    return Sums(forms, filled, float(minutes), int(asked), int(held), int(kept), estimated)


def _rows(text: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


__all__ = [
    "Burden", "FormBurden", "added_up", "burdens", "by_month", "by_unit", "forms_asked", "forms_of", "months_back",
    "names_of_divisions", "names_of_units",
]  # fmt: skip
