"""Devices and series in memory: who may report, and which number a value's series has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from district.kernel.devices.seal import SealBroken, unseal

LONG_AGO = -(2**62)

DEVICES = """
    SELECT id, code, name, kind, protocol, password, cipher_key, system, status, interval_s, attributes, is_simulated
    FROM devices_device
"""
SERIES = """
    SELECT s.id, s.device_id, s.item, s.statistic, s.period, s.low, s.high,
           (extract(epoch FROM l.at) * 1000000)::bigint
    FROM devices_series s LEFT JOIN devices_latest l ON l.series_id = s.id
"""
WHEREABOUTS = """
    SELECT device_id, (extract(epoch FROM at) * 1000000)::bigint, alarm, lon, lat FROM devices_latestposition
"""
SeriesKey = tuple[int, str, str, str]
"""(device id, item, statistic, period)."""


@dataclass(slots=True)
class Known:
    """A registered device. `number` is its place in the counters of this process."""

    id: int
    code: str
    name: str
    kind: str
    protocol: str
    password: bytes
    cipher_key: bytes | None
    system: str
    status: str
    interval_s: int
    units: dict[str, str]
    number: int = -1
    attributes: dict[str, Any] = field(default_factory=dict)
    is_simulated: bool = False

    @property
    def is_active(self) -> bool:
        return self.status == "active"


@dataclass(slots=True)
class SeriesRows:
    """Series as columns: unbounded ones have infinite bounds, those without a value a `last_us` of LONG_AGO."""

    keys: list[SeriesKey]
    ids: NDArray[np.int32]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    last_us: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, SeriesKey, float | None, float | None, int | None]]) -> SeriesRows:
        """From (id, key, low, high, latest instant)."""
        return cls(
            [row[1] for row in rows],
            np.array([row[0] for row in rows], dtype=np.int32),
            np.array([-np.inf if row[2] is None else row[2] for row in rows], dtype=np.float64),
            np.array([np.inf if row[3] is None else row[3] for row in rows], dtype=np.float64),
            np.array([LONG_AGO if row[4] is None else row[4] for row in rows], dtype=np.int64),
        )


@dataclass(slots=True)
class Snapshot:
    """What the database says, read by another thread."""

    devices: list[Known]
    series: SeriesRows
    whereabouts: list[tuple[int, int, int, float, float]] = field(default_factory=list)
    """(device id, instant of its newest position in µs, alarm bits, degrees)."""


def read_snapshot(connection: psycopg.Connection[Any], complain: Callable[[str], None]) -> Snapshot:
    """All devices and series. One whose secrets cannot be unsealed is left out, and complained of."""
    devices = []
    for row in connection.execute(DEVICES):
        id, code, name, kind, protocol, password, key, system, status, interval_s, attributes, is_simulated = row
        try:
            opened, opened_key = _opened(password), _opened(key)
        except SealBroken as error:
            complain(f"设备 {code} 的密码无法解封（cannot unseal the password）: {error}")
            continue
        secret = _key_bytes(opened_key)
        settings = attributes if isinstance(attributes, dict) else {}
        units = settings.get("units") or {}
        known = Known(id, code, name, kind, protocol, opened.encode(), secret, system, status, interval_s, units)
        known.attributes, known.is_simulated = settings, is_simulated
        devices.append(known)
    rows = connection.execute(SERIES).fetchall()
    series = SeriesRows.of([(row[0], tuple(row[1:5]), *row[5:]) for row in rows])
    return Snapshot(devices, series, connection.execute(WHEREABOUTS).fetchall())


@lru_cache(maxsize=100_000)
def _opened(sealed: str) -> str:
    """Unsealing costs more than all the rest of reading a device."""
    return unseal(sealed)


def _key_bytes(text: str) -> bytes | None:
    """16 bytes SM4, kept as 32 hexadecimal digits or as 16 signs."""
    if not text:
        return None
    return bytes.fromhex(text) if len(text) == 32 else text.encode()


@dataclass(slots=True)
class SeriesTable:
    """Series by a number of this process, so that new ones can be decoded before they are in the database.

    `ids[k]` is 0 until the row is made. `last_us[k]` is the newest instant stored: anything later is new for certain.
    Grown by the loop, ids and instants set by the writer; the lock keeps a growing array from losing what is set.
    """

    keys: list[SeriesKey] = field(default_factory=list)
    place: dict[SeriesKey, int] = field(default_factory=dict)
    ids: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1024, dtype=np.int32))
    last_us: NDArray[np.int64] = field(default_factory=lambda: np.full(1024, LONG_AGO, dtype=np.int64))
    low: NDArray[np.float64] = field(default_factory=lambda: np.full(1024, -np.inf))
    high: NDArray[np.float64] = field(default_factory=lambda: np.full(1024, np.inf))
    device: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1024, dtype=np.int64))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def number(self, key: SeriesKey, low: float = -np.inf, high: float = np.inf) -> int:
        """The number of a series; a new one gets these bounds."""
        found = self.place.get(key)
        if found is not None:
            return found
        with self.lock:
            number = len(self.keys)
            if number >= len(self.ids):
                self._grow()
            self.keys.append(key)
            self.place[key] = number
            self.low[number], self.high[number], self.device[number] = low, high, key[0]
        return number

    def _grow(self) -> None:
        size = len(self.ids)
        self.ids = np.concatenate((self.ids, np.zeros(size, dtype=np.int32)))
        self.last_us = np.concatenate((self.last_us, np.full(size, LONG_AGO, dtype=np.int64)))
        self.low = np.concatenate((self.low, np.full(size, -np.inf)))
        self.high = np.concatenate((self.high, np.full(size, np.inf)))
        self.device = np.concatenate((self.device, np.zeros(size, dtype=np.int64)))

    def apply(self, rows: SeriesRows) -> None:
        """Takes over what the database says; a series it does not have loses its id and is made again at need."""
        numbers = np.array([self.number(key) for key in rows.keys], dtype=np.int64)
        with self.lock:
            ids = np.zeros(len(self.keys), dtype=np.int32)
            ids[numbers] = rows.ids
            self.ids[: len(ids)] = ids
            self.low[numbers], self.high[numbers] = rows.low, rows.high
            self.last_us[numbers] = np.maximum(self.last_us[numbers], rows.last_us)

    def made(self, ids: dict[int, int]) -> None:
        """Ids of series just committed."""
        with self.lock:
            for number, id in ids.items():
                self.ids[number] = id

    def stored(self, numbers: NDArray[Any], at_us: NDArray[np.int64]) -> None:
        """Instants just committed."""
        with self.lock:
            np.maximum.at(self.last_us, numbers, at_us)


@dataclass(slots=True)
class Whereabouts:
    """Of moving devices, by their number: the newest instant stored (anything later is new for certain), set by the
    writer; the alarm bits told last and the place believed last, kept by the loop."""

    last_us: NDArray[np.int64] = field(default_factory=lambda: np.full(64, LONG_AGO, dtype=np.int64))
    alarm: NDArray[np.int64] = field(default_factory=lambda: np.zeros(64, dtype=np.int64))
    told_us: NDArray[np.int64] = field(default_factory=lambda: np.full(64, LONG_AGO, dtype=np.int64))
    lon: NDArray[np.float64] = field(default_factory=lambda: np.full(64, np.nan))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.full(64, np.nan))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def grow(self, count: int) -> None:
        """Room for so many devices."""
        with self.lock:
            while len(self.last_us) < count:
                size = len(self.last_us)
                self.last_us = np.concatenate((self.last_us, np.full(size, LONG_AGO, dtype=np.int64)))
                self.told_us = np.concatenate((self.told_us, np.full(size, LONG_AGO, dtype=np.int64)))
                self.alarm = np.concatenate((self.alarm, np.zeros(size, dtype=np.int64)))
                self.lon = np.concatenate((self.lon, np.full(size, np.nan)))
                self.lat = np.concatenate((self.lat, np.full(size, np.nan)))

    def apply(self, number: int, at_us: int, alarm: int, lon: float, lat: float) -> None:
        """What the database says of a device; what has been heard since is newer."""
        with self.lock:
            self.last_us[number] = max(self.last_us[number], at_us)
        if at_us > self.told_us[number]:
            self.told_us[number], self.alarm[number], self.lon[number], self.lat[number] = at_us, alarm, lon, lat

    def stored(self, numbers: NDArray[Any], at_us: NDArray[np.int64]) -> None:
        """Instants just committed."""
        with self.lock:
            np.maximum.at(self.last_us, numbers, at_us)


class Directory:
    """Looked at by the event loop only, except for `series` and `whereabouts`, which the writer shares."""

    def __init__(self) -> None:
        self.by_code: dict[bytes, Known] = {}
        self.active: dict[str, dict[bytes, Known]] = {}
        """By protocol: a device is heard over the protocol it is registered for."""
        self.by_number: list[Known] = []
        self.series = SeriesTable()
        self.whereabouts = Whereabouts()
        self.is_loaded = False
        self._numbers: dict[int, int] = {}
        self.flags = np.full(64, 4, dtype=np.int64)
        self.systems = np.zeros(64, dtype=np.int64)
        """The Flag and the system code last sent by each device, by its number: requests are written alike."""

    def apply(self, snapshot: Snapshot) -> None:
        """Takes over what the database says."""
        for known in snapshot.devices:
            number = self._numbers.setdefault(known.id, len(self.by_number))
            known.number = number
            if number == len(self.by_number):
                self.by_number.append(known)
            else:
                self.by_number[number] = known
        self.by_code = {known.code.encode(): known for known in snapshot.devices}
        self.active = {}
        for code, known in self.by_code.items():
            if known.is_active:
                self.active.setdefault(known.protocol, {})[code] = known
        while len(self.flags) < len(self.by_number):
            self.flags = np.concatenate((self.flags, np.full(len(self.flags), 4, dtype=np.int64)))
            self.systems = np.concatenate((self.systems, np.zeros(len(self.systems), dtype=np.int64)))
        self.series.apply(snapshot.series)
        self.whereabouts.grow(len(self.by_number))
        for id, at_us, alarm, lon, lat in snapshot.whereabouts:
            if id in self._numbers:
                self.whereabouts.apply(self._numbers[id], at_us, alarm, lon, lat)
        self.is_loaded = True

    def device(self, code: str) -> Known | None:
        return self.by_code.get(code.encode())

    def by_id(self, id: int) -> Known | None:
        number = self._numbers.get(id)
        return None if number is None else self.by_number[number]
