"""The small frame of passengers' pages: own style, system fonts, no library, nothing personal, so that anybody may keep it.

    return light_page(request, "transit/public/home.html", {…})

Templates extend `transit/public/frame.html`; see there for its blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from district.kernel.ui.live import door_url
from district.kernel.ui.render import page

from .instants import clock_of, moment_of
from .words import script_words

TYPE_COOKIE = "bus_type"
TYPES = ("plain", "large", "huge")
KEPT_S = 15
"""So long anything between may keep a page; what changes by the second comes as JSON or by the live door."""


def light_page(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200,
               kept_s: int = KEPT_S, is_form: bool = False) -> HttpResponse:  # fmt: skip
    """A page in the small frame. A form's page is nobody else's: it holds a token."""
    size = request.COOKIES.get(TYPE_COOKIE, TYPES[0])
    shared = {
        "type": size if size in TYPES else TYPES[0], "tabs": tabs(), "script_words": script_words(),
        "live_door": door_url(request), "clock_of": clock_of, "moment_of": moment_of,
        "is_english": request.LANGUAGE_CODE == "en",
    }  # fmt: skip
    answer = page(request, template, {**shared, **(context or {})}, status=status)
    if is_form:
        answer["Cache-Control"] = "no-store"
    else:
        answer["Cache-Control"] = f"public, max-age={kept_s}"
        patch_vary_headers(answer, ("Cookie",))
    return answer


def tabs() -> list[tuple[str, str, str]]:
    """What stands at the foot of every page: name of the view, words, address; those that there are."""
    wanted = (
        ("departures", _("到站")), ("plan", _("出行规划")), ("information", _("资讯")), ("top_up", _("充值")),
        ("feedback", _("反馈")),
    )  # fmt: skip
    found = []
    for name, words in wanted:
        try:
            found.append((name, words, reverse(f"transit:{name}")))
        except NoReverseMatch:
            continue
    return found
