"""From a view to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A whole page or a fragment, always by Jinja2: `page(request, "environment/stations.html", {"table": table})`."""
    return HttpResponse(text_of(request, template, context), status=status)


def text_of(request: HttpRequest | None, template: str, context: Mapping[str, Any] | None = None) -> str:
    """The text of a template; without a request there is no shell, CSRF field or account."""
    return engines["jinja2"].get_template(template).render(dict(context or {}), request)
