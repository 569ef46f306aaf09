"""What is noted when somebody signs in or out, tries to, or changes how they do. Connected in `apps.ready`."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils.translation import gettext as _

from district.kernel.people import session_records
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, SignIn
from district.kernel.people.request_address import client_address

LOCKED_STATUS = 429


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    session_records.begin(request, user)
    _note(request, user, "sign_in")


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        _note(request, None, "sign_in", result="refused", username=str(credentials.get("username", "")))


@receiver(user_locked_out)
def _locked(request: HttpRequest, username: str | None = None, **_: Any) -> None:
    _note(request, None, "sign_in", result="locked", username=username or "")


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: Account | None, **_: Any) -> None:
    sign_in = SignIn.objects.filter(pk=request.session.get(session_records.SIGN_IN)).select_related("account").first()
    if sign_in is not None and user is not None:
        session_records.end(sign_in, SignIn.End.SIGNED_OUT)


@receiver(account_signals.password_changed)
def _password_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    """Every other session ends; this one goes on under its new key."""
    key = request.session.session_key or ""
    SignIn.objects.filter(pk=request.session.get(session_records.SIGN_IN)).update(session_key=key)
    session_records.end_all(user, SignIn.End.PASSWORD, but=key)
    _note(request, user, "password_changed")


@receiver(factor_signals.authenticator_added)
def _factor_added(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _note(request, user, "second_factor_added", fields=[authenticator.type])


@receiver(factor_signals.authenticator_removed)
def _factor_removed(request: HttpRequest, user: Account, authenticator: Any, **_: Any) -> None:
    _note(request, user, "second_factor_removed", fields=[authenticator.type])


@receiver(factor_signals.authentication_failed)
def _wrong_code(request: HttpRequest, user: Account, **_: Any) -> None:
    _note(request, user, "second_factor", result="refused")


def _note(request: HttpRequest, account: Account | None, action: str, **more: Any) -> None:
    record_act(account, action, subject_kind="session", address=client_address(request), **more)


def claimed_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Who somebody says they are, in one spelling: accounts are found in any case, so failures count in any case."""
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return str(given).strip().casefold()[:150]


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """The answer to a locked account: the same whether the account exists or not, and however right the password."""
    context = {"form": None, "locked": _("登录失败次数过多，请 30 分钟后再试")}
    text = engines["jinja2"].get_template("account/login.html").render(context, request)
    return HttpResponse(text, status=LOCKED_STATUS)
