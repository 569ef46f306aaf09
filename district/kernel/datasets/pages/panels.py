"""Panels this package itself brings to the page of an entry."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from district.kernel.datasets.models import Resource
from district.kernel.datasets.panels import panel
from district.kernel.ui.render import text_of

SHOWN_VERSIONS = 10


@panel("versions", order=20)
def versions(request: HttpRequest, resource: Resource) -> Markup | None:
    """The versions of an entry whose rows are in the lake."""
    found = list(resource.versions.all()[:SHOWN_VERSIONS])
    if not found:
        return None
    return Markup(text_of(request, "datasets/_versions.html", {"versions": found}))  # noqa: S704 - an escaped template
