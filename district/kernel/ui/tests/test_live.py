from __future__ import annotations

import json

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory, override_settings

from district.kernel.ui.live import CHANNEL, TooLarge, door_url, hears, message, tell, topic
from district.testing.people import account

topic("ui.test.staff", roles=("staff",))
topic("ui.test.public", roles=("public",))


@pytest.fixture
def listener(transactional_db):
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "context": None},
                         autocommit=True) as heard:
        heard.execute(f"LISTEN {CHANNEL}")
        yield heard


def heard_by(listener) -> list[dict]:
    return [json.loads(notice.payload) for notice in listener.notifies(timeout=0.3)]


def test_a_notice_goes_out_when_the_change_is_committed_and_not_before(listener):
    with transaction.atomic():
        tell("ui.test.staff", {"n": 1})
        assert heard_by(listener) == []
    assert heard_by(listener) == [{"topic": "ui.test.staff", "data": {"n": 1}}]


def test_a_change_that_is_undone_is_never_told(listener):
    with transaction.atomic():
        tell("ui.test.staff", {"n": 1})
        transaction.set_rollback(True)
    assert heard_by(listener) == []


def test_plain_sql_says_the_same(listener):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('live', %s)", ['{"topic": "a", "data": {}}'])
    assert heard_by(listener) == [{"topic": "a", "data": {}}]


def test_a_notice_that_would_not_fit_is_refused_where_it_is_made():
    assert message("a", {"x": "y" * 6_900})
    with pytest.raises(TooLarge, match="at most 7000"):
        message("a", {"x": "汉" * 2_400})


@pytest.mark.django_db
def test_a_topic_is_heard_by_those_it_is_declared_for():
    staff, nobody, visitor = account("kernel.operator"), account(), AnonymousUser()

    assert [hears(each, "ui.test.staff") for each in (staff, nobody, visitor)] == [True, False, False]
    assert [hears(each, "ui.test.public") for each in (staff, nobody, visitor)] == [True, True, True]
    assert [hears(each, "ui.test.unknown") for each in (staff, nobody, visitor)] == [False, False, False]


@pytest.mark.django_db
def test_notices_are_heard_by_their_recipient_alone():
    one, other = account("kernel.operator"), account("kernel.operator")

    assert hears(one, f"notices.{one.pk}")
    assert not hears(one, f"notices.{other.pk}")
    assert not hears(AnonymousUser(), "notices.None")


@override_settings(LIVE_PORT=8001, LIVE_URL="", ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize(("host", "url"), [
    ("127.0.0.1:8000", "http://127.0.0.1:8001"), ("district.local", "http://district.local:8001"),
    ("[::1]:8000", "http://[::1]:8001"), ("[::1]", "http://[::1]:8001"),
])
def test_the_door_is_beside_the_page(rf: RequestFactory, host: str, url: str):
    assert door_url(rf.get("/", HTTP_HOST=host)) == url


@override_settings(LIVE_URL="https://district.example/")
def test_a_proxy_may_give_the_door_a_name(rf: RequestFactory):
    assert door_url(rf.get("/")) == "https://district.example"
