"""Pages of grants, and `/oauth/token`: tokens for programs (RFC 6749 section 4.4)."""

from __future__ import annotations

from django.urls import URLPattern, path
from oauth2_provider.views import RevokeTokenView, TokenView

from district.kernel.grants import pages
from district.kernel.people.access import allow

urlpatterns: list[URLPattern] = [
    path("oauth/token", allow("public")(TokenView.as_view()), name="token"),
    path("oauth/revoke", allow("public")(RevokeTokenView.as_view()), name="revoke"),
    path("data-requests/", pages.requests, name="requests"),
    path("data-requests/needs/", pages.needs, name="needs"),
    path("data-requests/ask/<str:name>/", pages.ask, name="ask"),
    path("data-requests/<str:number>/", pages.request_detail, name="request"),
    path("data-grants/", pages.grants, name="grants"),
    path("data-grants/clients/", pages.clients, name="clients"),
    path("data-grants/uses/", pages.uses, name="uses"),
    path("data-grants/uses/check/", pages.check_uses, name="check_uses"),
    path("data-grants/desk/", pages.desk, name="desk"),
    path("data-grants/files/<str:key>/", pages.export, name="export"),
    path("data-grants/<str:number>/", pages.grant, name="grant"),
    path("data-grants/<str:number>/files/", pages.exports, name="exports"),
    path("data-objections/", pages.objections, name="objections"),
    path("data-objections/new/<str:name>/", pages.new_objection, name="new_objection"),
    path("data-objections/<str:number>/", pages.objection, name="objection"),
    path("my-data/", pages.my_data, name="my_data"),
]
