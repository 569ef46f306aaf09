"""Position received → forecast committed, for a fleet of 1,000 buses with one position each ten seconds.

`python -m bench.predict`. An installation of its own, durable; the live process as the supervisor starts it, with a learnt
model. The positions go into the real table as the gateway stores them (`store_positions`: COPY, newest position, NOTIFY),
ten buses every tenth of a second. Half of the buses are given their trips by the dispatcher, half are found by where they
drive. A reader on a connection of its own looks every 20 ms which forecasts are there: a position counts as answered when a
forecast made from it, or from a later one of its bus, can be read. From the first position on, so the start counts too.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

BUSES = int(os.environ.get("DISTRICT_BENCH_BUSES") or 1000)
SECONDS = int(os.environ.get("DISTRICT_BENCH_SECONDS") or 150)
EVERY_S = 10.0
BATCHES = 100
LOOK_EVERY_S = 0.02
STOPS, APART_M, HOP_S = 30, 400.0, 70.0
RUN_S = (STOPS - 1) * HOP_S
HEADWAY_S, BUSES_OF_LINE = 231.0, 20
CYCLE_S = HEADWAY_S * BUSES_OF_LINE
LAT, LON, METRES = 36.8, 117.5, 111_194.93
NARROW = float(np.cos(np.radians(LAT)))
FIRST_S, LAST_S = 3600.0, 3600.0
"""Timetable before and after the bench."""


def feed(lines: int, begin: float, end: float, midnight: float, day: str) -> bytes:
    """Lines out and back beside each other, half a kilometre apart; `begin`, `end` Unix seconds."""
    trips, times, stops, shapes = [], [], [], []
    for line in range(lines):
        for way in (0, 1):
            for place in range(STOPS):
                at = place if way == 0 else STOPS - 1 - place
                lat, lon = LAT + line * 500.0 / METRES, LON + at * APART_M / METRES / NARROW
                stops.append(f"s{line}-{way}-{place},{line}路{place}站,{lat:.6f},{lon:.6f}")
                shapes.append(f"p{line}-{way},{lat:.6f},{lon:.6f},{place}")
            first = int((begin - FIRST_S - midnight) // HEADWAY_S)
            for number in range(first, int((end + LAST_S - midnight) // HEADWAY_S)):
                start = number * HEADWAY_S + way * CYCLE_S / 2
                if start < 0:
                    continue
                trips.append(f"L{line},daily,t{line}-{way}-{number},{way},p{line}-{way}")
                for place in range(STOPS):
                    text = clock(start + place * HOP_S)
                    times.append(f"t{line}-{way}-{number},{text},{text},s{line}-{way}-{place},{place + 1}")
    tables = {
        "agency.txt": ["agency_id,agency_name,agency_url,agency_timezone", "a,测评公交,http://example.invalid,Asia/Shanghai"],
        "stops.txt": ["stop_id,stop_name,stop_lat,stop_lon", *stops],
        "routes.txt": ["route_id,agency_id,route_short_name,route_type", *(f"L{line},a,{line}路,3" for line in range(lines))],
        "trips.txt": ["route_id,service_id,trip_id,direction_id,shape_id", *trips],
        "stop_times.txt": ["trip_id,arrival_time,departure_time,stop_id,stop_sequence", *times],
        "shapes.txt": ["shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", *shapes],
        "calendar.txt": ["service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
                         f"daily,1,1,1,1,1,1,1,{day},{day}"],
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines_of in tables.items():
            archive.writestr(name, "\n".join(lines_of))
    return made.getvalue()


def clock(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class Fleet:
    """Where every bus is: each drives out, waits, drives back, a little slower or faster than planned."""

    def __init__(self, midnight: float) -> None:
        self.midnight = midnight
        luck = np.random.default_rng(5)
        number = np.arange(BUSES)
        self.line, self.place = number // BUSES_OF_LINE, number % BUSES_OF_LINE
        self.late_s = luck.normal(30.0, 40.0, BUSES)
        self.luck = luck

    def at(self, buses: NDArray[np.int64], at: float) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """(lat, lon, km/h)."""
        since = (at - self.midnight - self.late_s[buses] - self.place[buses] * HEADWAY_S) % CYCLE_S
        out = since < CYCLE_S / 2
        along = np.minimum(np.where(out, since, since - CYCLE_S / 2) / HOP_S, STOPS - 1.0) * APART_M
        east = np.where(out, along, (STOPS - 1) * APART_M - along) + self.luck.normal(0, 8.0, len(buses))
        north = self.line[buses] * 500.0 + self.luck.normal(0, 8.0, len(buses))
        return LAT + north / METRES, LON + east / METRES / NARROW, np.where(along < (STOPS - 1) * APART_M, 20.0, 0.0)

    def trips(self, bus: int, begin: float, end: float) -> list[str]:
        """Ids of the trips it drives in a time."""
        line, place = int(self.line[bus]), int(self.place[bus])
        found = []
        for cycle in range(int((begin - self.midnight) // CYCLE_S) - 1, int((end - self.midnight) // CYCLE_S) + 1):
            number = cycle * BUSES_OF_LINE + place
            found += [f"t{line}-{way}-{number}" for way in (0, 1)]
        return found


def learnt_model(edition_feed: bytes, midnight: float) -> None:
    """A model out of driven trips like those of the bench, stored as the night does."""
    from district.systems.transit import forecast, schedule
    from district.systems.transit.hops import Ahead, History, Names, traversals
    from district.systems.transit.learning.storage import packed
    from district.systems.transit.live.knowledge import LearntHops
    from district.systems.transit.models import LearntModel
    from district.systems.transit.moments import moments
    from district.systems.transit.passages import Run

    luck = np.random.default_rng(9)
    runs = []
    for trip in list(schedule.read(edition_feed).trips.values())[::40][:120]:
        hops = HOP_S * luck.lognormal(0.05, 0.3, STOPS - 1)
        passed = midnight + trip.arrivals[0] + luck.exponential(40.0) + np.append(0.0, np.cumsum(hops))
        at = np.arange(passed[0] - 60.0, passed[-1], 10.0)
        along = np.interp(at, passed, trip.pattern.stops_at)
        runs.append(Run("b", trip, midnight, at, along, passed, passed + 5.0, np.full(STOPS, 10.0)))
    names = Names()
    driven = traversals(runs, names)
    history = History(driven, len(names))
    rows = moments(runs, names, history, Ahead(driven), is_learnt=True)
    model = forecast.learnt(rows)
    today = datetime.fromtimestamp(midnight, UTC).date()
    LearntModel.objects.create(first_day=today, last_day=today, days=1, rows=len(rows), has_model=True,
                               packed=packed(model, LearntHops(names.pairs, history.times)))  # fmt: skip
    print(f"model learnt from {len(rows):,} rows")


def prepare(begin: float) -> tuple[Fleet, NDArray[np.int64]]:
    """Timetable, model, buses; devices by number of bus."""
    from district.kernel.clock import CHINA
    from district.kernel.devices.models import Device
    from district.systems.transit.models import Assignment, Bus, Edition

    day = datetime.fromtimestamp(begin, CHINA).date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp()
    packed = feed(-(-BUSES // BUSES_OF_LINE), begin, begin + SECONDS, midnight, f"{day:%Y%m%d}")
    Edition.objects.create(title="测评", state="published", valid_from=day - timedelta(1), valid_to=day + timedelta(1),
                           feed=packed, sha256="0" * 64, published_at=datetime.fromtimestamp(begin, UTC))  # fmt: skip
    learnt_model(packed, midnight)
    devices = Device.objects.bulk_create([
        Device(code=f"0197{number:08d}", name=str(number), kind="bus", protocol="jt808", system="transit")
        for number in range(BUSES)
    ])  # fmt: skip
    fleet = Fleet(midnight)
    buses = Bus.objects.bulk_create([
        Bus(number=str(number), device=device, lines=[f"L{fleet.line[number]}"]) for number, device in enumerate(devices)
    ])  # fmt: skip
    Assignment.objects.bulk_create([
        Assignment(day=day, trip_id=trip, start_time="", bus=bus)
        for number, bus in enumerate(buses) if number % 2 == 0 for trip in fleet.trips(number, begin, begin + SECONDS)
    ], ignore_conflicts=True)  # fmt: skip
    return fleet, np.array([device.pk for device in devices], dtype=np.int64)


class Looking(threading.Thread):
    """Reads which forecasts are there: for every device the newest position answered, and when that was first read."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.stop = url, threading.Event()
        self.answers: dict[int, list[tuple[float, float]]] = {}

    def run(self) -> None:
        last: dict[int, float] = {}
        with psycopg.connect(self.url, autocommit=True) as connection:
            while not self.stop.is_set():
                rows = connection.execute(
                    "SELECT b.device_id, extract(epoch FROM max(f.seen_at))::float8 FROM transit_forecast f"
                    " JOIN transit_run r ON r.id = f.run_id JOIN transit_bus b ON b.id = r.bus_id"
                    " WHERE f.seen_at IS NOT NULL GROUP BY 1"
                ).fetchall()
                now = time.time()
                for device, seen_at in rows:
                    if seen_at > last.get(device, 0.0):
                        last[device] = seen_at
                        self.answers.setdefault(device, []).append((seen_at, now))
                self.stop.wait(LOOK_EVERY_S)


def send(url: str, fleet: Fleet, devices: NDArray[np.int64], begin: float) -> list[tuple[int, float, float]]:
    """(device, instant of the position, when it was received) of all."""
    from district.kernel.devices.position_rows import PositionRows
    from district.kernel.devices.position_storing import position_partitions, store_positions

    partitions, sent = position_partitions(), []
    groups = np.array_split(np.arange(BUSES), BATCHES)
    with psycopg.connect(url) as connection:
        for step in range(int(SECONDS / EVERY_S * BATCHES)):
            due = begin + step * EVERY_S / BATCHES
            time.sleep(max(due - time.time(), 0.0))
            buses, now = groups[step % BATCHES], time.time()
            lat, lon, speed = fleet.at(buses, now)
            count = len(buses)
            at = np.full(count, int(now * 1e6), dtype=np.int64)
            zero = np.zeros(count, dtype=np.int64)
            rows = PositionRows(devices[buses], at, at, zero, zero, zero + 3, lon, lat, speed, zero, zero, zero,
                                np.full(count, np.nan), np.full(count, None, dtype=object))  # fmt: skip
            with connection.cursor() as cursor:
                store_positions(cursor, rows, np.ones(count, dtype=bool), partitions)
            connection.commit()
            sent += [(int(device), int(now * 1e6) / 1e6, now) for device in devices[buses]]
    return sent


def waited(sent: list[tuple[int, float, float]], answers: dict[int, list[tuple[float, float]]]) -> NDArray[np.float64]:
    """Seconds of each position until answered, NaN for one that never was."""
    found = np.full(len(sent), np.nan)
    for number, (device, at, received) in enumerate(sent):
        told = next((when for seen_at, when in answers.get(device, ()) if seen_at >= at - 1e-3), None)
        # A bus between two trips has no stop ahead: what answers it is the next trip, minutes later.
        if told is not None and told - received < EVERY_S * 0.9:
            found[number] = told - received
    return found


def wait_until_ready(url: str, patience_s: float = 180.0) -> None:
    """Until the process has made the rows of the trips of now."""
    deadline = time.monotonic() + patience_s
    with psycopg.connect(url, autocommit=True) as connection:
        while time.monotonic() < deadline:
            if connection.execute("SELECT EXISTS (SELECT FROM transit_run)").fetchone() == (True,):
                time.sleep(3.0)
                return
            time.sleep(0.2)
    raise RuntimeError("the live process has not made its runs")


def peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> int:
    with Installation() as place, environment(DISTRICT_HOME=str(place.path)):
        set_up_django()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
        fleet, devices = prepare(time.time() + 30.0)
        log = place.path / "live.log"
        with log.open("wb") as sink:
            process = subprocess.Popen([sys.executable, "-m", "district.edges.standing", "transit", "live.process"],
                                       stdout=sink, stderr=sink, cwd=home.CHECKOUT, env=dict(os.environ))  # fmt: skip
        wait_until_ready(place.url)
        looking = Looking(place.url)
        looking.start()
        begin = time.time()
        try:
            sent = send(place.url, fleet, devices, begin)
            time.sleep(2.0)
            looking.stop.set()
            looking.join()
            if process.poll() is not None:
                print(log.read_text()[-3000:], file=sys.stderr)
                return 1
            memory = peak_mb(process.pid)
        finally:
            process.terminate()
            process.wait(20)
        report(sent, waited(sent, looking.answers), begin, memory)
    return 0


def report(sent: list[tuple[int, float, float]], waits: NDArray[np.float64], begin: float, memory: float) -> None:
    answered = np.isfinite(waits)
    first = np.array([received < begin + 60.0 for _device, _at, received in sent])
    figures: dict[str, Any] = {
        "p99_ms": round(1000 * float(np.quantile(waits[answered], 0.99)), 1),
        "p50_ms": round(1000 * float(np.median(waits[answered])), 1),
        "max_ms": round(1000 * float(waits[answered].max()), 1),
        "first_minute_p99_ms": round(1000 * float(np.quantile(waits[answered & first], 0.99)), 1),
        "positions": len(sent), "answered_share": round(float(answered.mean()), 4),
        "answered_share_after_first_minute": round(float(answered[~first].mean()), 4) if (~first).any() else None,
        "buses": BUSES, "peak_mb": round(memory, 1),
    }  # fmt: skip
    print(f"{len(sent):,} positions of {BUSES:,} buses, {figures['answered_share']:.1%} answered by a forecast; "
          f"p50 {figures['p50_ms']:.0f} ms, p99 {figures['p99_ms']:.0f} ms "
          f"(first minute {figures['first_minute_p99_ms']:.0f} ms), "
          f"peak memory {memory:.0f} MB")  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    sys.exit(main())
