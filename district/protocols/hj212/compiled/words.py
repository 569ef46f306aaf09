"""Names and digits in bytes. Arrays `data` are uint8; positions are whole numbers."""

from __future__ import annotations

import numpy as np

from ..tables import MARKS
from ..times import EARLIEST, LATEST
from .jit import compiled

PLAIN = np.zeros(256, dtype=np.uint8)
"""1 for the signs that a plain name may hold: digits, letters, underscore."""
PLAIN[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = 1
IS_MARK = np.zeros(256, dtype=np.uint8)
IS_MARK[[ord(mark) for mark in MARKS]] = 1
FIRST_YEAR, LAST_YEAR = EARLIEST.year, LATEST.year - 1
MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def word(name: str) -> np.uint64:
    """A name of up to eight signs as one number."""
    return np.uint64(int.from_bytes(name.encode(), "big"))


@compiled
def hex_of(data, at):
    """Four hexadecimal digits, -1 when they are none."""
    value = 0
    for k in range(at, at + 4):
        sign = data[k]
        if 48 <= sign <= 57:
            value = value << 4 | (sign - 48)
        elif 65 <= sign <= 70:
            value = value << 4 | (sign - 55)
        elif 97 <= sign <= 102:
            value = value << 4 | (sign - 87)
        else:
            return -1
    return value


@compiled
def digits_of(data, at, count):
    """A run of `count` digits, -1 when a sign among them is none."""
    value = np.int64(0)
    for k in range(at, at + count):
        digit = np.int64(data[k]) - 48
        if digit < 0 or digit > 9:
            return -1
        value = value * 10 + digit
    return value


@compiled
def plain_end(data, at, end):
    """Where the run of plain signs that begins at `at` ends."""
    while at < end and PLAIN[data[at]]:
        at += 1
    return at


@compiled
def days_of(year, month, day):
    """Days since 1970-01-01, by years that begin in March."""
    if month <= 2:
        year -= 1
        month += 9
    else:
        month -= 3
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 719469


@compiled
def seconds_of(stamp):
    """YYYYMMDDhhmmss as a number (UTC+8) → seconds since 1970; -1 for none, and for years `times` calls implausible."""
    second = stamp % 100
    minute = stamp // 100 % 100
    hour = stamp // 10000 % 100
    day = stamp // 1000000 % 100
    month = stamp // 100000000 % 100
    year = stamp // 10000000000
    if year < FIRST_YEAR or year > LAST_YEAR or month < 1 or month > 12 or hour > 23 or minute > 59 or second > 59:
        return -1
    last = MONTH_DAYS[month] + (month == 2 and year % 4 == 0)
    if day < 1 or day > last:
        return -1
    return ((days_of(year, month, day) * 24 + hour - 8) * 60 + minute) * 60 + second


@compiled
def time_at(data, at):
    """Fourteen digits as an instant, -1 when they are none."""
    stamp = digits_of(data, at, 14)
    return seconds_of(stamp) if stamp >= 0 else -1
