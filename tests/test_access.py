"""Every page and route declares who may use it, and every role is admitted or refused as declared."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from district.kernel.people import access
from district.kernel.people.refusals import note_refusal
from district.kernel.people.roles import all_roles
from district.testing.access import outcome, routes
from district.testing.people import account

ROLES = [entry.key for entry in all_roles()]


def test_every_route_says_who_may_use_it():
    undeclared = [route.pattern for route in routes() if route.allowed_roles is None]
    assert undeclared == []


def test_every_declared_role_exists():
    known = {*ROLES, "public", "staff", "people.self"}
    for route in routes():
        assert route.allowed_roles is not None
        assert set(route.allowed_roles) <= known, route.pattern


@pytest.fixture
def guards_only(monkeypatch: pytest.MonkeyPatch):
    """What lies behind a guard and the page of a refusal are tried elsewhere; to write them for every role takes minutes."""

    def refused(request: HttpRequest) -> HttpResponse:
        note_refusal(request)
        return HttpResponse(status=403)

    monkeypatch.setattr(access, "admitted", lambda view, request, *args, **kwargs: HttpResponse(status=204))
    monkeypatch.setattr(access, "refuse_role", refused)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_admitted_where_declared_and_refused_elsewhere(role: str, client: Client, guards_only: None):
    client.force_login(account(role))
    wrong = []
    for route in routes():
        if "sign-out" in route.pattern or "logout" in route.pattern:
            continue  # it would end the session of this very test
        got = outcome(client, route)
        wanted = "admitted" if route.admits({role}) else "refused"
        if got != wanted:
            wrong.append((route.pattern, wanted, got))
    assert wrong == []


@pytest.mark.django_db
def test_a_visitor_is_admitted_to_public_routes_only(client: Client):
    wrong = []
    for route in routes():
        is_public = route.allowed_roles is not None and "public" in route.allowed_roles
        if (outcome(client, route) == "admitted") != is_public and not route.pattern.startswith("admin/"):
            wrong.append((route.pattern, is_public, outcome(client, route)))
    assert wrong == []
