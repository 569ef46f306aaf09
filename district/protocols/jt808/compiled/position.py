"""One position and its items. Bytes are looked at through slices: a constant place in one costs no check."""

from __future__ import annotations

import numpy as np

from .jit import compiled

BEIJING_S = 8 * 3600
NONE = 255
PAIRS = np.full(256, NONE, dtype=np.uint8)
"""The number of a BCD byte, NONE when it is none."""
for _high in range(10):
    for _low in range(10):
        PAIRS[_high << 4 | _low] = 10 * _high + _low
MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
DAYS_BEFORE = np.array([0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275], dtype=np.int64)
"""Days from 1 March to the first of a month; January and February belong to the year before."""
FIRST_OF_MARCH_2000 = 11017
"""Days since 1970."""


@compiled
def seconds_of(raw):
    """BCD[6] of Beijing time as seconds since 1970 UTC; -1 when there is no such time. Years are 2000 to 2099."""
    year, month, day = np.int64(PAIRS[raw[0]]), np.int64(PAIRS[raw[1]]), np.int64(PAIRS[raw[2]])
    hour, minute, second = np.int64(PAIRS[raw[3]]), np.int64(PAIRS[raw[4]]), np.int64(PAIRS[raw[5]])
    if year > 99 or month < 1 or month > 12 or day < 1 or hour > 23 or minute > 59 or second > 59:
        return np.int64(-1)
    if day > MONTH_DAYS[month] + (month == 2 and year % 4 == 0):
        return np.int64(-1)
    years = year - (month < 3)
    days = 365 * years + ((years + 4) // 4 - 1) + DAYS_BEFORE[month] + day - 1
    return (days + FIRST_OF_MARCH_2000) * 86400 + hour * 3600 + minute * 60 + second - BEIJING_S


@compiled
def read_items(content, at, end, items, count):
    """The new count of items; -1 when one runs past the end."""
    while at < end:
        head = content[at : at + 6]
        if at + 2 > end or at + 2 + head[1] > end:
            return -1
        length = np.int64(head[1])
        value = np.uint64(0)
        if length == 4:
            value = np.uint64(head[2]) << 24 | np.uint64(head[3]) << 16 | np.uint64(head[4]) << 8 | np.uint64(head[5])
        elif length == 1:
            value = np.uint64(head[2])
        elif length == 2:
            value = np.uint64(head[2]) << 8 | np.uint64(head[3])
        elif length <= 8:
            for more in range(length):
                value = value << np.uint64(8) | np.uint64(content[at + 2 + more])
        items.kinds[count] = head[0]
        items.lengths[count] = length
        items.bytes_at[count] = at + 2
        items.values[count] = value
        count += 1
        at += 2 + length
    return count


@compiled
def dword(raw, at):
    return np.int64(raw[at]) << 24 | np.int64(raw[at + 1]) << 16 | np.int64(raw[at + 2]) << 8 | np.int64(raw[at + 3])


@compiled
def read_position(content, at, end, frame, positions, place, items, count):
    """A position in `content[at:end]` into row `place`. The new count of items; -1 when something is wrong with it."""
    if end - at < 28:
        return -1
    raw = content[at : at + 28]
    status, latitude, longitude = dword(raw, 4), dword(raw, 8), dword(raw, 12)
    speed = np.int64(raw[18]) << 8 | np.int64(raw[19])
    direction = np.int64(raw[20]) << 8 | np.int64(raw[21])
    seconds = seconds_of(raw[22:28])
    if latitude > 90000000 or longitude > 180000000 or speed > 2500 or direction > 360 or seconds < 0:
        return -1
    more = read_items(content, at + 28, end, items, count)
    if more < 0:
        return -1
    positions.frames[place] = frame
    positions.alarms[place] = dword(raw, 0)
    positions.statuses[place] = status
    positions.latitudes[place] = (-latitude if status & 4 else latitude) / 1e6
    positions.longitudes[place] = (-longitude if status & 8 else longitude) / 1e6
    positions.altitudes_m[place] = np.int64(raw[16]) << 8 | np.int64(raw[17])
    positions.speeds_kmh[place] = speed / 10
    positions.directions[place] = direction
    positions.at_s[place] = seconds
    positions.items_from[place] = count
    positions.items_to[place] = more
    return more
