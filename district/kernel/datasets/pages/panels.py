"""Panels this package itself brings to the page of an entry."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from district.kernel.datasets.models import Dimension, Resource
from district.kernel.datasets.pages import words
from district.kernel.datasets.panels import panel
from district.kernel.datasets.quality.judging import last_score
from district.kernel.people.access import live_duties
from district.kernel.ui.render import text_of

SHOWN_VERSIONS = 10


@panel("versions", order=20)
def versions(request: HttpRequest, resource: Resource) -> Markup | None:
    """The versions of an entry whose rows are in the lake."""
    found = list(resource.versions.all()[:SHOWN_VERSIONS])
    if not found:
        return None
    return Markup(text_of(request, "datasets/_versions.html", {"versions": found, "maker": words.maker}))  # noqa: S704 - an escaped template


@panel("quality", order=30)
def quality(request: HttpRequest, resource: Resource) -> Markup | None:
    """The last score, and the ways to quality, versions and lineage; for staff."""
    score = last_score(resource)
    if score is None or not live_duties(request.user):
        return None
    context = {"resource": resource, "score": score, "dimensions": dict(Dimension.choices)}
    return Markup(text_of(request, "datasets/_quality.html", context))  # noqa: S704 - an escaped template
