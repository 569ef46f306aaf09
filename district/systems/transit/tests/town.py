"""An invented town with one line out and back, whose buses drive slower than planned at rush hours: the truth is known."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

ZONE = ZoneInfo("Asia/Shanghai")
STOPS, APART_M, HOP_S = 14, 400.0, 80.0
LAT, LON = 36.8, 117.86
HEADWAY_S, FIRST_S, LAST_S = 900, 6 * 3600, 19 * 3600
METRES = 111_194.93


@dataclass(frozen=True)
class Day:
    """Positions as a vehicle's terminal tells them, and when each (trip, stop number) was passed in truth."""

    positions: pd.DataFrame
    truth: dict[tuple[str, int], float]


def feed(with_shape: bool = True) -> bytes:
    """A GTFS zip: trips out (`o…`) and back (`b…`) every quarter of an hour, every day."""
    names = [f"s{number}" for number in range(STOPS)]
    trips, times = [], []
    for number, start in enumerate(range(FIRST_S, LAST_S, HEADWAY_S)):
        for way, stops in (("o", names), ("b", names[::-1])):
            trip = f"{way}{number}"
            trips.append([f"line-{way}", "daily", trip, way if with_shape else "", "0" if way == "o" else "1"])
            offset = 0 if way == "o" else int(STOPS * HOP_S) + 120
            for place, stop in enumerate(stops):
                at = start + offset + int(place * HOP_S)
                text = f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
                times.append([trip, text, text, stop, place + 1])
    line = [(LAT, LON + each * APART_M / METRES / np.cos(np.radians(LAT))) for each in range(STOPS)]
    tables = {
        "agency.txt": [["agency_id", "agency_name", "agency_url", "agency_timezone"],
                       ["a", "演示公交", "https://example.org/", "Asia/Shanghai"]],
        "stops.txt": [["stop_id", "stop_name", "stop_lat", "stop_lon"],
                      *([name, name, *place] for name, place in zip(names, line, strict=True))],
        "routes.txt": [["route_id", "agency_id", "route_short_name", "route_type"], ["line-o", "a", "1", "3"],
                       ["line-b", "a", "1", "3"]],
        "trips.txt": [["route_id", "service_id", "trip_id", "shape_id", "direction_id"], *trips],
        "stop_times.txt": [["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"], *times],
        "calendar.txt": [["service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                          "start_date", "end_date"], ["daily", *"1111111", "20260101", "20261231"]],
        "shapes.txt": [["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"],
                       *(["o", *place, number] for number, place in enumerate(line)),
                       *(["b", *place, number] for number, place in enumerate(reversed(line)))],
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            archive.writestr(name, text.getvalue())
    return made.getvalue()


def slowness(at_s: float) -> float:
    """How much longer a hop takes than planned: a rush hour in the morning and one in the evening."""
    hour = at_s / 3600
    return 1.0 + 1.2 * np.exp(-((hour - 8) ** 2) / 0.8) + 0.9 * np.exp(-((hour - 17.5) ** 2) / 0.8)


def day(on: date, seed: int, every_s: float = 60.0, noise_m: float = 12.0) -> Day:
    """A day as it was driven: eight buses out and back in turn, positions every minute with noise."""
    chance = np.random.default_rng(seed)
    midnight = datetime(on.year, on.month, on.day, tzinfo=ZONE).timestamp()
    rows, truth = [], {}
    for number, start in enumerate(range(FIRST_S, LAST_S, HEADWAY_S)):
        for way in ("o", "b"):
            trip = f"{way}{number}"
            begin = start + (0 if way == "o" else STOPS * HOP_S + 120) + chance.exponential(25.0)
            passed = [begin]
            for _hop in range(STOPS - 1):
                passed.append(passed[-1] + HOP_S * slowness(passed[-1]) * chance.lognormal(0.0, 0.4))
            truth |= {(trip, place): midnight + at for place, at in enumerate(passed)}
            seen = np.arange(begin - 20, passed[-1] + 25, every_s)
            along = np.interp(seen, passed, np.arange(STOPS) * APART_M)
            along = along if way == "o" else (STOPS - 1) * APART_M - along
            east, north = along + chance.normal(0, noise_m, len(along)), chance.normal(0, noise_m, len(along))
            rows.append(pd.DataFrame({
                "vehicle": f"bus{number % 8}{way}", "at": midnight + seen, "lat": LAT + north / METRES,
                "lon": LON + east / METRES / np.cos(np.radians(LAT)), "trip_id": trip, "route_id": f"line-{way}",
            }))  # fmt: skip
    positions = pd.concat(rows).sort_values(["vehicle", "at"], ignore_index=True)
    return Day(positions, truth)


def days(count: int) -> list[Day]:
    return [day(date(2026, 3, 2) + timedelta(days=number), number) for number in range(count)]
