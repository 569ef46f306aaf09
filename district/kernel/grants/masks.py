"""Masks as SQL: the functions of `people.masking`, said to PostgreSQL and to DuckDB.

`expression` gives what a column is shown as. Text comes out for every mask but `home_coordinate`. Nothing stays
nothing. A mask that nobody knows hides the value whole: a slip in the catalogue must not show more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from district.kernel.people import masking

Dialect = Literal["postgres", "duckdb"]

HIDDEN = "hidden"
"""The strictest mask: the column is there and empty."""
COORDINATE = "home_coordinate"

PYTHON: dict[str, Callable[[str], str]] = {
    "mobile": masking.mobile,
    "phone": masking.phone,
    "person_name": masking.person_name,
    "id_number": masking.id_number,
    "id_number_public": partial(masking.id_number, is_public=True),
    "email": masking.email,
    "bank_account": masking.bank_account,
    "medical_number": masking.medical_number,
    "plate": masking.plate,
    "address": masking.address,
    "birth_date": masking.birth_date,
}
"""What each mask of texts does, for one value."""

NAMES = (*PYTHON, COORDINATE, HIDDEN)
STRICTER = {("id_number", "id_number_public")}


def is_stricter(base: str, other: str) -> bool:
    """Whether showing by `other` never tells more than by `base`; the empty name is no mask."""
    return other in (base, HIDDEN) or (base == "" and other in NAMES) or (base, other) in STRICTER


def expression(mask: str, column: str, dialect: Dialect) -> str:
    """SQL that shows `column` (an SQL expression) by the mask; `column` itself for the empty mask."""
    if not mask:
        return column
    kind = "text" if dialect == "postgres" else "VARCHAR"
    text = f"CAST({column} AS {kind})"
    if mask == COORDINATE:
        return (
            f"CAST(round(CAST({column} AS numeric), 2) AS double precision)"
            if dialect == "postgres"
            else f"round(CAST({column} AS DOUBLE), 2)"
        )
    if mask == "address":
        return _address(text, dialect)
    made = _MASKS.get(mask)
    return made(text) if made else f"CAST(NULL AS {kind})"


def _stars(count: str) -> str:
    return f"repeat('*', {count})"


def _middle(text: str, first: int, last: int) -> str:
    hidden = _stars(f"length({text}) - {first + last}")
    return (
        f"CASE WHEN length({text}) <= {first + last} THEN {_stars(f'length({text})')} "
        f"ELSE left({text}, {first}) || {hidden} || right({text}, {last}) END"
    )


def _phone(text: str) -> str:
    dash = f"strpos({text}, '-')"
    number = f"substr({text}, {dash} + 1)"
    return f"CASE WHEN {dash} > 0 THEN left({text}, {dash}) || {_middle(number, 0, 2)} ELSE {_middle(text, 3, 4)} END"


def _name(text: str) -> str:
    short = f"left({text}, 1) || {_stars(f'greatest(length({text}) - 1, 0)')}"
    long = f"left({text}, 1) || {_stars(f'length({text}) - 2')} || right({text}, 1)"
    return f"CASE WHEN length({text}) > 2 THEN {long} ELSE {short} END"


def _email(text: str) -> str:
    at = f"strpos({text}, '@')"
    local = f"CASE WHEN {at} > 0 THEN left({text}, {at} - 1) ELSE {text} END"
    rest = f"CASE WHEN {at} > 0 THEN substr({text}, {at}) ELSE '' END"
    return f"left({local}, 1) || {_stars(f'greatest(length({local}) - 1, 0)')} || ({rest})"


def _plate(text: str) -> str:
    return (
        f"CASE WHEN length({text}) > 6 THEN left({text}, 3) || '***' || right({text}, length({text}) - 6) "
        f"ELSE {_stars(f'length({text})')} END"
    )


def _address(text: str, dialect: Dialect) -> str:
    """Down to the first 街道, 镇 or 乡: the leftmost place a name can start, then the longest name there."""
    if dialect == "duckdb":
        return rf"regexp_extract({text}, '^(?:[^\n]*?(?:街道|[^省市区县]{{1,8}}[镇乡]))') || '****'"
    return TOWN.format(text=text, name=NAME)


TOWN = """(SELECT CASE
    WHEN strpos({text}, '街道') > 0 AND (ends = 0 OR strpos({text}, '街道') < starts) THEN
        CASE WHEN strpos(split_part({text}, '街道', 1), chr(10)) > 0 THEN '' ELSE split_part({text}, '街道', 1) || '街道' END
    WHEN ends > 0 THEN
        CASE WHEN strpos(left({text}, starts - 2), chr(10)) > 0 THEN ''
        ELSE left({text}, starts - 1 + length({name}) - strpos(reverse({name}), '镇')) END
    ELSE left({text}, 0) END || '****'
FROM (SELECT *, ends - least(strpos(reverse(left(u, ends - 1)), '省') - 1, 8) AS starts
FROM (SELECT u, strpos(u, '镇') AS ends
FROM (SELECT replace(translate('省' || {text}, '市区县乡', '省省省镇'), '省镇', '省一') AS u OFFSET 0)
AS a OFFSET 0) AS b OFFSET 0) AS c)"""
NAME = "split_part(substr(u, starts, 9), '省', 1)"
"""What `^.*?(?:街道|[^省市区县]{1,8}[镇乡])` finds, by functions that take a tenth of the time of PostgreSQL's regular
expressions. `u` is the text behind a 省, with one letter for 省市区县 and one for 镇乡; a 镇 right behind a 省 ends no name.
The first other one `ends` a name, which `starts` behind the last 省 before it, at most eight letters back; from there the
longest name runs to the last 镇 before the next 省. OFFSET 0 has each value worked out once."""

_MASKS: dict[str, Callable[[str], str]] = {
    "mobile": lambda text: _middle(text, 3, 4),
    "phone": _phone,
    "person_name": _name,
    "id_number": lambda text: _middle(text, 6, 4),
    "id_number_public": lambda text: _middle(text, 1, 1),
    "email": _email,
    "bank_account": lambda text: _middle(text, 0, 4),
    "medical_number": lambda text: _middle(text, 0, 4),
    "plate": _plate,
    "birth_date": lambda text: f"left({text}, 4) || '-**-**'",
}
