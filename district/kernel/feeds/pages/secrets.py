"""A secret is shown once, with what the receiver's programmer has to know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from district.kernel.feeds.api import PREFIX
from district.kernel.feeds.models import Subscription
from district.kernel.feeds.signing import TOLERANCE_S
from district.kernel.ui.live import door_url
from district.kernel.ui.render import page


def secret_page(request: HttpRequest, subscription: Subscription, secret: str) -> HttpResponseBase:
    answer = page(
        request, "feeds/secret.html",
        {
            "subscription": subscription, "secret": secret, "tolerance_s": TOLERANCE_S,
            **addresses_of(request, subscription),
        },
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def addresses_of(request: HttpRequest, subscription: Subscription) -> dict[str, str]:
    """Where the same changes are read instead of being sent: `pull` page by page, `stream` as they happen."""
    name = subscription.grant.resource.name
    return {
        "pull": request.build_absolute_uri(f"/api{PREFIX}/{name}/changes?after=0"),
        "stream": f"{door_url(request)}/stream/{name}",
    }
