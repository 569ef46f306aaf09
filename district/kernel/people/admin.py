"""The door to plain upkeep: for the operator alone, by our own sign-in, and without accounts, sign-in and audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from district.kernel.people.access import OPERATOR, allow
from district.kernel.vocabulary import PUBLIC

_plain_view = admin.site.admin_view


def _guarded_view(view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
    return allow(OPERATOR)(_plain_view(view, cacheable))


def _sign_in(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
    """One sign-in for everything: lockout, second factor and limits of sessions hold here too."""
    target = reverse("admin:index")
    if request.user.is_authenticated:
        return redirect(target)
    return redirect_to_login(request.GET.get("next") or target, resolve_url(settings.LOGIN_URL))


def _change_password(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
    return redirect("account_change_password")


admin.site.admin_view = _guarded_view
admin.site.allowed_roles = frozenset({OPERATOR})
admin.site.login = allow(PUBLIC)(_sign_in)
admin.site.password_change = _change_password

for model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
