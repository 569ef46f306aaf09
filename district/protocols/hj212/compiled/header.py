"""The fields before the data area. A row is one of `layout.FRAME_COLUMNS`."""

from __future__ import annotations

from .jit import compiled
from .words import digits_of, plain_end, seconds_of

SYSTEM, COMMAND, FLAG, NUMBER, NUMBER_AT, DEVICE_AT, DEVICE_LENGTH, PASSWORD_AT, PASSWORD_LENGTH = range(4, 13)
LONGEST_WORD = 64


@compiled
def is_number_read(data, at, size, row):
    """QN: 17 digits, a moment that is plausible."""
    if size != 17 or row[NUMBER]:
        return False
    number = digits_of(data, at, 17)
    if number < 0 or seconds_of(number // 1000) < 0:
        return False
    row[NUMBER] = number
    row[NUMBER_AT] = at
    return True


@compiled
def is_short_read(data, at, size, wanted, column, row):
    """ST or CN: so many digits."""
    value = digits_of(data, at, size) if size == wanted else -1
    if value < 1 or row[column]:
        return False
    row[column] = value
    return True


@compiled
def is_word_read(at, size, column, least, row):
    """MN or PW: where it stands."""
    if row[column] >= 0 or size < least or size > LONGEST_WORD:
        return False
    row[column] = at
    row[column + 1] = size
    return True


@compiled
def is_flag_read(data, at, size, row):
    """Flag, unless it announces numbered packets."""
    value = digits_of(data, at, size) if 1 <= size <= 3 else -1
    if value < 0 or value > 255 or value & 2 or row[FLAG] >= 0:
        return False
    row[FLAG] = value
    return True


@compiled
def is_field_read(data, first, second, at, size, row):
    """One field with a name of two letters."""
    if second == 78:
        if first == 81:
            return is_number_read(data, at, size, row)
        if first == 67:
            return is_short_read(data, at, size, 4, COMMAND, row)
        return first == 77 and is_word_read(at, size, DEVICE_AT, 1, row)
    if first == 83 and second == 84:
        return is_short_read(data, at, size, 2, SYSTEM, row)
    return first == 80 and second == 87 and is_word_read(at, size, PASSWORD_AT, 0, row)


@compiled
def is_flag_name(data, at):
    return data[at] == 70 and data[at + 1] == 108 and data[at + 2] == 97 and data[at + 3] == 103 and data[at + 4] == 61


@compiled
def read_header(data, at, end, row):
    """Fields up to `CP=&&` into `row`. Gives where the data area begins, -1 for anything unusual."""
    row[SYSTEM : PASSWORD_LENGTH + 2] = 0
    row[FLAG] = row[DEVICE_AT] = row[PASSWORD_AT] = -1
    while at + 5 <= end:
        first, second = data[at], data[at + 1]
        if data[at + 2] != 61:
            if not is_flag_name(data, at):
                return -1
            begin = at + 5
            stop = plain_end(data, begin, end)
            is_read = is_flag_read(data, begin, stop - begin, row)
        elif first == 67 and second == 80:
            is_whole = row[SYSTEM] and row[COMMAND] and row[DEVICE_AT] >= 0 and row[PASSWORD_AT] >= 0
            return at + 5 if is_whole and data[at + 3] == 38 and data[at + 4] == 38 else -1
        else:
            begin = at + 3
            stop = plain_end(data, begin, end)
            is_read = is_field_read(data, first, second, begin, stop - begin, row)
        if not is_read or stop >= end or data[stop] != 59:
            return -1
        at = stop + 1
    return -1
