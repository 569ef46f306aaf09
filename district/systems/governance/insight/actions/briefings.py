"""The briefing of a week: made once the week is over, and kept as its facts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from district.kernel.clock import now, today

from ...models import Trend, TrendKind
from ..briefing import WeekFacts
from ..queries.events import week_of
from ..queries.weeks import week_facts
from .reckoning import reckon_trends


def make_briefing(day: date, *, again: bool = False) -> Trend | None:
    """The briefing of the week that holds `day`; None while that week is not over. Made once, or `again`."""
    _first, last = week_of(day)
    if last >= today():
        return None
    known = Trend.objects.filter(kind=TrendKind.BRIEFING, on=last).first()
    if known is not None and not again:
        return known
    if again or not Trend.objects.filter(kind=TrendKind.FORECAST, on=last).exists():
        reckon_trends(last)
    with transaction.atomic():
        made, _is_new = Trend.objects.update_or_create(
            kind=TrendKind.BRIEFING, on=last, defaults={"result": as_json(week_facts(day)), "made_at": now()}
        )
    return made


def as_json(facts: WeekFacts) -> dict[str, Any]:
    plain = asdict(facts)
    plain["first"], plain["last"] = facts.first.isoformat(), facts.last.isoformat()
    plain["ahead"] = [[day.isoformat(), *numbers] for day, *numbers in facts.ahead]
    return plain


def from_json(plain: dict[str, Any]) -> WeekFacts:
    """The facts as they were when the briefing was made."""
    given = dict(plain)
    given["first"], given["last"] = date.fromisoformat(plain["first"]), date.fromisoformat(plain["last"])
    given["by_kind"] = {key: (now, before) for key, (now, before) in plain["by_kind"].items()}
    given["by_town"] = {key: (now, before) for key, (now, before) in plain["by_town"].items()}
    given["daily"] = tuple(plain["daily"])
    given["ahead"] = [(date.fromisoformat(day), *numbers) for day, *numbers in plain["ahead"]]
    return WeekFacts(**given)
