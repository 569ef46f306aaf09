"""One bus on the road: its day, its senses, its terminal, its wire."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from .camera import Camera
from .chance import chance
from .fleet_days import FleetDays
from .memory import Memory
from .pace import Pace
from .sensing import Sensor, card, counted
from .service_day import Itinerary
from .terminal import Terminal
from .town import SimulatedBus
from .wire import Wire, connect

log = logging.getLogger(__name__)
LONGEST_NAP_S = 20.0
COMES_AGAIN_S = (2.0, 30.0)
"""A bus that finds nobody tries again after so long, and after so long when the centre stays away."""
BACKFILL_EVERY_S = 30


@dataclass
class Tally:
    """Of all buses together."""

    connections: int = 0
    breaks: int = 0
    reports: int = 0


@dataclass(frozen=True)
class Door:
    """Where the gateway listens."""

    host: str
    port: int


class Ride:
    """A bus until cancelled. `faults`: clock, swap, duplicate, late besides those of the day."""

    def __init__(self, bus: SimulatedBus, number: int, days: FleetDays, door: Door, pace: Pace, memory: Memory, tally: Tally,
                 *, is_udp: bool = False, seed: int = 0, faults: frozenset[str] = frozenset()) -> None:  # fmt: skip
        self.bus, self._number, self.days, self._door, self._pace = bus, number, days, door, pace
        self._tally, self._is_udp, self._seed, self._faults = tally, is_udp, seed, faults
        self.terminal = Terminal(
            bus.phone, bus.version, bus.plate, memory.code_of(bus.phone), remember=lambda code: memory.note(bus.phone, code),
            place=self._place, confirm=self._confirm, film=Camera(bus.phone).asked,
        )  # fmt: skip
        self._sensor: Sensor | None = None
        self._wire: Wire | None = None
        self._try_at = 0.0
        self._pause = COMES_AGAIN_S[0]
        self._is_in = False
        self._counted_until = pace.now().timestamp()
        luck = chance(seed, bus.number, "faults")
        is_wrong = "clock" in faults and luck.random() < 0.15
        self._clock_s = float(luck.choice([10_800.0, -5400.0, 86_400.0 * 400])) if is_wrong else 0.0
        self._is_late = "late" in faults and luck.random() < 0.2

    # ---- the past

    def backfill(self, begin: float, end: float) -> int:
        """Keeps the positions of a time gone by, to be sent as those of a blind area; how many."""
        kept = 0
        for day in self.days.between(begin, end):
            itinerary = day.get(self.bus.number)
            if itinerary is None:
                continue
            sensor = self._sense(itinerary)
            at = max(begin, itinerary.begins_at) // BACKFILL_EVERY_S * BACKFILL_EVERY_S + self._number % BACKFILL_EVERY_S
            while at < min(end, itinerary.ends_at):
                body = sensor.body(at)
                if body is not None:
                    self.terminal.kept.append(body)
                    kept += 1
                at += BACKFILL_EVERY_S
            sensor.until_answered = 0
        return kept

    async def send_kept(self) -> None:
        """Until all of the past is acknowledged."""
        while self.terminal.pending:
            await self._keep_line()
            self._flush()
            await asyncio.sleep(0.1)
        self._disconnect()

    # ---- the present

    async def run(self) -> None:
        at = self._pace.now().timestamp()
        while True:
            interval = self.terminal.interval_s(asyncio.get_running_loop().time())
            at = max(at + interval, self._pace.now().timestamp() - 3 * interval)
            await self._pace.sleep_until_s(at)
            itinerary = self.days.itinerary(self.bus.number, at)
            if itinerary is None:
                await self._rest()
                await asyncio.sleep(self._pace.nap_s(LONGEST_NAP_S))
                at = self._pace.now().timestamp()
                continue
            if self._sensor is None or self._sensor.itinerary is not itinerary:
                self._sensor = self._sense(itinerary)
            self._report(self._sensor, at)
            if itinerary.is_cut(at):
                self._disconnect()
            else:
                await self._keep_line()
            self._flush()

    def _report(self, sensor: Sensor, at: float) -> None:
        body = sensor.body(at)
        if body is None:
            return
        self._tally.reports += 1
        is_held = self._is_late and int(at) % 600 < 240
        (self.terminal.kept if is_held or self.terminal.state != "ready" else self.terminal.fresh).append(body)
        if "duplicate" in self._faults and int(at) % 7 == self._number % 7:
            self.terminal.fresh.append(body)
        if not self._is_in:
            self._is_in = True
            self.terminal.others.append((0x0702, card(self.bus.version, self._number, at, True)))
        for flow in counted(sensor.itinerary, self._counted_until, at):
            self.terminal.others.append((0x1005, flow))
        self._counted_until = at

    async def _rest(self) -> None:
        """The day is over: what is left goes out, then the terminal logs off."""
        if self._wire is None:
            return
        if self._is_in:
            self._is_in = False
            self.terminal.others.append((0x0702, card(self.bus.version, self._number, self._pace.now().timestamp(), False)))
        self.terminal.logged_off(asyncio.get_running_loop().time())
        self._flush()
        await asyncio.sleep(1.0)
        self._disconnect()

    # ---- the wire

    async def _keep_line(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._wire is not None and not self._wire.is_open:
            self._tally.breaks += 1
            self._disconnect()
        if self._wire is None and now >= self._try_at:
            try:
                self._wire = await connect(self._door.host, self._door.port, self._heard, self._is_udp)
            except OSError as fault:
                log.debug("%s: %s", self.bus.number, fault)
                self._put_off(now)
                return
            self._tally.connections += 1
            self.terminal.connected(now)

    def _flush(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._wire is None:
            return
        try:
            self.terminal.tick(now)
        except ConnectionError:
            self._tally.breaks += 1
            self._disconnect()
            self._put_off(now)
            return
        if frames := self.terminal.taken():
            self._wire.send(frames)

    def _put_off(self, now: float) -> None:
        self._try_at = now + self._pause
        self._pause = min(self._pause * 2, COMES_AGAIN_S[1])

    def _heard(self, chunk: bytes) -> None:
        self._pause = COMES_AGAIN_S[0]
        self.terminal.received(chunk, asyncio.get_running_loop().time())
        self._flush()

    def _disconnect(self) -> None:
        if self._wire is not None:
            with suppress(OSError):
                self._wire.close()
            self._wire = None
        if self.terminal.state != "cut":
            self.terminal.lost()

    # ---- the senses

    def _sense(self, itinerary: Itinerary) -> Sensor:
        return Sensor(itinerary, self.days.plane, self.bus.version, self._seed, self.bus.capacity, self._clock_s,
                      self._sensor.until_answered if self._sensor else 0)  # fmt: skip

    def _place(self) -> bytes | None:
        return self._sensor.body(self._pace.now().timestamp()) if self._sensor is not None else None

    def _confirm(self, bits: int) -> None:
        if self._sensor is not None:
            self._sensor.until_answered &= ~bits
