"""Times of the standard: local time (UTC+8) as `2024-03-11T08:16:00`, with or without a fraction."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))
SHAPE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)?")


def moment(text: str) -> datetime | None:
    """An aware instant, None when the text is none or not plausible (before 2000, after 2100)."""
    if not SHAPE.fullmatch(text):
        return None
    date, _, time = text.replace("T", " ").partition(" ")
    clock, zone = re.fullmatch(r"([\d:.]+)(.*)", time).groups()  # type: ignore[union-attr]
    year, month, day = map(int, date.split("-"))
    hour, minute, second = clock.split(":")
    try:
        at = datetime(year, month, day, int(hour), int(minute), int(float(second)), tzinfo=_zone(zone))
    except ValueError:
        return None
    return at if 2000 <= at.year < 2100 else None


def _zone(text: str) -> timezone:
    if not text:
        return CHINA_TIME
    if text == "Z":
        return timezone.utc  # noqa: UP017 - beside the other time zones
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def text_of_moment(at: datetime, has_milliseconds: bool = False) -> str:
    """As the standard writes it, in local time; with milliseconds for the Date header, which sets a device's clock."""
    local = at.astimezone(CHINA_TIME)
    text = local.strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{local.microsecond // 1000:03d}" if has_milliseconds else text
