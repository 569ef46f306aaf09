"""Signing in and out, confirming, passwords and second factor: the views of allauth we use, each with its readers.

They stand without a namespace, because allauth asks for them by these names. There is no signing up and no reset by
mail: accounts are opened and reset by an administrator.
"""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path

from district.kernel.people.access import SELF, allow
from district.kernel.people.single_sign_on import issuer
from district.kernel.vocabulary import PUBLIC


def change_password(request: HttpRequest) -> HttpResponseBase:
    """An account that signs in elsewhere (OIDC) has no password here to change."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("people:my_account")
    return account_views.password_change(request)


def begin_again(request: HttpRequest) -> HttpResponseBase:
    """What was broken off or refused elsewhere is begun again here."""
    return redirect("account_login")


urlpatterns = [
    path("sign-in/", allow(PUBLIC)(account_views.login), name="account_login"),
    path("sign-in/code/", allow(PUBLIC)(factor_views.authenticate), name="mfa_authenticate"),
    path("sign-in/inactive/", allow(PUBLIC)(account_views.account_inactive), name="account_inactive"),
    path("sign-out/", allow(PUBLIC)(account_views.logout), name="account_logout"),
    path("account/confirm/", allow(SELF)(account_views.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", allow(SELF)(factor_views.reauthenticate), name="mfa_reauthenticate"),
    path("account/password/", allow(SELF)(change_password), name="account_change_password"),
    path("account/second-factor/", allow(SELF)(factor_views.index), name="mfa_index"),
    path("account/second-factor/activate/", allow(SELF)(totp_views.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/deactivate/", allow(SELF)(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/", allow(SELF)(code_views.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "account/second-factor/codes/new/",
        allow(SELF)(code_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]

if issuer() is not None:
    from allauth.socialaccount.providers.openid_connect import views as issuer_views

    urlpatterns += [
        path("sign-in/<str:provider_id>/", allow(PUBLIC)(issuer_views.login), name="openid_connect_login"),
        path("sign-in/<str:provider_id>/back/", allow(PUBLIC)(issuer_views.callback), name="openid_connect_callback"),
        path("sign-in/house/cancelled/", allow(PUBLIC)(begin_again), name="socialaccount_login_cancelled"),
        path("sign-in/house/error/", allow(PUBLIC)(begin_again), name="socialaccount_login_error"),
    ]
