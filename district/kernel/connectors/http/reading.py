"""Records of an HTTP interface, page by page, from where the last reading ended. No Django."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from district.kernel.connectors.http.answers import data_of, flat, records_of
from district.kernel.connectors.http.asking import Asker
from district.kernel.connectors.http.description import RESUMABLE, Wanted
from district.kernel.connectors.http.paging import Page, first_page, next_page, question
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.rows import Rows, UnreadRow

PREVIEW_ROWS = 20


def read(
    wanted: Wanted, secrets: Mapping[str, str], cursor: dict[str, Any] | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Rows]:  # fmt: skip
    """All records behind `cursor` (as a Rows of an earlier reading had it); nothing at all when the interface says
    that nothing has changed (304). Raises Refused.

    The cursor: `since` the largest value of the incremental field, `etag` and `modified` of the last whole answer,
    and within a reading `page`, the next one, with `newest` and `read` so far.
    """
    asker = Asker(wanted, secrets, wait)
    try:
        yield from _Reading(wanted, asker, dict(cursor or {})).pages()
    finally:
        asker.close()


def preview(wanted: Wanted, secrets: Mapping[str, str], rows: int = PREVIEW_ROWS) -> list[dict[str, Any]]:
    """The first records, read in the same way. Also the test whether address, key and paths are good."""
    asker = Asker(wanted, secrets)
    try:
        found = next(_Reading(wanted, asker, {}).pages(), None)
        return [dict(row) for row in list(found.rows)[:rows]] if found is not None else []
    finally:
        asker.close()


class _Reading:
    def __init__(self, wanted: Wanted, asker: Asker, cursor: dict[str, Any]) -> None:
        self.wanted, self.asker, self.cursor = wanted, asker, cursor
        self.newest: Any = cursor.get("newest", cursor.get("since"))
        self.read: int = cursor.get("read", 0)
        self.marks: dict[str, str] = {}

    def pages(self) -> Iterator[Rows]:
        page: Page = self.cursor.get("page") or first_page(self.wanted.paging)
        for number in range(self.wanted.most_pages):
            answer = self.asker.ask(*self._question(page), self._conditions(number))
            if answer.status == 304:
                return
            if number == 0 and "page" not in self.cursor:
                self.marks = {key: value for key, value in _marks(answer.headers).items() if value}
            data = data_of(answer)
            records = records_of(data, self.wanted.record_path)
            following = next_page(self.wanted, page, answer, data, len(records))
            if following is not None and "url" in following:
                following = {"url": self.asker.without_key(following["url"])}
            yield self._rows(records, following, len(answer.body))
            if following is None:
                return
            page = following
        raise Refused(
            "too_many_pages",
            f"超过 {self.wanted.most_pages} 页还没有结束，翻页设置可能不对",
            field="paging.style",
        )

    def _question(self, page: Page) -> tuple[str, dict[str, str]]:
        url, params = question(self.wanted, page)
        incremental = self.wanted.incremental
        since = self.cursor.get("since", incremental.start or None)
        if incremental.param and since is not None and "url" not in page:
            params[incremental.param] = str(since)
        return url, params

    def _conditions(self, number: int) -> dict[str, str]:
        """RFC 9110, 13.1. Only an answer of one page tells by its mark that nothing has changed."""
        if (
            number
            or not self.wanted.is_conditional
            or self.wanted.paging.style != "none"
            or "page" in self.cursor
        ):
            return {}
        sent = {"If-None-Match": self.cursor.get("etag"), "If-Modified-Since": self.cursor.get("modified")}
        return {name: value for name, value in sent.items() if value}

    def _rows(self, records: list[Any], following: Page | None, size: int) -> Rows:
        rows, places, unread = [], [], []
        for position, record in enumerate(records, self.read + 1):
            if isinstance(record, Mapping):
                row = flat(record)
                rows.append(row)
                places.append(position)
                self._note_newest(row)
            else:
                raw = {"value": str(record)[:400]}
                unread.append(UnreadRow(position, raw, "not_a_record", "不是由字段组成的记录"))
        self.read += len(records)
        return Rows(rows, np.array(places, dtype=np.int64), tuple(unread), self._cursor(following), size)

    def _cursor(self, following: Page | None) -> dict[str, Any] | None:
        if following is None:
            kept = {"since": self.newest, **self.marks}
            return {key: value for key, value in kept.items() if value is not None}
        if self.wanted.paging.style not in RESUMABLE:
            return None
        return {**self.cursor, "page": following, "newest": self.newest, "read": self.read}

    def _note_newest(self, row: Mapping[str, Any]) -> None:
        value = row.get(self.wanted.incremental.column) if self.wanted.incremental.column else None
        if not isinstance(value, str | int | float) or isinstance(value, bool) or value == "":
            return
        if self.newest is None:
            self.newest = value
        elif isinstance(value, str) != isinstance(self.newest, str):
            raise Refused(
                "cursor_type", f"增量字段“{self.wanted.incremental.column}”有时是文字有时是数，不能比较先后",
                field="incremental.column",
            )  # fmt: skip
        else:
            self.newest = max(self.newest, value)


def _marks(headers: Mapping[str, str]) -> dict[str, str]:
    return {"etag": headers.get("etag", ""), "modified": headers.get("last-modified", "")}
