"""How numbers and moments are written for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from district.kernel import clock

NOTHING = "—"


def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """`12345.6` → `12,345.6`; nothing or not-a-number → `—`. Without `decimals` at most four, no trailing zeros."""
    if value is None or value == "" or value != value:
        return NOTHING
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def percent(value: float | None, decimals: int = 1) -> str:
    """`83.25` → `83.3%`: the value is in hundredths already."""
    text = number(value, decimals)
    return text if text == NOTHING else f"{text}%"


def day(value: date | datetime | None) -> str:
    """`2026-11-03`, in China Standard Time."""
    if value is None:
        return NOTHING
    return f"{_local(value):%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """`2026-11-03 14:05`, in China Standard Time."""
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


def second(value: datetime | None) -> str:
    """`2026-11-03 14:05:09`, in China Standard Time."""
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d %H:%M:%S}"


def hour(value: datetime | None) -> str:
    """`11-03 14时`: the hour a mean belongs to."""
    return NOTHING if value is None else _("%(day)s %(hour)s时") % {
        "day": f"{_local(value):%m-%d}", "hour": f"{_local(value):%H}",
    }


def long_day(value: date | datetime | None) -> str:
    """`2026年11月3日` or `3 November 2026`."""
    if value is None:
        return NOTHING
    local = _local(value)
    months = _("1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月").split()
    return _("%(year)s年%(month)s%(day)s日") % {
        "year": local.year, "month": months[local.month - 1], "day": local.day,
    }


def ago(value: datetime | None) -> str:
    """`5 分钟前`; a moment of another day is written out."""
    if value is None:
        return NOTHING
    seconds = (clock.now() - value).total_seconds()
    if seconds < 0 or seconds >= 86_400:
        return moment(value)
    if seconds < 60:
        return _("刚刚")
    if seconds < 3600:
        return _("%(n)s 分钟前") % {"n": int(seconds // 60)}
    return _("%(n)s 小时前") % {"n": int(seconds // 3600)}


def iso(value: date | datetime | None) -> str:
    """For `<time datetime="…">`."""
    return "" if value is None else _local(value).isoformat()


def _local(value: Any) -> Any:
    return value.astimezone(clock.CHINA) if isinstance(value, datetime) and value.tzinfo else value


def unit(value: str | None) -> str:
    """A unit as it is printed: `ug/m3` → `µg/m³`."""
    return (value or "").replace("ug/", "µg/").replace("m3", "m³").replace("m2", "m²")


FILTERS: dict[str, Callable[..., str]] = {
    "number": number, "percent": percent, "day": day, "moment": moment, "second": second, "hour": hour,
    "long_day": long_day, "ago": ago, "iso": iso,
}
"""Names of the filters in templates: `{{ value | number(1) }}`, `{{ at | moment }}`."""
