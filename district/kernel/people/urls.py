"""Addresses in the namespace `people`. Those of signing in are in `account_urls` (allauth wants them without one)."""

from __future__ import annotations

from django.urls import path

from district.kernel.people.pages import accounts, audit_log, my_account, organisations

urlpatterns = [
    path("account/", my_account.my_account, name="my_account"),
    path("account/profile/", my_account.save_profile, name="save_profile"),
    path("account/preferences/", my_account.save_preferences, name="save_preferences"),
    path("account/sessions/others/end/", my_account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", my_account.end_session, name="end_session"),
    path("staff/organisations/", organisations.organisations, name="organisations"),
    path("staff/audit/", audit_log.audit_log, name="audit_log"),
    path("staff/audit/verify/", audit_log.verify, name="verify_audit"),
    path("staff/audit/export/", audit_log.export_audit, name="export_audit"),
    path("staff/accounts/", accounts.accounts, name="accounts"),
    path("staff/new-account/", accounts.new_account, name="new_account"),
    path("staff/accounts/<str:username>/", accounts.account, name="account"),
    path("staff/accounts/<str:username>/phone/", accounts.reveal_phone, name="reveal_phone"),
    path("staff/accounts/<str:username>/move/", accounts.move, name="move"),
    path("staff/accounts/<str:username>/sessions/end/", accounts.end_sessions, name="end_sessions"),
    path("staff/accounts/<str:username>/duties/", accounts.grant_duty, name="grant_duty"),
    path("staff/accounts/<str:username>/duties/<int:pk>/end/", accounts.end_duty, name="end_duty"),
    path("staff/accounts/<str:username>/steps/<slug:step>/", accounts.take_step, name="take_step"),
]
