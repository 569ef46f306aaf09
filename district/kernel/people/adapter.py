"""How allauth signs people in here: no signing up, one answer for every failure, secrets of TOTP sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from district.kernel.people import passwords
from district.kernel.people.models import Account
from district.kernel.people.request_address import client_address
from district.kernel.people.sealed_field import seal, unseal

QUIET = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("工号或密码不正确，或账号不能使用"),
        "account_inactive": _("工号或密码不正确，或账号不能使用"),
        "too_many_login_attempts": _("登录失败次数过多，请稍后再试"),
        "incorrect_password": _("密码不正确"),
        "enter_current_password": _("当前密码不正确"),
        "rate_limited": _("操作过于频繁，请稍后再试"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """An account that is suspended or has left gets the answer of a wrong password."""
        account = super().authenticate(request, **credentials)
        return account if account is not None and account.is_active else None

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponseBase:
        """Language and look as the account prefers them, on whatever machine it signs in."""
        response = super().post_login(request, user, **kwargs)
        year_s = 365 * 24 * 3600
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=year_s, samesite="Lax")
        if user.theme:
            response.set_cookie("theme", user.theme, max_age=year_s, samesite="Lax")
        return response

    def set_password(self, user: Account, password: str) -> None:
        passwords.change(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:my_account")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing listens on it

    def add_message(self, request: Any, level: Any, message_template: Any = None, *args: Any, **kwargs: Any) -> None:
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _("验证码不正确")}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
