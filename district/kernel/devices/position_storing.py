"""Storing positions: each once, and the newest of each device, in one transaction. No Django.

As `storing` does for observations: what cannot be there yet goes by COPY straight into its day's partition, what may be
there already (sent again, late) is looked for first. Whoever reads them is told on channel `positions` at the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from district.kernel.devices.binary import HEAD, TAIL, Floats, Instants, Int8s, understand_arrays
from district.kernel.devices.partitions import POSITIONS, partition_of
from district.kernel.devices.position_rows import COLUMNS, PositionRows, copy_rows
from district.kernel.devices.storing import Partitions, as_date, day_numbers

CHANNEL = "positions"
TELL = f"SELECT pg_notify('{CHANNEL}', '')"
PRESENT = """
    SELECT n FROM unnest(%(device)s, %(at)s, %(digest)s) WITH ORDINALITY AS new (d, a, g, n)
    JOIN {partition} ON device_id = d AND at = a AND digest = g
"""
LATEST = """
    INSERT INTO devices_latestposition AS kept
        (device_id, at, received_at, alarm, status, lon, lat, speed_kmh, direction, mark)
    SELECT d, a, r, w, s, x, y, v, c, m
    FROM unnest(%(device)s, %(at)s, %(received)s, %(alarm)s, %(status)s, %(lon)s, %(lat)s, %(speed)s, %(direction)s,
        %(mark)s) AS new (d, a, r, w, s, x, y, v, c, m) ORDER BY d
    ON CONFLICT (device_id) DO UPDATE SET at = excluded.at, received_at = excluded.received_at, alarm = excluded.alarm,
        status = excluded.status, lon = excluded.lon, lat = excluded.lat, speed_kmh = excluded.speed_kmh,
        direction = excluded.direction, mark = excluded.mark
    WHERE kept.at <= excluded.at
"""


@dataclass(slots=True)
class StoredPositions:
    """What became of the rows, as indices into them: those stored now, and those that were there or came twice."""

    stored: NDArray[np.int64]
    repeated: NDArray[np.int64]


def position_partitions() -> Partitions:
    """One per connection."""
    return Partitions(table=POSITIONS)


def store_positions(
    cursor: psycopg.Cursor[Any], rows: PositionRows, is_new: NDArray[np.bool_], partitions: Partitions
) -> StoredPositions:
    """Stores the rows in the transaction of `cursor`.

    `is_new[i]` promises that no position of that device and instant is stored. Should the promise be wrong,
    psycopg.errors.UniqueViolation is raised and the transaction must be rolled back; try again with no promises.
    """
    understand_arrays(cursor)
    first, again = _once(rows)
    days = day_numbers(rows.at_us[first])
    numbers = np.unique(days).tolist()
    partitions.ensure(cursor, numbers)
    stored, repeated = [first[:0]], [again]
    for day in numbers:
        of_day = first if len(numbers) == 1 else first[days == day]
        old = _present(cursor, rows, of_day[~is_new[of_day]], day)
        new = of_day if not len(old) else of_day[~np.isin(of_day, old)]
        _copy(cursor, rows.at(new), day)
        stored.append(new)
        repeated.append(old)
    result = StoredPositions(np.concatenate(stored), np.concatenate(repeated))
    if len(result.stored):
        _keep_latest(cursor, rows, result.stored)
        cursor.execute(TELL)
    return result


def _once(rows: PositionRows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of rows that tell the same place the first that came, in the order of coming; and the others."""
    order = np.lexsort((rows.digest, rows.at_us, rows.device))
    device, at_us, digest = rows.device[order], rows.at_us[order], rows.digest[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (device[1:] != device[:-1]) | (at_us[1:] != at_us[:-1]) | (digest[1:] != digest[:-1])
    if is_first.all():
        return np.arange(len(rows)), order[:0]
    return np.sort(order[is_first]), order[~is_first]


def _present(
    cursor: psycopg.Cursor[Any], rows: PositionRows, doubtful: NDArray[np.int64], day: int
) -> NDArray[np.int64]:
    if not len(doubtful):
        return doubtful
    cursor.execute(
        PRESENT.format(partition=partition_of(as_date(day), POSITIONS)),
        {
            "device": Int8s(rows.device[doubtful]),
            "at": Instants(rows.at_us[doubtful]),
            "digest": Int8s(rows.digest[doubtful]),
        },
    )
    return doubtful[np.array([n - 1 for (n,) in cursor.fetchall()], dtype=np.int64)]


def _copy(cursor: psycopg.Cursor[Any], rows: PositionRows, day: int) -> None:
    if not len(rows):
        return
    partition = partition_of(as_date(day), POSITIONS)
    with cursor.copy(f"COPY {partition} ({COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
        copy.write(HEAD)
        copy.write(copy_rows(rows))
        copy.write(TAIL)


def _keep_latest(cursor: psycopg.Cursor[Any], rows: PositionRows, stored: NDArray[np.int64]) -> None:
    order = stored[np.lexsort((stored, rows.at_us[stored], rows.device[stored]))]
    device = rows.device[order]
    newest = rows.at(order[np.append(device[1:] != device[:-1], True)])
    cursor.execute(
        LATEST,
        {
            "device": Int8s(newest.device), "at": Instants(newest.at_us), "received": Instants(newest.received_us),
            "alarm": Int8s(newest.alarm), "status": Int8s(newest.status), "lon": Floats(newest.lon),
            "lat": Floats(newest.lat), "speed": Floats(newest.speed_kmh), "direction": Int8s(newest.direction),
            "mark": Int8s(newest.mark),
        },
    )  # fmt: skip
