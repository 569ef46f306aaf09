"""Connections on screen: set up, tried, paused; secrets go in and never come out."""

from __future__ import annotations

import sqlite3

import pytest
from django.urls import reverse

from district.kernel.connectors.databases.opening import sqlite_root
from district.kernel.connectors.models import Mode, Run, Source
from district.kernel.connectors.secrets import forget, held, rotate, secrets_of
from district.kernel.connectors.tests.delivered import resource
from district.kernel.people.roles import PROVIDER, holders
from district.testing import people

pytestmark = pytest.mark.django_db
SECRET = "-".join(("Correct", "horse", "9"))


@pytest.fixture
def office(client):
    entry = resource()
    client.force_login(people.account(*holders(PROVIDER), unit=entry.provider, scope="own"))
    return entry


@pytest.fixture
def ledger():
    path = sqlite_root() / "firms.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE firms (code TEXT PRIMARY KEY, name TEXT, staff INTEGER, legal_person TEXT)"
        )
        connection.execute("INSERT INTO firms VALUES ('A1', '甲公司', 3, '张三')")
    yield
    path.unlink()


def posted(entry, **more):
    return {"name": "工商库", "resource": entry.pk, "mode": "replace", **more}


def test_a_database_is_connected_to_looked_at_and_read(client, office, ledger):
    form = posted(office, engine="sqlite", path="firms.db", table="firms", schedule="30 2 * * *")
    answer = client.post(reverse("connectors:connect", args=["database"]), form)
    made = Source.objects.get()
    assert answer.url == reverse("connectors:connection", args=[made.pk])
    assert made.is_active
    page = client.get(answer.url, {"try": 1}).content.decode()
    assert "甲公司" in page
    assert "单位名称" in page
    assert "不接入" in page
    run = client.post(reverse("connectors:read_now", args=[made.pk]))
    assert run.url == reverse("connectors:run", args=[Run.objects.get().pk])


def test_without_a_table_those_that_may_be_read_are_listed(client, office, ledger):
    client.post(
        reverse("connectors:connect", args=["database"]), posted(office, engine="sqlite", path="firms.db")
    )
    made = Source.objects.get()
    assert not made.is_active
    page = client.get(reverse("connectors:connection", args=[made.pk]), {"try": 1}).content.decode()
    assert "<code>firms</code>" in page


def test_a_source_that_cannot_be_reached_is_kept_paused_with_the_reason(client, office):
    form = posted(office, url="http://127.0.0.1:9/rows", authorization="bearer", token=SECRET)
    client.post(reverse("connectors:connect", args=["http"]), form)
    made = Source.objects.get()
    assert not made.is_active
    page = client.get(reverse("connectors:connection", args=[made.pk]), {"try": 1}).content.decode()
    assert "address_forbidden" in page


def test_a_secret_goes_in_and_never_comes_out(client, office):
    form = posted(office, url="http://127.0.0.1:9/rows", authorization="bearer", token=SECRET)
    client.post(reverse("connectors:connect", args=["http"]), form)
    made = Source.objects.get()
    assert secrets_of(made) == {"token": SECRET}
    for name in ("connection", "source"):
        assert SECRET not in client.get(reverse(f"connectors:{name}", args=[made.pk])).content.decode()
    assert SECRET not in str(made.settings)
    kept = {key: value for key, value in form.items() if key not in ("token", "resource")}
    answer = client.post(reverse("connectors:connection", args=[made.pk]), kept)
    assert SECRET not in answer.content.decode()
    assert secrets_of(Source.objects.get()) == {"token": SECRET}
    client.post(reverse("connectors:connection", args=[made.pk]), {**kept, "token": "another-one"})
    assert secrets_of(Source.objects.get()) == {"token": "another-one"}


def test_secrets_are_sealed_changed_one_by_one_and_forgotten(office):
    made = Source.objects.create(name="x", resource=office, kind="http")
    rotate(made, {"token": SECRET})
    rotate(made, {"password": "p-w-d-4", "token": ""})
    assert held(made) == ["password", "token"]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM connectors_source WHERE id = %s", [made.pk])
        [stored] = cursor.fetchone()
    assert SECRET not in stored
    assert stored.startswith("1:")
    with pytest.raises(ValueError, match="not a secret"):
        rotate(made, {"pin": "1234"})
    forget(made)
    assert held(made) == []


@pytest.mark.parametrize(
    ("kind", "form", "field"),
    [
        ("database", {"engine": "postgresql", "database": "d", "user": "u"}, "host"),
        ("database", {"engine": "sqlite", "path": "f.db", "schedule": "often"}, "schedule"),
        ("database", {"engine": "sqlite", "path": "f.db", "cursor_item": "staff"}, "mode"),
        ("http", {"url": "ftp://x.example/"}, "url"),
        ("http", {"url": "https://u:p@x.example/"}, "url"),
        ("mqtt", {"host": "h.example", "topic": "a/#/b"}, "topic"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field(client, office, kind, form, field):
    answer = client.post(reverse("connectors:connect", args=[kind]), posted(office, **form))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Source.objects.exists()


def test_a_source_is_paused_and_goes_on(client, office):
    made = Source.objects.create(
        name="x", resource=office, kind="http", settings={"url": "https://x.example/"}, mode=Mode.REPLACE
    )
    for is_active in (False, True):
        client.post(reverse("connectors:pause", args=[made.pk]))
        assert Source.objects.get().is_active is is_active


def test_another_department_sees_none_of_it(client, office):
    made = Source.objects.create(
        name="x", resource=office, kind="http", settings={"url": "https://x.example/"}
    )
    client.force_login(people.account(*holders(PROVIDER), unit=people.organisation("other"), scope="own"))
    assert client.get(reverse("connectors:connection", args=[made.pk])).status_code == 404
    for name in ("pause", "read_now"):
        assert client.post(reverse(f"connectors:{name}", args=[made.pk])).status_code == 404
    form = posted(office, url="https://x.example/")
    assert client.post(reverse("connectors:connect", args=["http"]), form).status_code == 422
