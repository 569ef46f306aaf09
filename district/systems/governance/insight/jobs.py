"""Background work of the trends. Every run can be repeated without harm."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import today
from district.kernel.jobs import every

from ..models import Trend, TrendKind
from .actions.briefings import make_briefing
from .actions.reckoning import reckon_trends
from .queries.trends import last_whole_day


@every("40 1 * * *")
def reckon_the_day() -> None:
    """Yesterday is over: hot spots, forecast and warnings anew."""
    reckon_trends(last_whole_day())


@every("*/10 * * * *")
def reckon_what_is_missing() -> None:
    """After a start on a later day, or on the first, nobody waits until the night."""
    if not Trend.objects.filter(kind=TrendKind.FORECAST, on=last_whole_day()).exists():
        reckon_trends(last_whole_day())
    make_briefing(today() - timedelta(days=7))


@every("10 7 * * 1")
def write_the_weekly_briefing() -> None:
    """On Monday morning, of the week that is over."""
    make_briefing(today() - timedelta(days=7))
