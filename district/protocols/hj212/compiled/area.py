"""The data area: items, attributes, numbers, and the checks that need no second look."""

from __future__ import annotations

import numpy as np

from ..attributes import STATISTICS
from ..layout import LONGEST_CODE, MOST_ITEMS, TABLE_SIZE
from .jit import compiled
from .words import IS_MARK, PLAIN, time_at, word

TENS = np.array([10.0**k for k in range(19)])
LOWEST_PLAIN = -999.0
"""From here down stand fill values, which the reference decoder tells apart."""
MOST_DIGITS = 15
"""So many decimal digits are exact in a float64, and one division by a power of ten then rounds as `float` does."""

NAMES = list(STATISTICS)
RTD, MIN, AVG, MAX, COU, ZS_RTD, ZS_MIN, ZS_AVG, ZS_MAX = (word(name) for name in NAMES[:9])
RS, RT, FLAG, SAMPLE_TI = word("RS"), word("RT"), word("Flag"), word("SampleTi")
STATE_ID, HOURS_ID = NAMES.index("RS"), NAMES.index("RT")
DATA_TIME = np.frombuffer(b"DataTime=", dtype=np.uint8).copy()
AT_S = 13
SERIAL, MARK, SAMPLED, MET = range(1, 5)
"""Places in `lookup.state` behind the number of codes: of the frame, then of the item being read."""


@compiled
def item_id(low, high, lookup):
    """The number of a code given as two words of its bytes; a new one is entered, -1 when the table is full."""
    mixed = (low * np.uint64(0x9E3779B97F4A7C15)) ^ (high * np.uint64(0xC2B2AE3D27D4EB4F))
    slot = np.int64(mixed >> np.uint64(40)) & (TABLE_SIZE - 1)
    while lookup.ids[slot] >= 0:
        found = np.int64(lookup.ids[slot])
        if lookup.keys_low[found] == low and lookup.keys_high[found] == high:
            return found
        slot = (slot + 1) & (TABLE_SIZE - 1)
    number = lookup.state[0]
    if number >= MOST_ITEMS:
        return -1
    lookup.ids[slot] = number
    lookup.keys_low[number] = low
    lookup.keys_high[number] = high
    lookup.state[0] = number + 1
    return number


@compiled
def statistic_id(name):
    """The place of an attribute in `attributes.STATISTICS`, -1 for one that is not read here. Frequent ones first."""
    if name == RTD:
        return 0
    if name == AVG:
        return 2
    if name == MIN:
        return 1
    if name == MAX:
        return 3
    if name == COU:
        return 4
    return rare_statistic_id(name)


@compiled
def rare_statistic_id(name):
    if name == ZS_RTD:
        return 5
    if name == ZS_MIN:
        return 6
    if name == ZS_AVG:
        return 7
    if name == ZS_MAX:
        return 8
    if name == RS:
        return STATE_ID
    return HOURS_ID if name == RT else -1


@compiled
def is_possible(value, statistic, item, lookup):
    """As `ranges.bounds` says."""
    if value <= LOWEST_PLAIN:
        return False
    if statistic == 4:
        return value >= lookup.total_low[item]
    if statistic < STATE_ID:
        return lookup.low[item] <= value <= lookup.high[item]
    if statistic == STATE_ID:
        return 0.0 <= value <= 5.0 and value == np.floor(value)
    return 0.0 <= value <= 24.0


@compiled
def whole_of(data, at, end, whole):
    """A run of digits appended to `whole`: (number, where the run ends)."""
    limit = min(end, at + MOST_DIGITS + 1)
    while at < limit:
        digit = np.int64(data[at]) - 48
        if digit < 0 or digit > 9:
            break
        whole = whole * 10 + digit
        at += 1
    return whole, at


@compiled
def number_at(data, at, end):
    """A decimal number of at most 15 digits: (value, where it ends), the end -1 for anything else."""
    if at >= end:
        return 0.0, -1
    is_negative = data[at] == 45
    if is_negative or data[at] == 43:
        at += 1
    whole, stop = whole_of(data, at, end, 0)
    digits = stop - at
    if digits == 0 or digits > MOST_DIGITS:
        return 0.0, -1
    decimals = 0
    if stop < end and data[stop] == 46:
        at = stop + 1
        whole, stop = whole_of(data, at, end, whole)
        decimals = stop - at
        if decimals == 0 or digits + decimals > MOST_DIGITS:
            return 0.0, -1
    value = np.float64(whole) / TENS[decimals]
    return (-value if is_negative else value), stop


@compiled
def code_end(data, at, end):
    """The code that begins at `at` in two words, and where it ends (at its dash), -1 for anything else."""
    begin = at
    low = high = np.uint64(0)
    while at < end and PLAIN[data[at]]:
        if at - begin == 8:
            high = low
            low = np.uint64(0)
        low = low << np.uint64(8) | np.uint64(data[at])
        at += 1
    size = at - begin
    is_code = 0 < size <= LONGEST_CODE and at < end and data[at] == 45
    return low, high, (at if is_code else -1)


@compiled
def is_same_code(data, code_at, at, size, end):
    if at + size >= end or data[at + size] != 45:
        return False
    k = 0
    while k < size and data[at + k] == data[code_at + k]:
        k += 1
    return k == size


@compiled
def read_sample_time(data, at, end, state):
    """The rest of `SampleTime=`, from its ninth sign on."""
    if at + 17 > end or data[at] != 109 or data[at + 1] != 101 or data[at + 2] != 61 or state[SAMPLED] >= 0:
        return -1
    state[SAMPLED] = time_at(data, at + 3)
    return at + 17 if state[SAMPLED] >= 0 else -1


@compiled
def read_mark(data, at, end, state):
    if at >= end or state[MARK] or not IS_MARK[data[at]]:
        return -1
    state[MARK] = data[at]
    return at + 1


@compiled
def read_value(data, at, end, statistic, item, count, readings, lookup):
    """One number into the reading `count`. Gives where it ends."""
    if statistic < 0 or lookup.state[MET] >> statistic & 1:
        return -1
    value, stop = number_at(data, at, end)
    if stop < 0 or not is_possible(value, statistic, item, lookup):
        return -1
    lookup.state[MET] |= 1 << statistic
    readings.items[count] = item
    readings.statistics[count] = statistic
    readings.values[count] = value
    readings.text_at[count] = at
    readings.text_length[count] = stop - at
    return stop


@compiled
def read_attribute(data, at, end, item, count, readings, lookup):
    """`Name=value` behind the dash. Gives (where it ends, the new count of readings)."""
    if at >= end or not PLAIN[data[at]]:
        # A NUL in front would not show in the word.
        return -1, count
    name = np.uint64(0)
    limit = min(end, at + 8)
    while at < limit and data[at] != 61:
        name = name << np.uint64(8) | np.uint64(data[at])
        at += 1
    if at >= end:
        return -1, count
    if data[at] != 61:
        return (read_sample_time(data, at, end, lookup.state) if name == SAMPLE_TI else -1), count
    if name == FLAG:
        return read_mark(data, at + 1, end, lookup.state), count
    return read_value(data, at + 1, end, statistic_id(name), item, count, readings, lookup), count + 1


@compiled
def is_ordered(readings, begun, count):
    """Min ≤ Avg ≤ Max of one item, as sent and converted; NaN stands for absent, and no comparison with it is true."""
    least = mean = most = zs_least = zs_mean = zs_most = np.nan
    for k in range(begun, count):
        value = readings.values[k]
        statistic = readings.statistics[k]
        if statistic == 1:
            least = value
        elif statistic == 2:
            mean = value
        elif statistic == 3:
            most = value
        elif statistic == 6:
            zs_least = value
        elif statistic == 7:
            zs_mean = value
        elif statistic == 8:
            zs_most = value
    if least > mean or mean > most or least > most:
        return False
    return not (zs_least > zs_mean or zs_mean > zs_most or zs_least > zs_most)


@compiled
def read_item(data, at, end, count, readings, lookup):
    """One item. Gives (where the next begins, the new count); the place -1 for anything unusual."""
    begun = count
    low, high, stop = code_end(data, at, end)
    if stop < 0:
        return -1, count
    item = item_id(low, high, lookup)
    state = lookup.state
    if item < 0 or lookup.seen[item] == state[SERIAL]:
        return -1, count
    lookup.seen[item] = state[SERIAL]
    state[MARK] = 0
    state[SAMPLED] = -1
    state[MET] = 0
    code_at = at
    size = stop - at
    while True:
        at, count = read_attribute(data, stop + 1, end, item, count, readings, lookup)
        if at < 0:
            return -1, count
        if at >= end or data[at] == 59:
            break
        if data[at] != 44 or not is_same_code(data, code_at, at + 1, size, end):
            return -1, count
        stop = at + 1 + size
    if state[MET] & (state[MET] - 1) and not is_ordered(readings, begun, count):
        return -1, count
    for k in range(begun, count):
        readings.marks[k] = state[MARK]
        readings.sampled[k] = state[SAMPLED]
    return at + 1, count


@compiled
def is_level_twice(begun, count, readings, lookup):
    """Whether two noise levels stand in the frame, which must not contradict each other."""
    levels = 0
    for k in range(begun, count):
        levels += lookup.is_level[readings.items[k]]
    return levels > 1


@compiled
def is_data_time(data, at):
    k = 0
    while k < 9 and data[at + k] == DATA_TIME[k]:
        k += 1
    return k == 9


@compiled
def read_area(data, at, end, row, count, readings, lookup):
    """The data area into readings from `count` on. Gives the new count, -1 for anything unusual."""
    if at + 23 > end or not is_data_time(data, at):
        return -1
    row[AT_S] = time_at(data, at + 9)
    if row[AT_S] < 0:
        return -1
    at += 23
    if at < end and data[at] != 59:
        return -1
    at += 1
    begun = count
    lookup.state[SERIAL] += 1
    while at < end:
        at, count = read_item(data, at, end, count, readings, lookup)
        if at < 0:
            return -1
    return -1 if is_level_twice(begun, count, readings, lookup) else count
