"""The whole fleet at work: the past first, then the present."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from district.kernel import clock

from .fleet_days import FleetDays
from .memory import Memory
from .pace import Pace
from .riding import Door, Ride, Tally
from .town import Town

log = logging.getLogger(__name__)
EVERYDAY = frozenset({"bunching", "breakdown", "detour", "short_turn", "gap", "no_fix", "alarm"})
ON_DEMAND = frozenset({"clock", "swap", "duplicate", "late"})
FAULTS = EVERYDAY | ON_DEMAND
FIRST_BACKFILL = timedelta(days=2)
OVERLAP = timedelta(minutes=2)
"""What may have been on its way when the simulator stopped is sent again; the centre counts it once."""
REFRESH_S, TALK_S = 60.0, 60.0
UDP_EACH = 10
"""Every tenth bus speaks UDP."""
AT_ONCE = 8
"""Buses that send their past at the same time."""


@dataclass(frozen=True)
class Options:
    """`backfill_days`: 0 none, None "auto" (two days at first, then what was missed). `buses`: how many at most."""

    host: str = "127.0.0.1"
    port: int = 8808
    speed: float = 1.0
    backfill_days: float | None = 0
    play_hours: float = 1.0
    buses: int | None = None
    seed: int = 11
    faults: frozenset[str] = EVERYDAY
    is_live: bool = True


async def play(options: Options, town: Town, tally: Tally, memory_path: Path | None = None,
               now: Callable[[], datetime] = clock.now) -> None:  # fmt: skip
    """Until cancelled; without live reports, until the past is acknowledged."""
    start_at = now() - timedelta(hours=options.play_hours) if options.speed != 1 else None
    pace = Pace(now, options.speed, start_at)
    memory = Memory(memory_path)
    chosen = town.buses[: options.buses] if options.buses else town.buses
    days = FleetDays(town, options.seed, options.faults, frozenset(bus.number for bus in chosen))
    await asyncio.to_thread(days.refresh, pace.now())
    door = Door(options.host, options.port)
    rides = [
        Ride(bus, number, days, door, pace, memory, tally, is_udp=number % UDP_EACH == 0, seed=options.seed,
             faults=options.faults)
        for number, bus in enumerate(chosen, 1)
    ]  # fmt: skip
    begun_at = pace.now()
    first = _backfill_from(options, memory, begun_at)
    if first is not None:
        await _send_past(rides, first, begun_at, memory)
    if not options.is_live:
        return
    chores = [asyncio.create_task(_refresh(days, pace)), asyncio.create_task(_talk(rides, tally, memory, pace))]
    try:
        async with asyncio.TaskGroup() as group:
            for ride in rides:
                group.create_task(ride.run())
    finally:
        for chore in chores:
            chore.cancel()
        memory.keep(_reported_until(rides, pace))


def _backfill_from(options: Options, memory: Memory, begun_at: datetime) -> datetime | None:
    if options.backfill_days is None:
        first = begun_at - FIRST_BACKFILL
        return max(first, memory.reported_until - OVERLAP) if memory.reported_until else first
    return begun_at - timedelta(days=options.backfill_days) if options.backfill_days else None


async def _send_past(rides: list[Ride], first: datetime, last: datetime, memory: Memory) -> None:
    """A few buses at a time, so that a start does not take the machine."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(ride: Ride) -> int:
        async with turns:
            kept = await asyncio.to_thread(ride.backfill, first.timestamp(), last.timestamp())
            await ride.send_kept()
            return kept

    await asyncio.to_thread(rides[0].days.between, first.timestamp(), last.timestamp()) if rides else None
    sent = sum(await asyncio.gather(*(one(ride) for ride in rides)))
    log.info("补传 %d 个位置，自 %s", sent, f"{first:%Y-%m-%d %H:%M}")
    memory.keep(last)


async def _refresh(days: FleetDays, pace: Pace) -> None:
    while True:
        await asyncio.sleep(REFRESH_S)
        await asyncio.to_thread(_read_again, days, pace.now())


def _read_again(days: FleetDays, now: datetime) -> None:
    """A database that is away for a while leaves the buses driving what they know."""
    from django.db import DatabaseError, connection

    try:
        days.refresh(now)
    except DatabaseError as fault:
        log.warning("暂时读不到时刻表：%s", fault)
    finally:
        connection.close()


def _reported_until(rides: list[Ride], pace: Pace) -> datetime | None:
    """Now, unless much is still on its way: then it is sent again after a restart."""
    return pace.now() if sum(ride.terminal.pending for ride in rides) < 10 * len(rides) else None


async def _talk(rides: list[Ride], tally: Tally, memory: Memory, pace: Pace) -> None:
    while True:
        await asyncio.sleep(TALK_S)
        memory.keep(_reported_until(rides, pace))
        log.info(
            "在线 %d 车，位置 %d，已确认 %d，待确认 %d，命令 %d，断线 %d",
            sum(ride.terminal.state == "ready" for ride in rides), tally.reports,
            sum(ride.terminal.acknowledged for ride in rides), sum(ride.terminal.pending for ride in rides),
            sum(ride.terminal.commands for ride in rides), tally.breaks,
        )  # fmt: skip
