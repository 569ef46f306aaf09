"""What is shown in public now, as data that pages and screens share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.clock import CHINA, day_bounds, now, today
from district.kernel.places.geo import distance_m

from ..models import Bulletin, Release, Shop, Weather
from ..weather_kinds import kind_of

NEAR_M = 600.0
REACH = timedelta(days=8)
"""So many days ahead a report tells at most."""
FRESH = timedelta(hours=24)
"""A weather report older than that is not shown as today's any more."""


def bulletins_shown(kind: str = "") -> QuerySet[Bulletin]:
    """Released and within their time, urgent ones first, then the newest."""
    at = now()
    found = Bulletin.objects.filter(
        Q(end_at__isnull=True) | Q(end_at__gt=at), state=Release.PUBLISHED, begin_at__lte=at
    )
    return (found.filter(kind=kind) if kind else found).order_by("-is_urgent", "-begin_at", "-pk")


def bulletins_for(stops: Sequence[str], lines: Iterable[str], kinds: Iterable[str]) -> list[Bulletin]:
    """Those about everything, or about one of the stops or lines."""
    wanted = Q(lines=[], stops=[]) | Q(stops__overlap=list(stops)) | Q(lines__overlap=list(lines))
    return list(bulletins_shown().filter(wanted, kind__in=list(kinds))[:40])


def services_found(asked: str, topic: str = "") -> list[Bulletin]:
    """市政信息 by words of title, text, address or topic."""
    found = bulletins_shown("municipal")
    if topic:
        found = found.filter(topic=topic)
    for word in asked.split()[:5]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(address__icontains=word)
            | Q(topic__icontains=word)
        )
    return list(found[:100])


def topics_shown() -> list[str]:
    named = bulletins_shown("municipal").exclude(topic="").order_by("topic")
    return list(named.values_list("topic", flat=True).distinct())


def shops_shown(on: date | None = None) -> QuerySet[Shop]:
    on = on or today()
    return Shop.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), state=Release.PUBLISHED)


def shops_near(
    places: Sequence[tuple[float, float]], most_m: float = NEAR_M, count: int = 20
) -> list[tuple[Shop, float]]:
    """Shops within reach of the places (lon, lat), with the metres to the nearest of them, nearest first."""
    found = [
        (shop, min(distance_m(shop.lon, shop.lat, *place) for place in places)) for shop in shops_shown() if places
    ]  # fmt: skip
    return sorted((pair for pair in found if pair[1] <= most_m), key=lambda pair: pair[1])[:count]


def weather_kinds(days: Iterable[date]) -> dict[date, str]:
    """By day the kind of weather as told last before its end; days that no report speaks of are missing."""
    wanted = sorted(set(days))
    if not wanted:
        return {}
    begin, end = day_bounds(wanted[0])[0] - REACH, day_bounds(wanted[-1])[1]
    found: dict[date, str] = {}
    for report in Weather.objects.filter(issued_at__gte=begin, issued_at__lt=end).order_by("issued_at", "pk"):
        for told in report.days:
            with suppress(ValueError):
                day = date.fromisoformat(str(told["day"]))
                if day in wanted and report.issued_at < day_bounds(day)[1] and (kind := kind_of(str(told.get("text") or ""))):
                    found[day] = kind
    return found


def weather_now() -> dict[str, Any] | None:
    """The newest report from today on; `is_old` when it was given out more than FRESH ago."""
    report = Weather.objects.first()
    if report is None:
        return None
    at = now()
    days = [each for each in report.days if each["day"] >= at.astimezone(CHINA).date().isoformat()]
    is_warning = bool(report.warning) and (report.warning_until is None or report.warning_until > at)
    return {
        "issued": round(report.issued_at.timestamp()), "days": days, "source": report.source,
        "warning": report.warning if is_warning else "",
        "warning_until": round(report.warning_until.timestamp()) if is_warning and report.warning_until else None,
        "is_old": at - report.issued_at > FRESH, "is_simulated": report.is_simulated,
    }  # fmt: skip
