"""Time stamps of HJ 212: `YYYYMMDDhhmmss`, with up to three digits of a second behind, local time UTC+8."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "UTC+8")
EARLIEST = datetime(2001, 1, 1, tzinfo=BEIJING)
LATEST = datetime(2038, 1, 1, tzinfo=BEIJING)
"""What a decoder without a clock takes for possible. The examples of HJ/T 212-2005 are of 2004; clocks that were never
set show 1970 or 2000. A receiver that knows the time judges more strictly. Both are first days of a year."""


def moment(text: str) -> datetime | None:
    """The instant of a time stamp of 14 to 17 digits; None when it is none or the calendar has no such moment."""
    if not (14 <= len(text) <= 17 and text.isascii() and text.isdigit()):
        return None
    try:
        return datetime(
            int(text[:4]), int(text[4:6]), int(text[6:8]), int(text[8:10]), int(text[10:12]), int(text[12:14]),
            int(text[14:].ljust(6, "0")), BEIJING,
        )
    except ValueError:
        return None


def is_plausible(at: datetime) -> bool:
    return EARLIEST <= at < LATEST


def stamp(at: datetime) -> str:
    """`YYYYMMDDhhmmss` in local time. ValueError for a naive datetime."""
    return _local(at).strftime("%Y%m%d%H%M%S")


def number(at: datetime) -> str:
    """A request number: the stamp with milliseconds, 17 digits."""
    local = _local(at)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}"


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("时刻须带时区")
    return at.astimezone(BEIJING)
