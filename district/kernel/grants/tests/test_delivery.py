"""Rows over HTTP: what a program gets, page by page, and what it does not get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test import Client as Browser
from oauth2_provider.models import AccessToken

from district.kernel.clock import now, stopped_at
from district.kernel.datasets.models import Resource
from district.kernel.grants import uses
from district.kernel.grants.models import Client, Grant, Use
from district.kernel.grants.subjects import subject_hash
from district.kernel.grants.tests import shared_rows
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
Read = Callable[..., Any]


@pytest.fixture
def shared() -> Resource:
    shared_rows.make_table()
    return shared_rows.resource()


@pytest.fixture
def grant(shared: Resource) -> Grant:
    return shared_rows.grant(
        shared, organisation("asker"), items=["id", "name", "number", "town"], divisions=["3703060"]
    )


def code(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def test_a_token_is_kept_as_a_digest_and_a_wrong_secret_gets_none(program: tuple[Client, str], token: str):
    client, secret = program
    kept = AccessToken.objects.get(application=client.application)
    assert kept.token == ""
    assert secret not in client.application.client_secret
    asked = {
        "grant_type": "client_credentials",
        "client_id": client.application.client_id,
        "client_secret": "wrong",
    }
    assert Browser().post("/oauth/token", asked).status_code == 401
    Client.objects.update(is_active=False)
    assert Browser().post("/oauth/token", asked | {"client_secret": secret}).status_code == 401


def test_pages_follow_one_another_until_every_granted_row_was_seen_once(grant: Grant, read: Read):
    seen, cursor = [], ""
    while True:
        answer = read(limit=7, sort="-town", **({"cursor": cursor} if cursor else {})).json()
        seen += answer["rows"]
        cursor = answer["next"]
        if not cursor:
            break
        assert len(answer["rows"]) == 7
    assert sorted(row["id"] for row in seen) == [n for n in range(1, 31) if n % 3 != 2]
    assert [row["town"] for row in seen] == sorted((row["town"] for row in seen), reverse=True)
    assert all(row["number"][6:14] == "*" * 8 for row in seen)


def test_a_page_may_end_among_empty_values(grant: Grant, read: Read):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET name = NULL WHERE id % 2 = 0")
    for sort in ("name", "-name", "name,-town"):
        seen, place = [], ""
        while place is not None:
            answer = read(limit=3, sort=sort, **({"cursor": place} if place else {})).json()
            seen += [row["id"] for row in answer["rows"]]
            place = answer["next"]
        assert sorted(seen) == [n for n in range(1, 31) if n % 3 != 2]


def test_a_filter_on_a_masked_item_does_not_tell_what_is_behind_it(grant: Grant, read: Read):
    assert read(**{"name.eq": "测试人3"}).json()["rows"] == []
    assert read(**{"number.prefix": shared_rows.number_of(3)[:14]}).json()["rows"] == []
    masked = read(**{"id.eq": 12}).json()["rows"][0]["name"]
    assert len(read(**{"name.eq": masked}).json()["rows"]) > 1
    assert [row["id"] for row in read(**{"id.in": "3,4,5", "fields": "id"}).json()["rows"]] == [3, 4]


def test_what_was_not_granted_is_refused_wherever_it_is_asked(grant: Grant, read: Read):
    for asked in ({"fields": "name,phone"}, {"phone.eq": "1"}, {"sort": "phone"}, {"fields": "no_such"}):
        assert code(read(**asked)) == (403, "item_not_granted")
    assert code(read(**{"id.eq": "x"})) == (400, "bad_value")
    assert code(read(town="1")) == (400, "unknown_parameter")
    assert code(read(limit="1001")) == (400, "bad_limit")
    assert code(read(cursor="x")) == (400, "bad_cursor")


def test_a_cursor_fits_its_own_question_only(grant: Grant, read: Read):
    cursor = read(limit=3).json()["next"]
    assert code(read(limit=3, cursor=cursor, **{"id.gt": 1})) == (400, "bad_cursor")
    Grant.objects.update(revision=2)
    assert code(read(limit=3, cursor=cursor)) == (400, "bad_cursor")


@pytest.mark.parametrize("change", [{"state": "withdrawn"}, {"state": "suspended"}, {"ends_at": now()}])
def test_the_next_request_after_a_withdrawal_gets_nothing(grant: Grant, read: Read, change: dict):
    assert read().status_code == 200
    Grant.objects.update(**change)
    assert code(read()) == (403, "no_grant")


def test_a_stopped_client_gets_nothing_and_nobody_gets_nothing(grant: Grant, read: Read):
    Client.objects.update(is_active=False)
    assert code(read()) == (401, "token_invalid")
    assert code(Browser().get("/api/data/v1/owner.people/rows")) == (401, "token_wanted")
    assert code(Browser().get("/api/data/v1/owner.nothing/rows")) == (404, "no_resource")


def test_unchanged_rows_are_not_sent_again(grant: Grant, read: Read):
    mark = read()["ETag"]
    again = read(headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert read(headers={"If-None-Match": mark}, limit=3).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared_rows.TABLE} SET town = '370306001999' WHERE id = 3")
    assert read(headers={"If-None-Match": mark}).status_code == 200


def test_quotas_are_told_and_kept(grant: Grant, read: Read):
    Grant.objects.update(requests_per_minute=3, rows_per_day=12)
    minute = now().replace(second=0, microsecond=0)
    with stopped_at(minute):
        first = read(limit=7)
        assert (first["RateLimit-Remaining"], first["X-Rows-Left-Today"]) == ("2", "5")
        assert len(read(limit=7).json()["rows"]) == 5
        used_up = read(limit=7)
        assert code(used_up) == (429, "quota")
        assert int(used_up["Retry-After"]) > 60
        Grant.objects.update(rows_per_day=None)
        fourth = read(limit=7)
        assert (code(fourth), fourth["Retry-After"]) == ((429, "quota"), "60")
    with stopped_at(minute + timedelta(minutes=1)):
        assert read(limit=7).status_code == 200


def test_each_use_is_logged_with_whose_data_it_was(grant: Grant, read: Read):
    read(limit=2, **{"id.gt": 3}, fields="id,town")
    use = Use.objects.get()
    assert (use.channel, use.who, use.rows, use.items, use.filter) == (
        "api",
        "业务系统",
        2,
        ["id", "town"],
        {"id.gt": "3"},
    )
    assert (use.number, use.subjects, use.purpose) == (grant.number, 2, "测试")
    assert list(uses.uses_of_subject(subject_hash(shared_rows.number_of(4)))) == [use]
    assert list(uses.uses_of_subject(subject_hash(shared_rows.number_of(9)))) == []
    assert uses.verify().is_whole


def test_the_log_shows_where_it_was_changed(grant: Grant, read: Read):
    for _ in range(3):
        read(limit=1)
    assert uses.verify().uses == 3
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE grants_use DISABLE TRIGGER USER")
        cursor.execute("UPDATE grants_use SET rows = 0 WHERE id = (SELECT min(id) + 1 FROM grants_use)")
        cursor.execute("ALTER TABLE grants_use ENABLE TRIGGER USER")
    found = uses.verify()
    assert (found.broken_at, found.problem) == (2, "altered")


def test_the_lake_is_delivered_like_a_table(grant: Grant, read: Read, shared: Resource):
    from district.kernel.datasets.versions import open_version

    Resource.objects.update(table="")
    shared.table = ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name, number, town FROM {shared_rows.TABLE} ORDER BY id")
        columns = list(zip(*cursor.fetchall(), strict=True))
    with open_version(shared, made_by="test", mode="replace") as draft:
        draft.write([pa.table(dict(zip(("id", "name", "number", "town"), map(list, columns), strict=True)))])
        draft.publish()
    seen, cursor = [], ""
    while cursor is not None:
        answer = read(limit=7, sort="town", **({"cursor": cursor} if cursor else {}))
        seen += answer.json()["rows"]
        cursor = answer.json()["next"]
    assert sorted(row["id"] for row in seen) == [n for n in range(1, 31) if n % 3 != 2]
    assert "*" in seen[0]["name"]
    assert "Last-Modified" in answer
    mark = read()["ETag"]
    assert read(headers={"If-None-Match": mark}).status_code == 304
    assert code(read(fields="phone")) == (403, "item_not_granted")
