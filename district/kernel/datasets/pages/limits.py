"""Public addresses with a limit per minute and place: 429 with Retry-After beyond it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.datasets.visits import TooOften, count_visit
from district.kernel.people.refusals import wants_json
from district.kernel.ui.render import page

Refusal = Callable[[HttpRequest, str], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def at_most(most: int, what: str, refused: Refusal | None = None) -> Callable[[View], View]:
    """So many requests a minute of `what` for each address. `refused` makes the answer of the text; a page otherwise."""

    def limited(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
            try:
                count_visit(request, what, most)
            except TooOften as late:
                said = (refused or _said)(request, _("请求过于频繁，请稍后再试"))
                said.status_code = 429
                said["Retry-After"] = str(late.wait_s)
                return said
            return view(request, *given, **named)

        return answer

    return limited


def _said(request: HttpRequest, text: str) -> HttpResponseBase:
    if wants_json(request) or "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return page(request, "ui/error.html", {"code": 429, "title": _("请稍后再试"), "text": text})
