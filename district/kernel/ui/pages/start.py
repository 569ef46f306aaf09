"""The start page: the district at a glance, for the public and for staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from district.kernel import clock
from district.kernel.people.access import allow
from district.kernel.ui import overview
from district.kernel.ui.navigation import systems_for
from district.kernel.ui.render import page


@allow("public")
@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Systems the reader may enter, the plan's targets against what was measured, and what is wrong now."""
    entries = systems_for(request.user)
    is_staff = overview.is_staff(request.user)
    return page(request, "ui/start.html", {
        "entries": entries,
        "is_staff": is_staff,
        "targets": overview.targets(),
        "figures": overview.figures(request.user),
        "map": overview.district_map(request.user),
        "alarms": overview.open_alarms(request.user) if is_staff else None,
        "alarms_today": overview.alarms_since(request.user, clock.day_bounds(clock.today())[0]) if is_staff else 0,
    })
