"""Signing in of programs, and who they are. `POST /v1/sessions` is open: it is where a credential is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from district.kernel.forms.central import problems, shown
from district.kernel.forms.central.bodies import json_of, text_in
from district.kernel.forms.central.entering import account_of, by_password, digest, live_session, open_session
from district.kernel.forms.models import ApiSession


def answer(found: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(found, safe=False, status=status, json_dumps_params={"ensure_ascii": False})


def success() -> JsonResponse:
    return answer({"success": True})


def opened(request: HttpRequest) -> HttpResponse:
    """`{"email": 工号, "password"}` → a token for 24 hours; `email` is Central's word for the name one signs in with."""
    given = json_of(request)
    account = by_password(request, text_in(given, "email"), text_in(given, "password"))
    session, token = open_session(request, account)
    return answer(
        {
            "token": token,
            "csrf": "",
            "createdAt": shown.time(session.created_at),
            "expiresAt": shown.time(session.expires_at),
        }
    )


def restored(request: HttpRequest) -> HttpResponse:
    """The session of the token that asks."""
    token = request.headers.get("Authorization", "").partition(" ")[2].strip()
    session = live_session(token)
    if session is None:
        raise problems.Problem(404.1, "Could not find the resource you were looking for.")
    return answer({"createdAt": shown.time(session.created_at), "expiresAt": shown.time(session.expires_at)})


def closed(request: HttpRequest, token: str) -> HttpResponse:
    """Ends a session: `current` that of the token that asks, else the one named, of the same account."""
    account = account_of(request)
    if account is None:
        raise problems.not_signed_in()
    own = request.headers.get("Authorization", "").partition(" ")[2].strip()
    named = own if token == "current" else token  # noqa: S105 - a word of the address
    gone, _each = ApiSession.objects.filter(token_hash=digest(named), account=account).delete()
    if not gone:
        raise problems.no_rights()
    return success()


def current_user(request: HttpRequest) -> HttpResponse:
    return answer(shown.user(request.user))
