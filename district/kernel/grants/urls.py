"""`/oauth/token`: tokens for programs (RFC 6749 section 4.4)."""

from __future__ import annotations

from django.urls import URLPattern, path
from oauth2_provider.views import RevokeTokenView, TokenView

from district.kernel.people.access import allow

urlpatterns: list[URLPattern] = [
    path("oauth/token", allow("public")(TokenView.as_view()), name="token"),
    path("oauth/revoke", allow("public")(RevokeTokenView.as_view()), name="revoke"),
]
