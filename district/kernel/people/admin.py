"""The door to plain upkeep: signing in and changing passwords go through our own pages, with all their rules."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


def _change_password(request: HttpRequest, extra_context: object = None) -> HttpResponseBase:
    return redirect("account_change_password")


admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = _change_password
