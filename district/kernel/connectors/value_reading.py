"""One value as people write it, read into a type. Pure; the slow way, for values the fast way cannot read.

Each reader gives the value, None for "nothing given", or raises Unreadable with a stable code and Chinese words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

CHINA_OFFSET = timezone(timedelta(hours=8))
NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "null", "none", "n/a", "na", "nan", "无", "空", "暂无", "#n/a"}
)
"""What people write into a cell of numbers or dates that they have no value for (compared in lower case)."""
TRUE = frozenset({"是", "有", "true", "t", "yes", "y", "1", "对", "√", "✓", "1.0"})
FALSE = frozenset({"否", "无", "false", "f", "no", "n", "0", "错", "×", "✗", "0.0", "没有"})

SERIAL_FROM, SERIAL_TO = 15_000, 80_000
"""Day numbers of a spreadsheet that are read as dates: 1941 to 2119."""
SERIAL_ZERO = date(1899, 12, 30)

_INTEGER = re.compile(r"[+-]?\d{1,19}(\.0*)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_WITH_UNIT = re.compile(r"([+-]?[\d,]*\.?\d+)\s*([^\d\s.,+-]{1,8})")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号])?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?")
_TIME = re.compile(
    r"(上午|下午|am|pm)?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})?(?:[.,](\d{1,6}))?)?\s*[秒分]?"
    r"\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


class Unreadable(ValueError):
    """`code` is stable; the text says in Chinese what is wrong with the value."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def plain(text: str) -> str:
    """Full-width digits, letters and signs as half-width, without blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def read_integer(text: str) -> int | None:
    value = plain(text)
    if value.lower() in NOTHING:
        return None
    if _GROUPED.fullmatch(value):
        value = value.replace(",", "")
    if not _INTEGER.fullmatch(value):
        raise _not_a_number(value, "bad_integer", "整数")
    number = int(value.split(".")[0])
    if not -(2**63) <= number < 2**63:
        raise Unreadable("out_of_range", "整数超出范围")
    return number


def read_number(text: str) -> float | None:
    value = plain(text)
    if value.lower() in NOTHING:
        return None
    if _GROUPED.fullmatch(value):
        value = value.replace(",", "")
    if not _NUMBER.fullmatch(value):
        raise _not_a_number(value, "bad_number", "数值")
    number = float(value)
    if number in (float("inf"), float("-inf")):
        raise Unreadable("out_of_range", "数值超出范围")
    return number


def _not_a_number(value: str, code: str, kind: str) -> Unreadable:
    found = _WITH_UNIT.fullmatch(value)
    if found:
        return Unreadable(
            "unit_in_value", f"值里带有单位“{found[2]}”，不代为换算；请换算后只填数字，单位写在信息项上"
        )
    return Unreadable(code, f"不是{kind}")


def read_boolean(text: str) -> bool | None:
    value = plain(text).lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    if value in NOTHING:
        return None
    raise Unreadable("bad_boolean", "不是“是”或“否”")


def read_date(text: str) -> date | None:
    value = plain(text)
    if value.lower() in NOTHING:
        return None
    moment = _day_and_rest(value)
    if moment is None:
        raise _not_a_day(value, "bad_date", "日期")
    day, rest = moment
    if rest and _time(rest) is None:
        raise Unreadable("bad_date", "不是日期")
    return day


def read_datetime(text: str) -> datetime | None:
    """Without an offset the time is China Standard Time; the answer is in UTC."""
    value = plain(text)
    if value.lower() in NOTHING:
        return None
    serial = _serial(value)
    if serial is not None:
        start = datetime(SERIAL_ZERO.year, SERIAL_ZERO.month, SERIAL_ZERO.day, tzinfo=CHINA_OFFSET)
        return (start + timedelta(seconds=round(serial * 86400))).astimezone(UTC)
    found = _day_and_rest(value)
    if found is None:
        raise _not_a_day(value, "bad_datetime", "时间")
    day, rest = found
    clock = _time(rest) if rest else (0, 0, 0, 0, CHINA_OFFSET)
    if clock is None:
        raise Unreadable("bad_datetime", "不是时间")
    hour, minute, second, micro, zone = clock
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, micro, zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable("bad_datetime", "没有这个时间") from error


def _serial(value: str) -> float | None:
    if not re.fullmatch(r"\d{5}(\.\d+)?", value):
        return None
    number = float(value)
    return number if SERIAL_FROM <= number <= SERIAL_TO else None


def _day_and_rest(value: str) -> tuple[date, str] | None:
    serial = _serial(value)
    if serial is not None:
        return SERIAL_ZERO + timedelta(days=int(serial)), ""
    found = _DAY.match(value) or (_COMPACT.match(value) if len(value) != 9 else None)
    if found is None:
        return None
    rest = value[found.end() :].lstrip(" T")
    if rest[:1].isdigit() and value[found.end() : found.end() + 1].isdigit():
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), rest
    except ValueError as error:
        raise Unreadable("no_such_day", "没有这一天") from error


def _time(rest: str) -> tuple[int, int, int, int, timezone] | None:
    found = _TIME.fullmatch(rest.strip())
    if found is None:
        return None
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    half = (found[1] or found[6] or "").lower()
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    zone = _zone((found[7] or "").lower())
    is_known = hour < 24 and minute < 60 and second < 60 and zone is not None
    return (
        (hour, minute, second, int((found[5] or "0").ljust(6, "0")), zone or CHINA_OFFSET)
        if is_known
        else None
    )


def _zone(text: str) -> timezone | None:
    if not text:
        return CHINA_OFFSET
    if text == "z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes)) if minutes < 24 * 60 else None


def _not_a_day(value: str, code: str, kind: str) -> Unreadable:
    if _MONTH.fullmatch(value) or re.fullmatch(r"\d{4}年?", value):
        return Unreadable("incomplete_date", f"{kind}不完整，须写到日")
    return Unreadable(code, f"不是{kind}")


READERS: dict[str, Callable[[str], Any]] = {
    "integer": read_integer,
    "number": read_number,
    "boolean": read_boolean,
    "date": read_date,
    "datetime": read_datetime,
}
