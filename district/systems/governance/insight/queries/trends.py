"""The newest trends, reckoned on the spot when none were yet."""

from __future__ import annotations

from datetime import date, timedelta

from district.kernel.clock import today

from ...models import Trend, TrendKind


def last_whole_day() -> date:
    """Yesterday: today is not over, and a day counted in part would look quiet."""
    return today() - timedelta(days=1)


def newest(kind: TrendKind) -> Trend | None:
    """The newest result of a kind."""
    return Trend.objects.filter(kind=kind, on__lte=last_whole_day()).order_by("-on").first()
