"""What the page of a catalogue entry says about sharing: what one has, how to ask, who has it."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from district.kernel.datasets.models import Resource, Shelf
from district.kernel.datasets.panels import panel
from district.kernel.grants import queries, rules
from district.kernel.grants.pages.requests import ask
from district.kernel.grants.pages.words import GRANT_COLOURS, MASK_WORDS
from district.kernel.grants.viewers import viewer_of
from district.kernel.people.access import allows
from district.kernel.ui.render import text_of


@panel("sharing", order=10)
def sharing(request: HttpRequest, resource: Resource) -> Markup | None:
    if resource.shelf != Shelf.PUBLISHED or not allows(ask, request.user):
        return None
    viewer = viewer_of(request.user)
    rule = rules.columns_and_rows(viewer, resource)
    context = {
        "resource": resource,
        "rule": rule if rule is not None and rule.grant_id is not None else None,
        "masks": MASK_WORDS,
        "is_own": resource.provider_id == viewer.organisation_id,
        "grants": queries.grants_seen_by(request.user).filter(resource=resource)[:10],
        "colours": GRANT_COLOURS,
    }
    return Markup(text_of(request, "grants/_sharing.html", context))  # noqa: S704 - an escaped template
