"""What stands beside a case of this system at the bench of cases."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from district.kernel.cases.models import Case
from district.kernel.ui.render import text_of

from .models import Concern


def beside(request: HttpRequest, case: Case) -> list[Markup]:
    """The way to a village's matter, which is decided on its own page."""
    if not Concern.objects.filter(case=case).exists():
        return []
    text = text_of(request, "affairs/circulation/_beside.html", {"number": case.number})
    return [Markup(text)]  # noqa: S704 - a template's own
