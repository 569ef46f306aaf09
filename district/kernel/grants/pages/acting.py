"""A button on a page: runs an act, says what came of it, goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from district.kernel.people.refused import Refused


def acted(request: HttpRequest, act: Callable[[], Any], said: str, back: str) -> HttpResponseBase:
    """Whatever the rules do not permit is said on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(back)


def put_to(form: forms.Form, refused: Refused) -> None:
    """A refusal where it belongs: at its field, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
