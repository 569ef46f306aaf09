"""Sign-in with the accounts of the house (OpenID Connect). Off unless DISTRICT_OIDC_ISSUER is set.

Who the issuer says somebody is must be the staff number of an account here: nobody gets an account by signing in, and
an account that is suspended or has left stays out. A second factor set up here is asked for as after a password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PROVIDER = "house"
APPS = ("allauth.socialaccount", "allauth.socialaccount.providers.openid_connect")


@dataclass(frozen=True)
class Issuer:
    """`claim` is what carries the staff number; `name` is written on the button."""

    url: str
    client: str
    secret: str
    claim: str
    name: str

    @property
    def provider(self) -> str:
        return PROVIDER

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def issuer() -> Issuer | None:
    """The issuer of the environment, None when there is none. Raises ValueError when the client is not named."""
    url = os.environ.get("DISTRICT_OIDC_ISSUER", "").rstrip("/")
    if not url:
        return None
    client, secret = os.environ.get("DISTRICT_OIDC_CLIENT", ""), os.environ.get("DISTRICT_OIDC_SECRET", "")
    if not client or not secret:
        raise ValueError("DISTRICT_OIDC_ISSUER needs DISTRICT_OIDC_CLIENT and DISTRICT_OIDC_SECRET")
    claim = os.environ.get("DISTRICT_OIDC_CLAIM") or "preferred_username"
    return Issuer(url, client, secret, claim, os.environ.get("DISTRICT_OIDC_NAME") or "统一身份认证")


def settings_of(found: Issuer) -> dict[str, Any]:
    """What allauth wants to know about it."""
    app = {
        "provider_id": PROVIDER, "name": found.name, "client_id": found.client, "secret": found.secret,
        "settings": {"server_url": found.url, "uid_field": "sub"},
    }
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}},
        "SOCIALACCOUNT_ADAPTER": "district.kernel.people.house_accounts.HouseAccounts",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
    }
