"""The trips that may be on the road at an instant, by stop: yesterday's service day too, which may end after midnight."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.forms.models import model_to_dict

from ..changes import queries as changes
from ..changes.applying import planned_on, stops_with
from ..editions import queries as editions
from ..models import Change
from .day_plans import DayPlan, day_plan

MOST_PLANS = 6

_plans: dict[tuple[int, date, str], DayPlan] = {}


def plan_of(day: date) -> DayPlan | None:
    """The plan of a service day as it stands now, None without an edition; kept until the edition or a change changes."""
    edition = editions.in_force(day)
    if edition is None:
        return None
    schedule = editions.schedule_of(edition.pk)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(schedule.timezone))
    in_force = changes.in_force(midnight - timedelta(hours=1), midnight + timedelta(hours=30))
    key = (edition.pk, day, json.dumps([_facts(each) for each in in_force], default=str))
    if key not in _plans:
        while len(_plans) >= MOST_PLANS:
            _plans.pop(next(iter(_plans)), None)
        told = [changes.told(each) for each in in_force]
        _plans[key] = day_plan(edition.pk, schedule, day, planned_on(schedule, day, told), stops_with(schedule, told))
    return _plans[key]


def plans_around(at: datetime) -> list[DayPlan]:
    """The service days whose trips may be driven at an instant: yesterday and today, where the timetable is."""
    edition = editions.in_force(at.date())
    here = at.astimezone(ZoneInfo(editions.schedule_of(edition.pk).timezone)).date() if edition else at.date()
    return [plan for day in (here - timedelta(days=1), here) if (plan := plan_of(day)) is not None]


def _facts(change: Change) -> dict[str, object]:
    return model_to_dict(change, exclude=["made_by", "made_at"])
