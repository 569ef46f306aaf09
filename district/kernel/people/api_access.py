"""Who may use a route of an API: `@router.get("stations", auth=ApiRoles("environment.officer", "environment.reader"))`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import APIKeyCookie

from district.kernel.people.access import may
from district.kernel.people.refusals import note_refusal
from district.kernel.people.roles import is_known


class ApiRoles(APIKeyCookie):
    """The session of the pages, with its CSRF check for whatever changes something. `public` admits everybody.

    Raises ValueError at import for a role that no manifest names, or for none at all.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *role_keys: str) -> None:
        self.allowed_roles = frozenset(role_keys)
        unknown = sorted(key for key in self.allowed_roles if not is_known(key))
        if unknown or not role_keys:
            raise ValueError(f"ApiRoles(): unknown roles {unknown}" if unknown else "ApiRoles() needs a role")
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """None (401) for nobody, HttpError 403 for somebody without such a duty."""
        account = request.user
        if may(account, *self.allowed_roles):
            return account
        if not account.is_authenticated:
            return None
        raise HttpError(403, note_refusal(request))
