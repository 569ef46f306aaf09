"""Rules every signed-in request passes: idle and absolute limits, a due change of password, a due second factor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pghistory
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.people import session_records
from district.kernel.people.access import roles_of
from district.kernel.people.models import SignIn
from district.kernel.people.passwords import is_change_due
from district.kernel.people.refusals import wants_json
from district.kernel.people.request_address import client_address
from district.kernel.people.session_records import SEEN, SIGN_IN
from district.kernel.vocabulary import PUBLIC

SEEN_EVERY_S = 60
READING = ("GET", "HEAD", "OPTIONS")
BACKGROUND = "X-Background"
"""A page that polls by itself sends this header: it does not count as activity of a person."""


class SessionRules:
    """Middleware. Stands after authentication and before messages are read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            why = session_records.overdue(request.session, clock.now())
            if why is not None:
                _sign_out(request, why)
            else:
                _note_activity(request)
        with _history_context(request):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Sends an account that has a duty of its own to do first (password, second factor) to that page."""
        if SESSION_KEY not in request.session or _is_exempt(request, view) or not request.user.is_authenticated:
            return None
        account: Any = request.user
        if is_change_due(account):
            return _first(request, "account_change_password", "password_change_due", _("密码须先修改"))
        if _lacks_second_factor(account):
            return _first(request, "mfa_activate_totp", "second_factor_due", _("须先启用两步验证"))
        return None


def _sign_out(request: HttpRequest, why: Any) -> None:
    sign_in = SignIn.objects.filter(pk=request.session.get(SIGN_IN)).select_related("account").first()
    if sign_in is not None:
        session_records.end(sign_in, why)
    request.session.pop(SIGN_IN, None)  # the signal of signing out finds nothing more to note
    logout(request)
    request.session["signed_out_because"] = str(why)


def _note_activity(request: HttpRequest) -> None:
    now = clock.now()
    if now.timestamp() - request.session[SEEN] < SEEN_EVERY_S or BACKGROUND in request.headers:
        return
    request.session[SEEN] = now.timestamp()
    SignIn.objects.filter(pk=request.session.get(SIGN_IN)).update(seen_at=now)


def _history_context(request: HttpRequest) -> AbstractContextManager[Any]:
    """What change history notes beside each change: who, by which request, from where."""
    if request.method in READING:
        return nullcontext()
    account: Any = getattr(request, "user", None)
    known = account is not None and account.is_authenticated
    return pghistory.context(
        user=account.pk if known else None, username=account.username if known else "",
        url=request.path, method=request.method, address=client_address(request),
    )


def _is_exempt(request: HttpRequest, view: Callable[..., Any]) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name.startswith(("account_", "mfa_")) or PUBLIC in getattr(view, "allowed_roles", ())


def _lacks_second_factor(account: Any) -> bool:
    required = settings.SECOND_FACTOR_REQUIRED_ROLES
    if not required or roles_of(account).isdisjoint(required):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(account)


def _first(request: HttpRequest, view_name: str, code: str, text: str) -> HttpResponseBase:
    address = reverse(view_name)
    if wants_json(request):
        return JsonResponse({"error": code, "detail": text}, status=403)
    if request.headers.get("HX-Request") == "true":
        answer = JsonResponse({"error": code, "detail": text}, status=403)
        answer["HX-Redirect"] = address
        return answer
    messages.warning(request, text)
    return HttpResponseRedirect(address)
