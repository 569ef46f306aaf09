"""A page of rows for a program: entered, asked, logged, then handed out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from district.kernel import clock
from district.kernel.grants import at_once, fetching, paging, prepared, rules, uses
from district.kernel.grants.entering import Entered, Quota, enter, spend_rows
from district.kernel.grants.fetching import Selection
from district.kernel.grants.paging import Question, Source
from district.kernel.grants.refused import Refused
from district.kernel.grants.row_rules import Rule
from district.kernel.grants.subjects import subject_hashes
from district.kernel.grants.tables import key_columns

LAKE_KEY = ("_row",)


@dataclass(frozen=True)
class Page:
    """`rows` as they came, fields first; `ends` are the order values of the last one, None on the last page."""

    fields: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    next_cursor: str | None
    subjects: bytes
    is_noted: bool = False


def rows(request: HttpRequest, resource: str) -> HttpResponse:
    """The answer to `GET …/{resource}/rows`. Raises Refused."""
    quick = at_once.answer(request, resource)
    if quick is not None:
        page = _page(quick.entered.rule, quick.asked, quick.source, quick.rows, is_noted=True, beyond=at_once.COUNTS)
        return _answer(request, quick.entered, quick.asked, page)
    entered = enter(request, resource)
    source, mark = source_of(entered)
    asked = paging.question(entered.rule, request.GET, source)
    if mark:
        mark = _etag(mark, entered, request)
        if is_known(request, mark):
            return _not_modified(request, entered, asked, mark)
    return _answer(request, entered, asked, read_page(entered, asked, source), mark)


def _answer(request: HttpRequest, entered: Entered, asked: Question, page: Page, mark: str = "") -> HttpResponse:
    found = _rows(page)
    mark = mark or _etag(_digest(found, page), entered, request)
    if is_known(request, mark):
        return _not_modified(request, entered, asked, mark, is_noted=page.is_noted)
    spend_rows(entered, len(page.rows))
    if not page.is_noted:
        _note(entered, asked, len(page.rows), page.subjects)
    body = b'{"rows":%b,"next":%b}' % (found, orjson.dumps(page.next_cursor))
    answer = HttpResponse(body, content_type="application/json")
    return _with_heads(answer, entered, mark, len(page.rows))


def read_page(entered: Entered, asked: Question, source: Source) -> Page:
    """One page. Raises Refused `no_grant` when the grant ended while a page of the lake was read."""
    rule = entered.rule
    left = entered.quota.rows_left
    if left is not None and left < asked.limit:
        asked = Question(asked.fields, asked.filters, asked.sorts, max(left, 1), asked.after, asked.said)
    is_noted = source.dialect == "postgres" and not rule.subject_items
    values = paging.page_values(rule, asked, source, clock.now())
    sql = entered.known.text((source, is_noted, paging.shape(asked, source)), lambda: _sql(rule, asked, source, is_noted))
    if is_noted:
        found = prepared.every(sql, values | uses.values_with_page(
            entered.viewer, rule, channel=uses.API, items=asked.fields, filter=asked.said, title=entered.resource.title,
        ))  # fmt: skip
    else:
        found = fetching.every(Selection(rule, source.dialect, sql, values))
    return _page(rule, asked, source, found, is_noted=is_noted)


def _sql(rule: Rule, asked: Question, source: Source, is_noted: bool) -> str:
    sql = paging.page_text(rule, asked, source, with_subjects=bool(rule.subject_items))
    return uses.with_record(sql, asked.limit) if is_noted else sql


def _page(
    rule: Rule, asked: Question, source: Source, found: list[tuple[Any, ...]], *, is_noted: bool, beyond: int = 0
) -> Page:
    """Of the rows of `paging.page_sql`, one more than asked for when there are more; `beyond` columns are not the page's."""
    page, is_more = found[: asked.limit], len(found) > asked.limit
    cursor, subjects = None, b""
    if page:
        end = len(page[-1]) - beyond
        persons = end - len(rule.subject_items)
        if is_more:
            offset = int(asked.after[0]) if asked.after and not source.keys else 0
            ends = page[-1][len(asked.fields) : persons] if source.keys else (offset + len(page),)
            cursor = paging.cursor_after(rule, asked, source, tuple(ends))
        if end > persons:
            subjects = subject_hashes(number for row in page for number in row[persons:end])
    return Page(asked.fields, page, cursor, subjects, is_noted)


def source_of(entered: Entered) -> tuple[Source, str]:
    """Where the rows are, and for those of the lake a mark that changes with them."""
    resource = entered.resource
    if resource.table:
        keys = key_columns(resource.table) or entered.keys
        return Source("postgres", rules.table_sql(resource.table), keys), ""
    from district.kernel.datasets import versions
    from district.kernel.datasets.models import Version

    version = Version.objects.filter(resource_id=resource.pk, state=Version.State.PUBLISHED).first()
    if version is None:
        raise Refused("no_rows", f"“{resource.title}”还没有发布的数据", status=404)
    assert version.published_at is not None
    resource.modified_at = version.published_at
    return Source("duckdb", versions.lake_sql(version), LAKE_KEY), f"v{version.pk}"


def _rows(page: Page) -> bytes:
    fields = page.fields
    return orjson.dumps([dict(zip(fields, row, strict=False)) for row in page.rows], default=str)


def _digest(rows: bytes, page: Page) -> str:
    """Of the rows and of whether more follow: the cursor itself is sealed otherwise each time."""
    digest = hashlib.blake2b(rows, digest_size=16)
    digest.update(b"1" if page.next_cursor else b"0")
    return digest.hexdigest()


def _etag(content: str, entered: Entered, request: HttpRequest) -> str:
    """Changes with the rows, with the grant and with what was asked."""
    text = f"{content}|{entered.known.rule_mark}|{request.META.get('QUERY_STRING', '')}"
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


def is_known(request: HttpRequest, mark: str) -> bool:
    said = request.headers.get("If-None-Match", "")
    return bool(said) and (
        said.strip() == "*" or mark in (part.strip().removeprefix("W/") for part in said.split(","))
    )


def _not_modified(
    request: HttpRequest, entered: Entered, asked: Question, mark: str, *, is_noted: bool = False
) -> HttpResponse:
    if not is_noted:
        _note(entered, asked, 0, b"")
    return _with_heads(HttpResponse(status=304), entered, mark, 0)


def _note(entered: Entered, asked: Question, count: int, subjects: bytes) -> None:
    uses.record(
        entered.viewer, entered.rule, channel=uses.API, rows=count, items=asked.fields, filter=asked.said,
        subjects=subjects, title=entered.resource.title,
    )  # fmt: skip


def _with_heads(answer: HttpResponse, entered: Entered, mark: str, count: int) -> HttpResponse:
    answer["ETag"] = mark
    answer["Cache-Control"] = "private, no-cache"
    answer["Vary"] = "Authorization"
    modified = getattr(entered.resource, "modified_at", None)
    if modified is not None:
        answer["Last-Modified"] = modified.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for name, value in quota_heads(entered.quota, count).items():
        answer[name] = value
    return answer


def quota_heads(quota: Quota, rows: int = 0) -> dict[str, str]:
    """What is left of the quotas, for programs to slow down by."""
    heads: dict[str, str] = {}
    if quota.per_minute is not None:
        heads |= {
            "RateLimit-Limit": str(quota.per_minute), "RateLimit-Remaining": str(quota.minute_left),
            "RateLimit-Reset": str(quota.minute_ends_in_s),
        }  # fmt: skip
    if quota.per_day is not None:
        heads["X-Requests-Left-Today"] = str(quota.day_left)
    if quota.rows_per_day is not None:
        heads["X-Rows-Left-Today"] = str(max((quota.rows_left or 0) - rows, 0))
    return heads
