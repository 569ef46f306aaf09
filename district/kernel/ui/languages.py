"""Chinese first: a reader gets Chinese until they choose otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


def pick(thing: Any) -> str:
    """The name of a manifest's thing (`zh`, `en`) in the language of the page."""
    return thing.en if is_english() else thing.zh


def is_english() -> bool:
    """Whether the current page is in English."""
    return (translation.get_language() or "").startswith("en")


class ChosenLanguage:
    """Middleware: the language of the cookie, Chinese without one.

    `Accept-Language` is left alone on purpose: a public office speaks Chinese unless asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            answer = self.get_response(request)
        answer.setdefault("Content-Language", language)
        return answer
