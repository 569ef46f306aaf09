"""New values for the pages that are open: at most one notice a second and system, small enough for NOTIFY.

Topic `<system>.latest`: `{"at", "devices": [id, …] or null, "latest": [[series, at in ms, value, mark], …] or null}`; null
says that there are too many to list, and a page asks for what it shows. Topic `<system>.commands`: `{"id", "device",
"state"}` when a command to a device has changed. Topic `<system>.positions`: `{"at", "positions": [[device, at in ms, lon,
lat, km/h, degrees, mark], …] or null}`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from district.edges.gateway.directory import Directory
    from district.edges.gateway.group import Readings
    from district.kernel.devices.position_rows import PositionRows

MOST_VALUES = 80
MOST_DEVICES = 600
MOST_PLACES = 90


@dataclass(slots=True)
class _News:
    values: dict[int, tuple[int, float, int]] = field(default_factory=dict)
    devices: set[int] = field(default_factory=set)
    is_many: bool = False
    places: dict[int, list[float | int]] = field(default_factory=dict)


class LiveValues:
    """Filled by the loop, emptied by the desk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news: dict[str, _News] = {}

    def add(self, directory: Directory, readings: Readings, devices: set[int]) -> None:
        """Readings just committed, of these devices."""
        with self._lock:
            for device in devices:
                known = directory.by_id(device)
                if known is not None:
                    self._news.setdefault(known.system, _News()).devices.add(device)
            if len(readings) > MOST_VALUES:
                for news in self._news.values():
                    news.is_many = True
                return
            columns = (readings.series.tolist(), readings.at_us.tolist(), readings.value.tolist(), readings.mark.tolist())
            for number, at_us, value, mark in zip(*columns, strict=True):
                known = directory.by_id(directory.series.keys[number][0])
                if known is not None:
                    _note(self._news[known.system].values, int(directory.series.ids[number]), (at_us, value, mark))

    def add_places(self, directory: Directory, rows: PositionRows) -> None:
        """Positions just committed: the newest of each device is told."""
        order = np.lexsort((rows.at_us, rows.device))
        device = rows.device[order]
        rows = rows.at(order[np.append(device[1:] != device[:-1], True)]) if len(order) else rows
        columns = (rows.device.tolist(), rows.at_us.tolist(), rows.lon.tolist(), rows.lat.tolist(), rows.speed_kmh.tolist(),
                   rows.direction.tolist(), rows.mark.tolist())  # fmt: skip
        with self._lock:
            for device, at_us, lon, lat, *more in zip(*columns, strict=True):
                known = directory.by_id(device)
                if known is None:
                    continue
                places = self._news.setdefault(known.system, _News()).places
                if device not in places or places[device][1] <= at_us // 1000:
                    places[device] = [device, at_us // 1000, round(lon, 6), round(lat, 6), *more]

    def payloads(self, now: datetime) -> list[dict[str, Any]]:
        """The notices to send now, if any."""
        with self._lock:
            news, self._news = self._news, {}
        told = [(f"{system}.latest", _data(each, now)) for system, each in news.items() if each.devices]
        told += [(f"{system}.positions", _places(each, now)) for system, each in news.items() if each.places]
        return [{"topic": topic, "data": data} for topic, data in told]


def _note(values: dict[int, tuple[int, float, int]], series: int, value: tuple[int, float, int]) -> None:
    known = values.get(series)
    if known is None or value[0] >= known[0]:
        values[series] = value


def _places(news: _News, now: datetime) -> dict[str, Any]:
    places = list(news.places.values()) if len(news.places) <= MOST_PLACES else None
    return {"at": now.isoformat(timespec="seconds"), "positions": places}


def _data(news: _News, now: datetime) -> dict[str, Any]:
    latest = [[series, at_us // 1000, value, mark] for series, (at_us, value, mark) in news.values.items()]
    return {
        "at": now.isoformat(timespec="seconds"),
        "devices": sorted(news.devices) if len(news.devices) <= MOST_DEVICES else None,
        "latest": None if news.is_many or len(latest) > MOST_VALUES else latest,
    }
