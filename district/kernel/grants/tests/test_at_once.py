"""The short way gives what the long way gives: rows, heads, counts, records, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.datasets.models import Item
from district.kernel.grants import at_once
from district.kernel.grants.models import Grant, Spent, Use
from district.kernel.grants.tests import shared_rows
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
Read = Callable[..., Any]
QUESTIONS: tuple[dict[str, Any], ...] = (
    {}, {"limit": 2}, {"limit": 3, "sort": "-town,name"}, {"id.ge": 3, "fields": "name"}, {"id.in": "1,2", "sort": "name"},
    {"id.ge": 10**6}, {"town.prefix": "999"},
)  # fmt: skip


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each request, whether it went the short way."""
    seen: list[bool] = []
    answer = at_once.answer

    def noting(request: Any, resource: str) -> Any:
        found = answer(request, resource)
        seen.append(found is not None)
        return found

    monkeypatch.setattr(at_once, "answer", noting)
    return seen


@pytest.fixture
def grant() -> Grant:
    shared_rows.make_table()
    resource = shared_rows.resource()
    Item.objects.filter(name="number").update(holds="")  # rows that speak of persons go the long way
    return shared_rows.grant(
        resource, organisation("asker"), items=["id", "name", "town"], requests_per_minute=30
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_a_page_is_the_same_either_way(grant: Grant, read: Read, ways: list[bool], question: dict[str, Any]):
    first, second = read(**question), read(**question)
    assert ways == [False, True]
    assert first.status_code == second.status_code == 200
    assert first.json()["rows"] == second.json()["rows"]
    assert bool(first.json()["next"]) == bool(second.json()["next"])
    assert int(first["RateLimit-Remaining"]) == int(second["RateLimit-Remaining"]) + 1
    notes = [
        {name: value for name, value in each.items() if name not in ("id", "at")}
        for each in Use.objects.values()
    ]
    assert notes[0] == notes[1]


def test_pages_that_follow_one_another_leave_nothing_out(grant: Grant, read: Read, ways: list[bool]):
    whole = [row["id"] for row in read(limit=1000).json()["rows"]]
    found: list[int] = []
    question: dict[str, Any] = {"limit": 2}
    while True:
        page = read(**question).json()
        found += [row["id"] for row in page["rows"]]
        if not page["next"]:
            break
        question["cursor"] = page["next"]
    assert found == whole
    assert ways[1:] == [True] * (len(ways) - 1)


def test_what_is_known_already_is_noted_and_not_sent(grant: Grant, read: Read, ways: list[bool]):
    mark = read(limit=2)["ETag"]
    again = read(limit=2, headers={"If-None-Match": mark})
    assert (again.status_code, again.content, ways) == (304, b"", [False, True])
    assert Use.objects.count() == 2


def test_beyond_the_quota_nothing_is_read_or_noted_but_it_counts(grant: Grant, read: Read, ways: list[bool]):
    Grant.objects.update(requests_per_minute=2)
    answers = [read(limit=2) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[3].json()["code"] == "quota"
    assert Use.objects.count() == 2
    assert Spent.objects.get().day_requests == 4


def test_a_refused_question_goes_the_long_way_and_counts(grant: Grant, read: Read, ways: list[bool]):
    read(limit=2)
    refused = read(fields="number")
    assert refused.status_code == 403
    assert ways == [False, False]
    assert Spent.objects.get().day_requests == 2


@pytest.mark.parametrize(("change", "status"), [
    (lambda: Grant.objects.update(state="withdrawn"), 403), (lambda: Grant.objects.update(items=["id"]), 200),
    (lambda: Item.objects.filter(name="name").update(mask="hidden"), 200),
])  # fmt: skip
def test_a_change_ends_the_short_way_until_it_was_looked_up(
    grant: Grant, read: Read, ways: list[bool], change: Callable[[], Any], status: int
):
    read(limit=2), read(limit=2)
    change()
    uses = Use.objects.count()
    changed = read(limit=2)
    assert (changed.status_code, ways) == (status, [False, True, False])
    assert Use.objects.count() == uses + (status == 200)
    assert "测试人1" not in changed.content.decode()
