"""Who asks: by a token (`Authorization: Bearer`), a password (`Basic`), the key of a phone in the path, or a session.

A session of the pages may only read: what changes something needs a credential that a foreign page cannot send along.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import wraps
from typing import Any

import pghistory
from django.contrib.auth import authenticate
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from district.kernel.clock import now
from district.kernel.forms.central import problems
from district.kernel.forms.central.problems import Problem
from district.kernel.forms.models import ApiSession, AppUser
from district.kernel.people import access
from district.kernel.people.audit import record_act
from district.kernel.people.passwords import is_change_due
from district.kernel.people.refusals import note_refusal
from district.kernel.people.request_address import client_address
from district.kernel.vocabulary import PUBLIC

View = Callable[..., HttpResponseBase]
SESSION_LASTS = timedelta(hours=24)
USED_EVERY = timedelta(minutes=10)
READING = ("GET", "HEAD", "OPTIONS")
TOKEN_BYTES = 48


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """64 characters, as Central's."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def door(
    roles: tuple[str, ...], methods: Mapping[str, View], *, is_openrosa: bool = False, is_keyed: bool = False
) -> View:
    """One address: a view for each method, for holders of `roles`. Errors are written as Central writes them.

    `is_keyed`: the address itself carries the key of a phone, which names the account; whoever has none gets nothing.
    """

    @access.allow(*((PUBLIC,) if is_keyed else roles))
    def dispatched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_keyed:
            _by_key(request, kwargs.pop("key"), kwargs.get("project_id"))
            if not access.may(request.user, *roles):
                raise problems.no_rights()
        view = methods.get(str(request.method)) or (methods.get("GET") if request.method == "HEAD" else None)
        if view is None:
            answer = HttpResponse(status=405)
            answer["Allow"] = ", ".join(methods)
            return answer
        with _history(request):
            return view(request, *args, **kwargs)

    @csrf_exempt
    @wraps(dispatched)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if not is_keyed and PUBLIC not in roles:
                _sign_in(request, roles, is_openrosa)
            answer = dispatched(request, *args, **kwargs)
        except (RequestDataTooBig, TooManyFilesSent, MultiPartParserError) as error:
            answer = _refused(request, Problem(400.7, str(error) or _("上传的内容不完整")), is_openrosa)
        except Exception as error:
            found = problems.problem_of(error)
            if found is None:
                raise
            answer = _refused(request, found, is_openrosa)
        if is_openrosa:
            answer["X-OpenRosa-Version"] = "1.0"
            answer["X-OpenRosa-Accept-Content-Length"] = str(MOST_BYTES)
            answer["Date"] = http_date()
        return answer

    noted: Any = entered
    noted.allowed_roles = dispatched.allowed_roles  # type: ignore[attr-defined]
    return noted


def _history(request: HttpRequest) -> AbstractContextManager[Any]:
    """Change history notes who it was, and the address without the key in it."""
    if request.method in READING:
        return nullcontext()
    account: Any = request.user
    known = account.is_authenticated
    address = re.sub(r"^/v1/key/[^/]+", "/v1/key/…", request.path)
    return pghistory.context(
        user=account.pk if known else None, username=account.username if known else "", url=address
    )


MOST_BYTES = 100 * 1024 * 1024
"""Of one post of a phone."""


def http_date() -> str:
    from django.utils.http import http_date as written

    return written(now().timestamp())


def _refused(request: HttpRequest, problem: Problem, is_openrosa: bool) -> HttpResponse:
    if not is_openrosa:
        return problems.as_json(problem)
    if problem.code == 403.1 and "Authorization" in request.headers:
        # A phone asks its owner for another name and password only when it is told 401.
        problem = Problem(401.2, problem.message, **problem.details)
    return problems.as_openrosa(request, problem)


def _sign_in(request: HttpRequest, roles: tuple[str, ...], is_openrosa: bool) -> None:
    account = account_of(request)
    if account is not None:
        request.user = account
    elif not request.user.is_authenticated or request.method not in READING:
        raise (
            Problem(401.4, "This resource requires authentication.")
            if is_openrosa
            else problems.not_signed_in()
        )
    if not access.may(request.user, *roles):
        note_refusal(request)
        raise problems.no_rights()


def account_of(request: HttpRequest) -> Any:
    """The account of the credential a request carries; None when it carries none. Raises 401.2 for a wrong one."""
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        session = live_session(value.strip())
        if session is None:
            raise problems.not_signed_in()
        return session.account
    if scheme.lower() == "basic":
        try:
            username, _colon, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise problems.not_signed_in() from error
        return by_password(request, username, password)
    return None


def live_session(token: str) -> ApiSession | None:
    """The session of that token, unless it is over or its account is."""
    found = (
        ApiSession.objects.filter(token_hash=digest(token), expires_at__gt=now())
        .select_related("account__organisation")
        .first()
    )
    return found if found is not None and found.account.is_active else None


def by_password(request: HttpRequest, username: str, password: str) -> Any:
    """The account, counted and locked as on the sign-in page. Raises 401.2.

    One that has a second factor, or has to change its password first, signs in on the page: a password alone does not
    open what needs more.
    """
    account: Any = authenticate(request, username=username, password=password)
    if account is None:
        raise problems.not_signed_in()
    if is_change_due(account):
        raise Problem(401.2, _("密码须先在网页上修改"), reason="password_change_due")
    if _has_second_factor(account):
        raise Problem(
            401.2, _("已启用两步验证的账号不能只用密码登录接口，请登记手机后使用"), reason="second_factor"
        )
    return account


def _has_second_factor(account: Any) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(account))


def open_session(request: HttpRequest, account: Any) -> tuple[ApiSession, str]:
    """A new session and its token, which is told this once."""
    token = new_token()
    ApiSession.objects.filter(account=account, expires_at__lte=now()).delete()
    made = ApiSession.objects.create(
        account=account, token_hash=digest(token), expires_at=now() + SESSION_LASTS
    )
    record_act(
        account, "sign_in", subject_kind="api_session", subject=str(made.pk), address=client_address(request)
    )
    return made, token


def _by_key(request: HttpRequest, key: str, project_id: int | None) -> None:
    """Sets the account of a phone. Raises 403.1 for a key that opens nothing (here)."""
    phone = (
        AppUser.objects.filter(token_hash=digest(key), revoked_at=None)
        .select_related("account__organisation", "project")
        .first()
    )
    if (
        phone is None
        or not phone.account.is_active
        or (project_id is not None and phone.project_id != project_id)
    ):
        raise problems.no_rights()
    if phone.last_used_at is None or now() - phone.last_used_at > USED_EVERY:
        AppUser.objects.filter(pk=phone.pk).update(last_used_at=now())
    request.user = phone.account
    request.app_user = phone


def phone_of(request: HttpRequest) -> AppUser | None:
    """The phone whose key the address carries."""
    return getattr(request, "app_user", None)
