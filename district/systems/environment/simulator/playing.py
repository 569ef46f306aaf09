"""The whole fleet at work: back-fill, live reports, strangers at the door."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from district.kernel import clock
from district.systems.environment.simulator.fleet import WATER, Fleet, SimulatedDevice, fleet
from district.systems.environment.simulator.line import Line, Tally
from district.systems.environment.simulator.logger import Logger, Settings
from district.systems.environment.simulator.memory import Memory
from district.systems.environment.simulator.pace import Pace
from district.systems.environment.simulator.recorded import Recording
from district.systems.environment.simulator.world import SEED, World

log = logging.getLogger(__name__)

FIRST_BACKFILL_DAYS = 90
OVERLAP = timedelta(hours=2)
"""What may have been on its way when the simulator stopped is sent again; the centre counts it once."""
TALK_EVERY_S = 30.0
STRANGER_EVERY_S = 600


@dataclass(frozen=True)
class Options:
    """`backfill_days`: 0 none, None "auto" (90 days at first, then what was missed). `play_days`: how far back a faster
    clock begins. `only`: codes or kinds of devices; empty means all."""

    host: str = "127.0.0.1"
    port: int = 9212
    speed: float = 1.0
    backfill_days: float | None = 0
    play_days: float = 1.0
    only: Collection[str] = ()
    is_live: bool = True
    seed: int = SEED
    has_strangers: bool = True


async def play(
    options: Options, tally: Tally, *, recordings: Sequence[Recording] = (), memory_path: Path | None = None,
    played: Fleet | None = None, now: Callable[[], datetime] = clock.now,
) -> None:
    """Until cancelled, or, without live reports, until all of the back-fill is acknowledged. Counts into `tally`."""
    chosen = played or fleet()
    world = World(chosen, options.seed, recordings)
    start_at = now() - timedelta(days=options.play_days) if options.speed != 1 else None
    pace = Pace(now, options.speed, start_at)
    memory = Memory(memory_path)
    loggers = [Logger(world, device, memory.settings_of(device)) for device in _wanted(chosen, options.only)]
    began_at = pace.now()
    first = _backfill_from(options, memory, began_at)
    lines = [
        Line(logger, options.host, options.port, pace, tally, is_live=options.is_live,
             backlog=logger.past(first, began_at) if first is not None else None)
        for logger in loggers
    ]
    strangers = _strangers(world, options, pace) if options.has_strangers and options.is_live else []
    watching = asyncio.create_task(_watch(lines, loggers, memory, tally, pace))
    try:
        async with asyncio.TaskGroup() as group:
            for line in (*lines, *strangers):
                group.create_task(line.run())
    finally:
        watching.cancel()
        memory.keep(_settings(loggers), _reported_until(lines, pace))


def _wanted(chosen: Fleet, only: Collection[str]) -> list[SimulatedDevice]:
    found = [one for one in chosen.devices if not only or one.code in only or one.kind in only]
    if not found:
        raise LookupError(f"没有这样的设备：{'、'.join(only)}（no such device）")
    return found


def _backfill_from(options: Options, memory: Memory, began_at: datetime) -> datetime | None:
    if options.backfill_days is None:
        known = memory.reported_until
        return known - OVERLAP if known is not None else began_at - timedelta(days=FIRST_BACKFILL_DAYS)
    return began_at - timedelta(days=options.backfill_days) if options.backfill_days else None


def _strangers(world: World, options: Options, pace: Pace) -> list[Line]:
    """Those who should not be let in, with a tally of their own: nobody answers them, and that is right."""
    lines = []
    for stranger in world.fleet.strangers:
        known = [one for one in world.fleet.devices if one.code == stranger.code]
        model = known[0] if known else world.fleet.of_kind(WATER)[0]
        device = replace(model, code=stranger.code, name=stranger.zh, password=stranger.password, version=stranger.version)
        # The world answers for the device it knows; only the name on the frame is another.
        logger = _Impostor(world, model, device, Settings(stranger.password, realtime_s=STRANGER_EVERY_S))
        lines.append(Line(logger, options.host, options.port, pace, Tally(), is_stranger=True))
    return lines


class _Impostor(Logger):
    """Reports the values of one device under the name or password of another."""

    def __init__(self, world: World, model: SimulatedDevice, device: SimulatedDevice, settings: Settings) -> None:
        super().__init__(world, model, settings)
        self._model = model
        self.device = device
        self.faults = ()

    def readings(self, period: str, at: datetime) -> list:
        shown, self.device = self.device, self._model
        try:
            return super().readings(period, at)
        finally:
            self.device = shown


def _settings(loggers: Sequence[Logger]) -> dict[str, Settings]:
    return {logger.device.code: logger.settings for logger in loggers}


def _reported_until(lines: Sequence[Line], pace: Pace) -> datetime | None:
    """Now, once no line has back-fill left; before that there is no such time."""
    return pace.now() if all(line.is_filled for line in lines) else None


async def _watch(
    lines: Sequence[Line], loggers: Sequence[Logger], memory: Memory, tally: Tally, pace: Pace
) -> None:
    while True:
        await asyncio.sleep(TALK_EVERY_S)
        memory.keep(_settings(loggers), _reported_until(lines, pace))
        log.info(
            "已发 %d，已确认 %d，重发 %d，待确认 %d，命令 %d，断线 %d", tally.sent, tally.acknowledged, tally.resent,
            sum(line.pending for line in lines), tally.commands, tally.breaks,
        )
