"""A recorded day, moved to a day of now: the feed's calendar and the positions alike, so that 7:05 stays 7:05. Pure."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"
DATES = {"calendar.txt": ("start_date", "end_date"), "calendar_dates.txt": ("date",),
         "feed_info.txt": ("feed_start_date", "feed_end_date")}  # fmt: skip


def weeks_between(recorded: date, today: date) -> timedelta:
    """Whole weeks, so that a Saturday stays one, to the last such day that is over."""
    return timedelta(weeks=(today - timedelta(days=1) - recorded).days // 7)


def shift_s(day: date, shift: timedelta, timezone: str) -> float:
    """Seconds from instants of a recorded day in its own zone to the same wall clock time of the moved day in China."""
    there = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone))
    moved = day + shift
    here = datetime(moved.year, moved.month, moved.day, 12, tzinfo=ZoneInfo(ZONE))
    return here.timestamp() - there.timestamp()


def moved_feed(feed: bytes, shift: timedelta) -> bytes:
    """The same timetable for the moved days, on the clock of China."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(feed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            raw = source.read(name)
            if name in DATES:
                raw = _changed(raw, dict.fromkeys(DATES[name], lambda text: _moved(text, shift)))
            elif name == "agency.txt":
                raw = _changed(raw, {"agency_timezone": lambda _text: ZONE})
            archive.writestr(name, raw)
    return made.getvalue()


def _changed(raw: bytes, how: dict) -> bytes:
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    columns = [(number, how[name.strip()]) for number, name in enumerate(rows[0]) if name.strip() in how]
    for row in rows[1:]:
        for number, change in columns:
            if number < len(row):
                row[number] = change(row[number])
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _moved(text: str, shift: timedelta) -> str:
    text = text.strip()
    if len(text) != 8 or not text.isdigit():
        return text
    return f"{date(int(text[:4]), int(text[4:6]), int(text[6:])) + shift:%Y%m%d}"
