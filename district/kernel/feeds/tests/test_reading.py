from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from district.kernel.feeds.changes import RowChange, note
from district.kernel.feeds.models import Change
from district.kernel.feeds.tests.test_sending import row
from district.kernel.grants.models import Grant, Use
from district.kernel.grants.tests.conftest import program, token  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ask(grant: Grant, token: str) -> Any:  # noqa: F811
    def read(**asked: Any) -> Any:
        return Browser().get(
            "/api/feeds/v1/owner.people/changes", asked, headers={"Authorization": f"Bearer {token}"}
        )

    return read


def test_changes_are_read_in_order_page_by_page_as_far_as_the_grant_goes(grant: Grant, ask: Any):
    far = "370306101001"
    note(grant.resource, [RowChange(str(n), row(n, town=far if n % 3 == 0 else "370306001001")) for n in range(10)])
    seen, after, has_more = [], 0, True
    while has_more:
        answer = ask(after=after, limit=4).json()
        seen, after, has_more = seen + answer["changes"], answer["next"], answer["has_more"]
    assert [each["row"]["id"] for each in seen] == [1, 2, 4, 5, 7, 8]
    assert all(set(each["row"]) == {"id", "name", "town"} and "*" in each["row"]["name"] for each in seen)
    assert sum(Use.objects.values_list("rows", flat=True)) == 6


def test_a_withdrawn_grant_reads_nothing_more(grant: Grant, ask: Any):
    note(grant.resource, [RowChange("1", row(1))])
    assert len(ask().json()["changes"]) == 1
    Grant.objects.update(state="withdrawn")
    answer = ask()
    assert (answer.status_code, answer.json()["code"]) == (403, "no_grant")


def test_a_place_that_is_no_longer_kept_is_said_so(grant: Grant, ask: Any):
    note(grant.resource, [RowChange(str(n), row(n)) for n in range(3)])
    first = Change.objects.order_by("pk")[0].pk
    Change.objects.filter(pk__lte=first + 1).delete()
    answer = ask(after=first)
    assert (answer.status_code, answer.json()["code"]) == (410, "too_old")
