"""Storing observations: rows, latest values and counts in one transaction, each observation once. No Django.

Used by the gateway, and by the release of quarantined readings. Rows that cannot be there yet go by COPY straight into
their day's partition; those that may be there already (resends, late ones) are compared first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from district.kernel.devices.binary import (
    COLUMNS,
    HEAD,
    TAIL,
    Floats,
    Instants,
    Int4s,
    copy_rows,
    understand_arrays,
)
from district.kernel.devices.marks import DEVICE_BITS
from district.kernel.devices.partitions import TABLE, make_partitions, partition_of

CHINA_US = 8 * 3600 * 1_000_000
DAY_US = 86_400 * 1_000_000
EPOCH_DAY = date(1970, 1, 1)

LATEST = """
    INSERT INTO devices_latest AS kept (series_id, at, value, mark, received_at)
    SELECT s, a, v, m, %(received_at)s
    FROM unnest(%(series)s, %(at)s, %(value)s, %(mark)s) AS new (s, a, v, m) ORDER BY s
    ON CONFLICT (series_id) DO UPDATE
    SET at = excluded.at, value = excluded.value, mark = excluded.mark, received_at = excluded.received_at
    WHERE kept.at < excluded.at
"""
COUNT = """
    INSERT INTO devices_observationcount AS kept (day, observations) VALUES (%s, %s)
    ON CONFLICT (day) DO UPDATE SET observations = kept.observations + excluded.observations
"""
PRESENT = """
    SELECT n, value, mark FROM unnest(%(series)s, %(at)s) WITH ORDINALITY AS new (s, a, n)
    JOIN {partition} ON series_id = s AND at = a
"""


@dataclass(slots=True)
class Rows:
    """Observations as columns: `series` int32, `at_us` int64 µs since 1970, `value` float64, `mark` int32."""

    series: NDArray[Any]
    at_us: NDArray[np.int64]
    value: NDArray[np.float64]
    mark: NDArray[Any]

    def __len__(self) -> int:
        return len(self.at_us)

    def at(self, index: Any) -> Rows:
        """The rows of an index array, mask or slice."""
        return Rows(self.series[index], self.at_us[index], self.value[index], self.mark[index])


@dataclass(slots=True)
class Stored:
    """What became of the rows, as indices into them: those stored now, those that were there (or came twice) with the
    same value, those that contradict what is there, and what that is, value by value."""

    stored: NDArray[np.int64]
    repeated: NDArray[np.int64]
    conflicting: NDArray[np.int64]
    kept_values: NDArray[np.float64]


@dataclass(slots=True)
class Partitions:
    """Days whose partition is known to exist; one per connection and table."""

    known: set[int] = field(default_factory=set)
    table: str = TABLE

    def ensure(self, cursor: psycopg.Cursor[Any], days: list[int]) -> None:
        """Makes what is missing. The caller forgets `known` when its transaction fails."""
        missing = [day for day in days if day not in self.known]
        if missing:
            make_partitions(cursor, (as_date(day) for day in missing), self.table)
            self.known.update(missing)


def as_date(day: int) -> date:
    """The date of a day number (days since 1970)."""
    return EPOCH_DAY + timedelta(day)


def day_numbers(at_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """The natural day of China of each instant, as days since 1970."""
    return (at_us + CHINA_US) // DAY_US


def instant(at_us: int) -> datetime:
    return datetime.fromtimestamp(at_us / 1e6, UTC)


def store(
    cursor: psycopg.Cursor[Any], rows: Rows, is_new: NDArray[np.bool_], received_at: datetime, partitions: Partitions
) -> Stored:
    """Stores the rows in the transaction of `cursor`.

    `is_new[i]` promises that no observation of that series and instant is stored. Should the promise be wrong,
    psycopg.errors.UniqueViolation is raised and the transaction must be rolled back; try again with no promises.
    """
    understand_arrays(cursor)
    first, again, first_of_again = _once(rows)
    days = day_numbers(rows.at_us[first])
    numbers = np.unique(days).tolist()
    partitions.ensure(cursor, numbers)
    stored, there = [first[:0]], [first[:0]]
    values, marks_kept = rows.value.copy(), rows.mark.copy()
    for day in numbers:
        of_day = first if len(numbers) == 1 else first[days == day]
        new, old, (old_values, old_marks) = _parted(cursor, rows, of_day, is_new, day)
        values[old], marks_kept[old] = old_values, old_marks
        there.append(old)
        _copy(cursor, rows.at(new), day)
        if len(new):
            cursor.execute(COUNT, [as_date(day), len(new)])
        stored.append(new)
    # A row that came twice is held against what stays, which is not the first that came when that one contradicts.
    others = np.concatenate([*there, again])
    holders = np.concatenate([*there, first_of_again])
    same = _is_same(rows, others, values[holders], marks_kept[holders])
    result = Stored(np.concatenate(stored), others[same], others[~same], values[holders[~same]])
    _keep_latest(cursor, rows, result.stored, received_at)
    return result


def _once(rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of rows for the same series and instant the first that came; the others; and the first of each of these."""
    order = np.lexsort((rows.at_us, rows.series))
    series, at_us = rows.series[order], rows.at_us[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (series[1:] != series[:-1]) | (at_us[1:] != at_us[:-1])
    first = order[is_first]
    if is_first.all():
        return first, first[:0], first[:0]
    return first, order[~is_first], first[np.cumsum(is_first) - 1][~is_first]


def _is_same(
    rows: Rows, index: NDArray[np.int64], value: NDArray[np.float64], mark: NDArray[Any]
) -> NDArray[np.bool_]:
    """Same value and same mark of the device; flags of our own may differ (a resend says that it is one)."""
    return (rows.value[index] == value) & ((rows.mark[index] & DEVICE_BITS) == (mark & DEVICE_BITS))


def _parted(
    cursor: psycopg.Cursor[Any], rows: Rows, of_day: NDArray[np.int64], is_new: NDArray[np.bool_], day: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[NDArray[np.float64], NDArray[Any]]]:
    """(rows to store, rows already there, (their stored values, their stored marks))."""
    doubtful = of_day[~is_new[of_day]]
    nothing = (np.empty(0), np.empty(0, dtype=np.int32))
    if not len(doubtful):
        return of_day, doubtful, nothing
    cursor.execute(
        PRESENT.format(partition=partition_of(as_date(day))),
        {"series": Int4s(rows.series[doubtful]), "at": Instants(rows.at_us[doubtful])},
    )
    found = cursor.fetchall()
    if not found:
        return of_day, doubtful[:0], nothing
    places, values, marks = zip(*found, strict=True)
    old = doubtful[np.array(places, dtype=np.int64) - 1]
    is_there = np.zeros(len(rows), dtype=bool)
    is_there[old] = True
    return of_day[~is_there[of_day]], old, (np.array(values, dtype=np.float64), np.array(marks, dtype=np.int32))


def _copy(cursor: psycopg.Cursor[Any], rows: Rows, day: int) -> None:
    if not len(rows):
        return
    with cursor.copy(f"COPY {partition_of(as_date(day))} ({COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
        copy.write(HEAD)
        copy.write(copy_rows(rows.at_us, rows.value, rows.series, rows.mark))
        copy.write(TAIL)


def _keep_latest(
    cursor: psycopg.Cursor[Any], rows: Rows, stored: NDArray[np.int64], received_at: datetime
) -> None:
    if not len(stored):
        return
    order = stored[np.lexsort((rows.at_us[stored], rows.series[stored]))]
    series = rows.series[order]
    last = order[np.append(series[1:] != series[:-1], True)]
    cursor.execute(
        LATEST,
        {
            "series": Int4s(rows.series[last]), "at": Instants(rows.at_us[last]), "value": Floats(rows.value[last]),
            "mark": Int4s(rows.mark[last]), "received_at": received_at,
        },
    )  # fmt: skip
