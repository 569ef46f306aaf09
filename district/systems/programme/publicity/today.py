"""What of publicity is late."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, day_bounds

from ..today.lines import Kind, Line
from .queries import late_steps


def lines(at: datetime) -> list[Line]:
    """Steps of plans whose day is over."""
    return [
        Line(
            Kind.LATE,
            _("宣传事项逾期：%(t)s") % {"t": step.title},
            reverse("programme:publicity_thing", args=["plan", step.plan_id]),
            day_bounds(step.due_on)[1],
            step.unit.label,
            step.plan.is_simulated,
        )
        for step in late_steps(at.astimezone(CHINA).date())
    ]
