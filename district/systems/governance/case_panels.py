"""What stands beside a case of governance: who and what can help near its place."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from district.kernel.cases.models import Case
from district.kernel.ui.render import text_of

from .grid.queries.nearby import help_near


def beside(request: HttpRequest, case: Case) -> list[Markup]:
    """Nothing for a case without a place, or one that is over."""
    if case.lon is None or case.lat is None or case.closed_at is not None:
        return []
    found = help_near(case.lon, case.lat, request.user)
    return [Markup(text_of(request, "governance/grid/_nearby.html", {"found": found}))]  # noqa: S704 - a template's own
