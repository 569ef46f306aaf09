"""Open data for everybody, but not for a loop gone wild."""

from __future__ import annotations

import pytest
from django.test import Client

from district.kernel.datasets import visits
from district.kernel.datasets.models import Visits
from district.kernel.datasets.pages.ckan import MOST_A_MINUTE
from district.kernel.datasets.pages.open_data import PAGES_A_MINUTE
from district.kernel.people.roles import PROVIDER, holders
from district.testing.people import account

pytestmark = pytest.mark.django_db
API = "/api/3/action/package_list"


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch):
    """Within one minute; `visited(what, count)` says how often the test's address has come already."""
    monkeypatch.setattr(visits.time, "time", lambda: 6_000_020.0)

    def note(what: str, count: int) -> None:
        Visits.objects.update_or_create(mark=f"{what}:127.0.0.1", minute=100_000, defaults={"count": count})

    return note


def test_the_api_says_when_to_come_again(client: Client, visited):
    visited("ckan", MOST_A_MINUTE - 1)
    assert client.get(API).status_code == 200
    late = client.get(API)
    assert (late.status_code, late["Retry-After"]) == (429, "40")
    assert late.json()["success"] is False
    assert client.get(API, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_pages_and_files_have_limits_of_their_own(client: Client, visited):
    visited("open_data", PAGES_A_MINUTE)
    late = client.get("/open-data/", headers={"Accept": "text/html"})
    assert (late.status_code, late["Retry-After"]) == (429, "40")
    assert "请求过于频繁" in late.content.decode()
    assert client.get("/dcat/catalog.ttl").status_code == 200
    visited("dcat", 10_000)
    assert client.get("/dcat/catalog.ttl").status_code == 429


def test_who_is_signed_in_is_not_counted(client: Client, visited):
    visited("open_data", 10_000)
    client.force_login(account(*holders(PROVIDER)))
    assert client.get("/open-data/").status_code == 200


def test_addresses_of_one_network_count_together_and_old_counts_go(visited):
    assert visits.place_of("2001:db8::1") == visits.place_of("2001:db8::ffff") == "2001:db8::"
    assert visits.place_of("192.0.2.1") != visits.place_of("192.0.2.2")
    visited("ckan", 1)
    Visits.objects.create(mark="ckan:x", minute=99_000)
    assert visits.forget_old_visits() == 1
