"""What is remembered of a program at the door is never believed past a change, whoever makes it and however."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource
from district.kernel.grants import entering, prepared
from district.kernel.grants.models import Client, Grant, Spent, Use
from district.kernel.grants.tests import shared_rows
from district.kernel.people.models import Organisation
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
Read = Callable[..., Any]


@pytest.fixture
def grant() -> Grant:
    shared_rows.make_table()
    return shared_rows.grant(shared_rows.resource(), organisation("asker"), items=["id", "name", "town"])


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of resources that were looked up, each time one was."""
    seen: list[str] = []
    look = entering._looked_up

    def noting(token: str, values: dict[str, Any]) -> Any:
        seen.append(values["resource"])
        return look(token, values)

    monkeypatch.setattr(entering, "_looked_up", noting)
    return seen


def test_a_rule_is_looked_up_once_while_nothing_changes(grant: Grant, read: Read, looked_up: list[str]):
    answers = [read(limit=3, **{"id.ge": at}) for at in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert answers[4].json()["rows"][0]["id"] == 4
    assert looked_up == ["owner.people"]
    assert (Spent.objects.get().day_requests, Use.objects.count()) == (5, 5)


CHANGES: dict[str, Callable[[], Any]] = {
    "a mask": lambda: Item.objects.filter(name="name").update(mask="hidden"),
    "an item taken out": lambda: Item.objects.filter(name="name").delete(),
    "an item's grade": lambda: Item.objects.filter(name="town").update(grade=4),
    "an item more": lambda: Item.objects.filter(name="phone").update(position=20),
    "the items of the grant": lambda: Grant.objects.update(items=["id"]),
    "rows of the grant": lambda: Grant.objects.update(divisions=["370306002"]),
    "the title": lambda: Resource.objects.update(title="别名"),
    "the name of the department": lambda: Organisation.objects.filter(code="asker").update(name="别局"),
    "the name of the program": lambda: Client.objects.update(name="别的系统"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_is_looked_up_again_at_the_next_request(
    grant: Grant, read: Read, looked_up: list[str], change: Callable[[], Any]
):
    read()
    change()
    read()
    assert len(looked_up) == 2


def test_what_changed_shows_in_the_next_answer_and_in_the_log(grant: Grant, read: Read):
    assert set(read().json()["rows"][0]) == {"id", "name", "town"}
    Item.objects.filter(name="name").update(mask="hidden")
    assert read().json()["rows"][0]["name"] is None
    Grant.objects.update(items=["id"], divisions=["370306002"], revision=2)
    rows = read().json()["rows"]
    assert {tuple(row) for row in rows} == {("id",)}
    assert [row["id"] for row in rows] == [n for n in range(1, 31) if n % 3 == 1]
    Organisation.objects.filter(code="asker").update(name="别局")
    read()
    assert Use.objects.latest("pk").organisation == "别局"


@pytest.mark.parametrize(("change", "status"), [
    (lambda: Grant.objects.update(state="withdrawn"), 403),
    (lambda: Grant.objects.update(ends_at=clock.now()), 403),
    (lambda: Resource.objects.update(shelf="draft"), 403),
    (lambda: Client.objects.update(is_active=False), 401),
    (lambda: AccessToken.objects.update(expires=clock.now()), 401),
    (lambda: AccessToken.objects.all().delete(), 401),
])  # fmt: skip
def test_what_ended_is_refused_at_the_next_request(grant: Grant, read: Read, change: Callable[[], Any], status: int):
    assert (read().status_code, read().status_code) == (200, 200)
    change()
    uses = Use.objects.count()
    assert read().status_code == status
    assert Use.objects.count() == uses


def test_a_grant_to_the_program_itself_takes_the_place_of_the_departments(
    grant: Grant, read: Read, program: tuple[Client, str]
):
    assert len(read().json()["rows"]) == 30
    shared_rows.grant(grant.resource, grant.grantee, client=program[0], items=["id"], divisions=["370306001"])
    rows = read().json()["rows"]
    assert [row["id"] for row in rows] == [n for n in range(1, 31) if n % 3 == 0]
    assert set(rows[0]) == {"id"}


def test_quotas_hold_for_those_who_are_known(grant: Grant, read: Read):
    Grant.objects.update(requests_per_minute=4)
    minute = clock.now().replace(second=0, microsecond=0)
    with clock.stopped_at(minute):
        assert [read().status_code for _ in range(6)] == [200] * 4 + [429] * 2
    with clock.stopped_at(minute + timedelta(minutes=1)):
        assert read()["RateLimit-Remaining"] == "3"


def test_a_change_that_was_taken_back_and_made_otherwise_is_seen(grant: Grant, read: Read):
    read()
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        Grant.objects.update(items=["id", "name"])
        assert set(read().json()["rows"][0]) == {"id", "name"}
        cursor.execute("ROLLBACK TO before")
    Grant.objects.update(items=["id", "town"])
    assert set(read().json()["rows"][0]) == {"id", "town"}


def test_named_values_are_numbered_once_each():
    assert prepared.numbered("SELECT %(a)s, %(b)s, %(a)s, 7 %% 2, '%%'") == (b"SELECT $1, $2, $1, 7 % 2, '%'", ("a", "b"))
    assert prepared.one("SELECT %(b)s::int - %(a)s::int, 7 %% 2", {"a": 1, "b": 3}) == (2, 1)
