"""A page for a phone on a slow line: its own small frame, large type, no fonts, no maps, no library.

The frame of the platform weighs more than this whole page may. What the browser is allowed is the same, and the
microphone beside, for voice notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

from district.kernel.ui.render import page

TYPE_COOKIE = "desk_type"
TYPES = ("large", "huge")
STATIC = ("desk.css", "desk.js", "outbox.js", "recorder.js")
PERMISSIONS = "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), interest-cohort=()"


def light_page(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A template of `affairs/desk/` in the small frame."""
    size = request.COOKIES.get(TYPE_COOKIE, TYPES[0])
    shared = {"type": size if size in TYPES else TYPES[0], "account_id": request.user.pk}
    answer = page(request, f"affairs/desk/{name}.html", {**shared, **(context or {})}, status=status)
    answer["Permissions-Policy"] = PERMISSIONS
    return answer


def shell_addresses() -> list[str]:
    """What the phone keeps for when there is no line: pages without anybody's name, and what they are made of."""
    pages = [reverse("affairs:desk"), reverse("affairs:desk_visit"), reverse("affairs:desk_new")]
    return [*pages, *(static(f"affairs/desk/{name}") for name in STATIC)]
