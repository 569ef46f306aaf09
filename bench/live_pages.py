"""Five hundred phones and screens on live pages: pages, interface and stream while all forecasts change.

`python -m bench.live_pages`; `DISTRICT_BENCH_CLIENTS` (500), `DISTRICT_BENCH_SECONDS` (30). In a home and database of their
own run the web process as the supervisor starts it and the live door; the demonstration's six lines drive around the clock.
Every client opens the page of a stop, asks for its arrivals, holds the stream, and opens another page every twenty seconds;
every two seconds all forecasts of two lines change in one commit with its notice. `lag`: commit → change read by a client.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import psycopg

from bench._sites import site
from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment, free_port

CLIENTS = int(os.environ.get("DISTRICT_BENCH_CLIENTS") or 500)
SECONDS = float(os.environ.get("DISTRICT_BENCH_SECONDS") or 30)
RAMP_S = 8.0
CHANGE_S = 2.0
VISIT_S = 20.0
PATIENCE_S = 120.0
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
for app in ("transit", "cases", "sessions"):
    call_command("migrate", app, skip_checks=True, verbosity=0)
"""
CHANGE = """
    UPDATE transit_forecast f SET made_at = now(),
        earliest = array_fill(%(mark)s::bigint, ARRAY[cardinality(f.arrivals)])
    FROM transit_run r WHERE r.id = f.run_id AND r.route_id = ANY(%(lines)s)
"""


@dataclass
class Seen:
    """What the clients saw; times in milliseconds."""

    page: list[float] = field(default_factory=list)
    interface: list[float] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    events: int = 0
    silent: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Marks:
    """When each change was committed; `first` is the number that stands for none."""

    first: int
    committed: dict[int, float] = field(default_factory=dict)
    here: int = 0
    until: float = 0.0
    begun: float = field(default_factory=time.perf_counter)

    def arrive(self) -> None:
        """A client has read its first arrivals from the stream; with the last of them the time of the bench begins."""
        self.here += 1
        if self.here == CLIENTS:
            self.until = time.perf_counter() + SECONDS

    def left(self) -> float:
        return (self.until or self.begun + PATIENCE_S) - time.perf_counter()


def prepare() -> tuple[list[str], list[str]]:
    """Timetable, buses on the road and forecasts; gives the stops and the lines."""
    from district.kernel.clock import CHINA, now, today
    from district.systems.transit.demo import network
    from district.systems.transit.forecasts.planned import plan_of
    from district.systems.transit.models import Bus, Edition, Forecast, Run

    every_line: Any = tuple(
        (name, towns, every, (0, 0), (23, 50), colour)
        for name, towns, every, *_hours, colour in network.LINES
    )
    network.LINES = every_line
    first, last = today() - timedelta(days=2), today() + timedelta(days=2)
    edition = Edition.objects.create(title="bench", state="published", valid_from=first, valid_to=last,
                                     feed=network.feed(first, last), sha256="0" * 64, published_at=now())  # fmt: skip
    plan, at = plan_of(today()), now().timestamp()
    assert plan is not None
    driven = [each for each in plan.trips if each.begins_at <= at < each.ends_at - 900]
    for number, planned in enumerate(driven):
        stops = len(planned.trip.pattern.stop_ids)
        place = int(np.searchsorted(planned.trip.arrivals + planned.midnight, at))
        run = Run.objects.create(
            day=planned.day,
            trip_id=planned.trip.trip_id, start_time=planned.start_time,
            edition=edition,
            route_id=planned.trip.route_id, direction=planned.trip.direction,
            begins_at=datetime.fromtimestamp(planned.begins_at, CHINA),
            ends_at=datetime.fromtimestamp(planned.ends_at, CHINA), bus=Bus.objects.create(number=f"B{number:03}"),
            state="running", seen_at=now(), lon=117.86, lat=36.8,
            along_m=float(planned.trip.pattern.stops_at[place]), next_stop=place,
        )  # fmt: skip
        arrivals = [round(at) + 600 + 60 * each for each in range(stops - place)]
        Forecast.objects.create(run=run, made_at=now(), first_stop=place, arrivals=arrivals, departures=arrivals,
                                earliest=[0] * len(arrivals), latest=[each + 120 for each in arrivals],
                                source="model")  # fmt: skip
    reached = sorted({stop for each in driven for stop in each.trip.pattern.stop_ids[-4:-1]})
    return reached, sorted({each.trip.route_id for each in driven})


@contextmanager
def door(log: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The live door as the supervisor starts it, on a port of its own."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
               "--workers", "1", "--no-ws", "--log-level", "warning", "--workers-kill-timeout", "2",
               "district.edges.live.asgi:application"]  # fmt: skip
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, cwd=home.CHECKOUT
        )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                asyncio.run(_answer(port, "/health"))
                break
            time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


async def _answer(port: int, path: str) -> tuple[int, bytes]:
    """One request over a connection of its own, as a phone that comes by."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), await reader.read()
    finally:
        writer.close()


async def _timed(seen: Seen, times: list[float], port: int, path: str) -> None:
    began = time.perf_counter()
    try:
        status, _body = await asyncio.wait_for(_answer(port, path), 30)
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        seen.faults.append(f"{path}: {type(error).__name__}")
        return
    times.append((time.perf_counter() - began) * 1000)
    if status != 200:
        seen.faults.append(f"{path}: {status}")


async def _client(number: int, stops: list[str], web: int, live: int, marks: Marks, seen: Seen) -> None:
    lot = random.Random(number)
    await asyncio.sleep(RAMP_S * number / CLIENTS)
    stop = lot.choice(stops)
    await _timed(seen, seen.page, web, f"/transit/stops/{stop}/")
    await _timed(seen, seen.interface, web, f"/api/transit/arrivals?stops={stop}")
    streaming = asyncio.create_task(_stream(stop, live, marks, seen))
    while (left := marks.left()) > 0:
        await asyncio.sleep(min(left, VISIT_S * (0.5 + lot.random())))
        if marks.left() > 0 and marks.until:
            await _timed(seen, seen.page, web, f"/transit/stops/{lot.choice(stops)}/")
    await streaming


async def _stream(stop: str, port: int, marks: Marks, seen: Seen) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    writer.write(
        f"GET /stream/transit/arrivals?stops={stop} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    )
    known, events = marks.first, 0
    try:
        while (left := marks.left()) > 0:
            line = await asyncio.wait_for(reader.readline(), left)
            if not line:
                seen.faults.append(f"stream {stop} ended")
                break
            if line.startswith(b"data: "):
                events += 1
                if events == 1:
                    marks.arrive()
                newest = max((row["earliest"] or 0 for row in json.loads(line[6:])["arrivals"]), default=0)
                if newest > known:
                    known = newest
                    seen.lag.append((time.perf_counter() - marks.committed[newest]) * 1000)
    except TimeoutError:
        pass  # the time of the bench is over
    finally:
        writer.close()
    seen.events += events
    seen.silent += events == 0


async def _change(url: str, lines: list[str], marks: Marks) -> None:
    """Two lines at a time, in turn."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=False)
    number = marks.first
    async with connection:
        while marks.left() > 3:
            number += 1
            chosen = [lines[number % len(lines)], lines[(number + 1) % len(lines)]]
            await connection.execute(CHANGE, {"mark": number, "lines": chosen})
            await connection.execute(
                "SELECT pg_notify('live', %s)",
                [json.dumps({"topic": "transit.forecasts", "data": {"lines": chosen}})],
            )
            # From before the commit, so that a client cannot read a change before it has its time.
            marks.committed[number] = time.perf_counter()
            await connection.commit()
            await asyncio.sleep(CHANGE_S)


async def measure(url: str, stops: list[str], lines: list[str], web: int, live: int) -> Seen:
    seen = Seen()
    for path in (f"/transit/stops/{stops[0]}/", f"/api/transit/arrivals?stops={stops[0]}"):
        await _answer(web, path)  # a process that has just begun reads the timetable first
    marks = Marks(int(time.time()))
    clients = [_client(number, stops, web, live, marks, seen) for number in range(CLIENTS)]
    await asyncio.gather(_change(url, lines, marks), *clients)
    return seen


def _memory_mb(process: subprocess.Popen[bytes]) -> float:
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    return sum(each.memory_info().rss for each in family) / 2**20


def report(seen: Seen, live_mb: float, stops: int) -> None:
    def row(name: str, times: list[float]) -> dict[str, float]:
        p50, p99 = (float(np.percentile(times, share)) for share in (50, 99)) if times else (0.0, 0.0)
        print(f"{name:<34}{len(times):>9}{p50:>12.1f}{p99:>12.1f}")
        return {"p50_ms": round(p50, 1), "p99_ms": round(p99, 1)}

    print(
        f"{CLIENTS} clients, {stops} stops, {SECONDS:.0f} s\n{'':<34}{'count':>9}{'p50 ms':>12}{'p99 ms':>12}"
    )
    told: dict[str, Any] = {
        "page": row("page of a stop", seen.page), "interface": row("arrivals as JSON", seen.interface),
        "lag": row("commit → change at the client", seen.lag),
    }  # fmt: skip
    for fault in seen.faults[:10]:
        print("fault:", fault)
    print(json.dumps({
        "clients": CLIENTS, "events": seen.events, "silent_streams": seen.silent, "faults": len(seen.faults),
        "live_door_mb": round(live_mb), **told,
    }))  # fmt: skip


def main() -> None:
    with Installation() as place, environment(**place.variables()):
        subprocess.run(
            [sys.executable, "-c", MIGRATE], cwd=home.CHECKOUT, check=True, stdout=subprocess.DEVNULL
        )
        set_up_django()
        stops, lines = prepare()
        with (
            site("district.edges.web.wsgi:application", str(place.path / "web.log")) as web,
            door(place.path / "live.log") as opened,
        ):
            live, process = opened
            seen = asyncio.run(measure(place.url, stops, lines, web, live))
            report(seen, _memory_mb(process), len(stops))


if __name__ == "__main__":
    main()
