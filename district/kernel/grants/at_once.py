"""A page for a program that was here before: entered, counted, read and noted in one statement, with one commit.

The rule the page is made of is the remembered one; the statement itself asks whether everything that says so still bears
the mark it bore then, and gives nothing, counts nothing and notes nothing where it does not. So there is no moment between
the look at the grant and the look at the rows. What does not fit in here (rows that speak of persons, rows of the lake, a
quota of rows, a question that is refused) goes the long way of `delivery`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from district.kernel import clock
from district.kernel.grants import paging, prepared, rules, uses
from district.kernel.grants.entering import FRESH, Entered, bearer, checksum, entered_again, said_at_the_door
from district.kernel.grants.paging import Question, Source
from district.kernel.grants.refused import Refused
from district.kernel.grants.remembered import Remembered, recall
from district.kernel.grants.tables import key_columns
from district.kernel.people.request_address import client_address

COUNTS = 4
"""Columns behind those of the page: requests and rows of the day, requests of the minute, rows of the page."""
STATEMENT = """
    WITH {fresh}, allowed AS MATERIALIZED (
        SELECT FROM counted WHERE coalesce(minute_requests <= %(per_minute)s::int, true)
            AND coalesce(day_requests <= %(per_day)s::int, true)
    ), page AS MATERIALIZED (
        SELECT p.* FROM ({page}) AS p WHERE (SELECT true FROM allowed)
    ), noted AS (
        {record} FROM allowed
    )
    SELECT page.*, day_requests, day_rows, minute_requests, (SELECT count(*) FROM page)::int FROM counted LEFT JOIN page ON true
"""


@dataclass(frozen=True)
class Answered:
    """`rows` as they came, one more than asked for where there are more; COUNTS columns stand behind each."""

    entered: Entered
    asked: Question
    source: Source
    rows: list[tuple[Any, ...]]


def answer(request: HttpRequest, resource: str) -> Answered | None:
    """None when it must be asked the long way. Raises Refused `quota`."""
    kept = checksum(bearer(request))
    known = recall(kept, resource)
    if known is None or not _fits(known):
        return None
    held = known.held or {}
    source = Source(
        "postgres", rules.table_sql(known.resource.table), key_columns(known.resource.table) or known.keys
    )
    try:
        asked = paging.question(known.rule, request.GET, source)
    except Refused:
        return None
    now = clock.now()
    sql = known.text(("at once", source, paging.shape(asked, source)), lambda: _sql(known, asked, source))
    found = prepared.every(
        sql,
        said_at_the_door(kept, resource, now)
        | {"mark": known.mark, "per_minute": held["requests_per_minute"], "per_day": held["requests_per_day"]}
        | paging.page_values(known.rule, asked, source, now)
        | uses.values_with_page(
            known.viewer.at(client_address(request) or ""), known.rule, channel=uses.API, items=asked.fields,
            filter=asked.said, title=known.resource.title,
        ),
    )  # fmt: skip
    if not found:
        return None
    *_page, in_day, rows_of_day, in_minute, count = found[0]
    entered = entered_again(request, known, (in_day, rows_of_day, in_minute), now)
    return Answered(entered, asked, source, found if count else [])


def _fits(known: Remembered) -> bool:
    held = known.held
    return bool(
        held
        and known.mark
        and known.resource.table
        and held["rows_per_day"] is None
        and not known.rule.subject_items
    )


def _sql(known: Remembered, asked: Question, source: Source) -> str:
    page = paging.page_text(known.rule, asked, source)
    return STATEMENT.format(fresh=FRESH, page=page, record=uses.record_of_page(asked.limit))
