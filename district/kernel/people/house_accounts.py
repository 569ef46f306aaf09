"""From what the issuer says about somebody to the account here. Loaded only where single sign-on is set up."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from district.kernel.people.audit import record_act
from district.kernel.people.models import Account
from district.kernel.people.request_address import client_address
from district.kernel.people.single_sign_on import issuer


class HouseAccounts(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Finds the account by its staff number each time: it may have been given to somebody else since."""
        number = self._number(sociallogin.account.extra_data)
        account = Account.objects.filter(username__iexact=number).first() if number else None
        known = sociallogin.user if sociallogin.is_existing else None
        if account is None or not account.is_active or (known is not None and known.pk != account.pk):
            record_act(
                account, "sign_in", subject_kind="session", purpose="oidc", result="refused", username=number[:40],
                address=client_address(request),
            )
            messages.error(request, _("您的统一身份没有对应的在用账号，请联系本单位账号管理员"))
            raise ImmediateHttpResponse(redirect("account_login"))
        if known is None:
            sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, *_args: Any, **_more: Any) -> None:
        messages.error(request, _("统一身份认证没有完成，请重试"))
        raise ImmediateHttpResponse(redirect("account_login"))

    def _number(self, said: dict[str, Any]) -> str:
        found = issuer()
        claims = said | said.get("id_token", {}) | said.get("userinfo", {})
        return str(claims.get(found.claim, "")).strip() if found else ""
