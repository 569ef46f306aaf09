"""Run by test_single_sign_on with an issuer set: what it says is made up here, no network is used."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.test import Client

from district.kernel.people.models import AuditEntry
from district.testing import people

pytestmark = pytest.mark.django_db
ISSUER = "http://127.0.0.1:9"


@pytest.fixture
def issuer(monkeypatch) -> dict[str, Any]:
    """What the issuer says about whoever comes back; change it in a test."""
    said: dict[str, Any] = {"sub": "7001", "preferred_username": ""}
    config = {
        "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
        "userinfo_endpoint": f"{ISSUER}/userinfo", "issuer": ISSUER,
    }
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", config)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "get_access_token_data", lambda *_a, **_m: {"access_token": "x"})
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda *_a, **_m: dict(said))
    return said


def came_back(client: Client) -> Any:
    """Goes to the issuer and comes back with its code."""
    away = client.post("/sign-in/house/")
    assert away.status_code == 302, away.content.decode()[:500]
    target = urlsplit(away["Location"])
    asked = parse_qs(target.query)
    assert f"{target.scheme}://{target.netloc}" == ISSUER
    assert asked["code_challenge_method"] == ["S256"]
    return client.get(f"/sign-in/house/back/?code=abc&state={asked['state'][0]}")


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_button_is_there_and_the_policy_lets_it_lead_to_the_issuer(client):
    answer = client.get("/sign-in/")
    assert "用统一身份认证登录" in answer.content.decode()
    assert f"form-action 'self' {ISSUER}" in answer["Content-Security-Policy"]


def test_the_staff_number_opens_the_account(client, issuer):
    account = people.account("environment.reader")
    issuer["preferred_username"] = account.username
    came_back(client)
    assert is_signed_in(client)
    assert AuditEntry.objects.get(action="sign_in").username == account.username
    again = Client()
    came_back(again)
    assert is_signed_in(again)


@pytest.mark.parametrize("number", ["", "nobody"])
def test_nobody_gets_an_account_by_signing_in(client, issuer, number):
    issuer["preferred_username"] = number
    answer = came_back(client)
    assert answer["Location"] == "/sign-in/"
    assert not is_signed_in(client)
    assert AuditEntry.objects.get(action="sign_in").result == "refused"


def test_an_account_that_is_suspended_stays_out(client, issuer):
    account = people.account("environment.reader", status="suspended")
    issuer["preferred_username"] = account.username
    came_back(client)
    assert not is_signed_in(client)


def test_a_number_given_to_somebody_else_does_not_open_the_old_account(client, issuer):
    first, second = people.account("environment.reader"), people.account("environment.reader")
    issuer["preferred_username"] = first.username
    came_back(client)
    issuer["preferred_username"] = second.username
    other = Client()
    came_back(other)
    assert not is_signed_in(other)


def test_a_state_that_is_not_ours_is_refused(client, issuer):
    people.account("environment.reader")
    answer = client.get("/sign-in/house/back/?code=abc&state=forged")
    assert answer.status_code in (302, 403)
    assert not is_signed_in(client)
