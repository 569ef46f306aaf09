"""Recorded positions said by terminals of JT/T 808 to the gateway, as fast as it acknowledges them: kept places of a blind
area, in batches (0x0704)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from district.protocols.jt808 import encode

from ..simulator.sensing import ACC, FIX, GPS, stamp
from ..simulator.terminal import Terminal
from ..simulator.wire import Wire, connect

AT_ONCE = 16
"""Terminals that talk at the same time."""
LONGEST_S = 120.0
"""A terminal that has not got rid of its places by then is given up."""
FASTEST_KMH = 110.0


@dataclass(frozen=True)
class Sent:
    """`positions` of the files, `acknowledged` of them by the gateway, in `seconds`."""

    positions: int
    acknowledged: int
    terminals: int
    seconds: float


def bodies_of(rows: pd.DataFrame) -> list[bytes]:
    """Bodies of 0x0200 of one vehicle's positions (at, lat, lon) in order of time; speed and course from one to the next."""
    at, lat, lon = (rows[name].to_numpy(dtype=np.float64) for name in ("at", "lat", "lon"))
    north, east = np.diff(lat) * 111_195.0, np.diff(lon) * 111_195.0 * np.cos(np.radians(lat[:-1]))
    speed = np.minimum(np.hypot(north, east) / np.maximum(np.diff(at), 1.0) * 3.6, FASTEST_KMH)
    course = np.degrees(np.arctan2(east, north)) % 360.0
    speed, course = np.append(0.0, speed), np.append(0.0, course)
    return [
        encode.position(alarm=0, status=ACC | FIX | GPS, latitude=float(lat[n]), longitude=float(lon[n]), altitude=0,
                        speed_kmh=float(speed[n]), direction=int(course[n]) % 360, time=stamp(float(at[n])))
        for n in range(len(at))
    ]  # fmt: skip


async def send(phones: Mapping[str, str], positions: pd.DataFrame, host: str, port: int, version: int) -> Sent:
    """`phones`: terminal number of each vehicle of `positions`."""
    begun, turns = time.monotonic(), asyncio.Semaphore(AT_ONCE)
    of_vehicle = {str(name): part for name, part in positions.groupby("vehicle", sort=True)}

    async def one(vehicle: str) -> int:
        async with turns:
            bodies = await asyncio.to_thread(bodies_of, of_vehicle[vehicle])
            return await _say(Terminal(phones[vehicle], version, ""), bodies, host, port)

    acknowledged = await asyncio.gather(*(one(vehicle) for vehicle in of_vehicle))
    return Sent(len(positions), sum(acknowledged), len(of_vehicle), time.monotonic() - begun)


async def _say(terminal: Terminal, bodies: Sequence[bytes], host: str, port: int) -> int:
    """How many the gateway has acknowledged."""
    loop = asyncio.get_running_loop()
    until, wire = loop.time() + LONGEST_S, None
    terminal.kept.extend(bodies)
    while terminal.pending and loop.time() < until:
        if wire is None or not wire.is_open:
            terminal.lost()
            wire = await _connected(terminal, host, port)
            if wire is None:
                continue
            terminal.connected(loop.time())
        terminal.tick(loop.time())
        if frames := terminal.taken():
            wire.send(frames)
        await asyncio.sleep(0.005)
    if wire is not None:
        with suppress(OSError):
            wire.close()
    return terminal.acknowledged


async def _connected(terminal: Terminal, host: str, port: int) -> Wire | None:
    try:
        return await connect(host, port, lambda chunk: terminal.received(chunk, asyncio.get_running_loop().time()))
    except OSError:
        await asyncio.sleep(1.0)
        return None
