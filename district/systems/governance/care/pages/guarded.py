"""A view inside the guarded tables: everything it reads and renders is what the signed-in account's duties reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from district.kernel.people.request_address import client_address

from ..refused import Refused
from ..row_security import opened

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def in_care(view: View) -> View:
    """Opens the guarded tables for the reader of the page; what is out of reach is not found. Nothing is cached."""

    @wraps(view)
    def inside(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        try:
            with opened(request.user):
                answer = view(request, *arguments, **named)
        except Refused as refusal:
            if refusal.code != "not_found":
                raise
            raise Http404(str(refusal)) from refusal
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    return inside  # type: ignore[return-value]


def address_of(request: HttpRequest) -> str:
    return client_address(request) or ""


def attempt(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Carries out an act and says so, or says why it is refused."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True
