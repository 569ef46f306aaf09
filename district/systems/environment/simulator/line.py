"""The wire of one data logger: connect, send, wait for 9014, send again, obey, come back after a break."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from district.protocols.hj212 import FrameError, Framer, Message, answer_of, decode
from district.systems.environment.simulator.chance import uniform
from district.systems.environment.simulator.logger import KEPT, Logger, Parcel
from district.systems.environment.simulator.obedience import respond
from district.systems.environment.simulator.pace import Pace

log = logging.getLogger(__name__)

LIVE_WINDOW = 4
BACKLOG_WINDOW = 32
MOST_KEPT = 20_000
"""Reports a logger keeps for later when the line is down; beyond that the oldest go (about two years of hours)."""
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
LONGEST_WORK_S = 120.0
GIVE_UP_AFTER = 3
"""A stranger who is never answered drops his report instead of coming again for ever."""


class SilentCentre(ConnectionError):
    """No answer to the last repeat: the link counts as unusable (HJ 212-2017 table 1)."""


@dataclass
class Tally:
    """Frames of all lines together."""

    sent: int = 0
    acknowledged: int = 0
    resent: int = 0
    spoiled: int = 0
    commands: int = 0
    connections: int = 0
    breaks: int = 0
    dropped: int = 0


@dataclass
class _Waiting:
    frame: bytes
    deadline: float
    left: int
    shipment: _Shipment


@dataclass(eq=False)
class _Shipment:
    """A parcel and how many of its frames are still unanswered; `told` is set when all are."""

    parcel: Parcel
    told: asyncio.Event = field(default_factory=asyncio.Event)
    unanswered: int = 0
    failures: int = 0


class Line:
    """Runs one logger against `host`:`port`. `backlog` is sent beside the live reports, `is_live` False ends after it."""

    def __init__(
        self, logger: Logger, host: str, port: int, pace: Pace, tally: Tally, *, backlog: Iterator[Parcel] | None = None,
        is_live: bool = True, is_stranger: bool = False,
    ) -> None:
        self.logger = logger
        self._host, self._port = host, port
        self._pace, self._tally = pace, tally
        self._backlog = backlog
        self._is_live, self._is_stranger = is_live, is_stranger
        self._queue: deque[_Shipment] = deque()
        self._waiting: dict[str, _Waiting] = {}
        self._wake = asyncio.Event()
        self._cursor = pace.now()
        self._writer: asyncio.StreamWriter | None = None
        self._works: set[asyncio.Task[None]] = set()
        self._answered = 0

    @property
    def pending(self) -> int:
        """Reports made but not yet acknowledged."""
        return len(self._queue) + len({id(one.shipment) for one in self._waiting.values()})

    @property
    def is_filled(self) -> bool:
        """Whether no back-fill is left to send."""
        return self._backlog is None

    async def run(self) -> None:
        """Until cancelled; without live reports, until the backlog has been acknowledged."""
        pause = FIRST_PAUSE_S / 2
        while not self._is_finished():
            if self._is_live and self.logger.line_fault("offline", self._pace.now()):
                self._collect()
                await asyncio.sleep(self._pace.seconds_until(self._pace.now() + timedelta(minutes=1)))
                continue
            answered = self._answered
            try:
                await self._session()
            except (OSError, asyncio.IncompleteReadError) as fault:
                self._tally.breaks += 1
                log.info("%s: %s", self.logger.device.name, fault or type(fault).__name__)
                # A centre that has answered is there: only one that never does is left in peace for longer.
                pause = FIRST_PAUSE_S if self._answered > answered else min(pause * 2, LONGEST_PAUSE_S)
                await asyncio.sleep(pause)

    def _is_finished(self) -> bool:
        return not self._is_live and self._backlog is None and not self.pending

    async def _session(self) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        self._tally.connections += 1
        self._writer = writer
        listening = asyncio.create_task(self._listen(reader))
        # How it ended has been seen in the loop, or no longer matters.
        listening.add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            await self._send_until_it_breaks(listening)
        finally:
            listening.cancel()
            for work in self._works:
                work.cancel()
            self._put_back()
            self._writer = None
            # No waiting here: a stop that arrives in the middle must not be lost.
            writer.close()

    async def _send_until_it_breaks(self, listening: asyncio.Task[None]) -> None:
        while not self._is_finished():
            if listening.done():
                listening.result()
                raise ConnectionResetError("对端关闭了连接")
            if self._is_live and self.logger.line_fault("offline", self._pace.now()):
                return
            # Whatever is heard from here on is a reason to come round again.
            self._wake.clear()
            self._collect()
            self._repeat_unanswered()
            await self._fill()
            if self._writer is not None:
                await self._writer.drain()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._nap()):
                    await self._wake.wait()

    def _nap(self) -> float:
        now = asyncio.get_running_loop().time()
        naps = [one.deadline - now for one in self._waiting.values()]
        if self._is_live:
            naps.append(self._pace.seconds_until(self.logger.next_due(self._cursor)))
        return max(min(naps, default=1.0), 0.002)

    def _collect(self) -> None:
        """Puts what has fallen due into the queue; a stranger knows real-time reports only."""
        now = self._pace.now()
        if not self._is_live or now <= self._cursor:
            return
        for parcel in self.logger.due(self._cursor, now):
            if self._is_stranger and parcel.period != "realtime":
                continue
            self._queue.append(_Shipment(parcel))
        self._cursor = now
        if self._writer is None:
            self._keep_what_can_wait()

    def _keep_what_can_wait(self) -> None:
        kept = [one for one in self._queue if one.parcel.period in KEPT][-MOST_KEPT:]
        self._tally.dropped += len(self._queue) - len(kept)
        self._queue = deque(kept)

    async def _fill(self) -> None:
        """As many as the window takes. Making a report is work, so others have their turn after each: answers that
        are already here must be read before anything is taken for lost."""
        while len(self._waiting) < LIVE_WINDOW and self._queue:
            self._ship(self._queue.popleft())
            await asyncio.sleep(0)
        while self._backlog is not None and len(self._waiting) < BACKLOG_WINDOW:
            parcel = next(self._backlog, None)
            if parcel is None:
                self._backlog = None
            else:
                self._ship(_Shipment(parcel))
                await asyncio.sleep(0)

    def _ship(self, shipment: _Shipment) -> None:
        at = self._pace.real_now()
        parcel = shipment.parcel
        if parcel.period == "hour" and not parcel.is_late and self.logger.line_fault("absurd_time", parcel.at):
            self._send(self.logger.frames(self.logger.absurd(parcel), at), _Shipment(parcel))
        frames = self.logger.frames(parcel, at)
        self._send(frames, shipment)
        if not frames:
            shipment.told.set()

    def _send(self, frames: list[bytes], shipment: _Shipment) -> None:
        loop_time = asyncio.get_running_loop().time()
        shipment.unanswered = len(frames)
        for frame in frames:
            number = decode(frame).request_number or ""
            self._waiting[number] = _Waiting(
                frame, loop_time + self.logger.settings.timeout_s, self.logger.settings.resends, shipment)
            self._write(self._spoiled(frame, number))
            self._tally.sent += 1

    def _spoiled(self, frame: bytes, number: str) -> bytes:
        """A frame that the line has garbled now and then, as the script wants it."""
        fault = self.logger.line_fault("bad_crc", self._pace.now())
        if fault is None or self._chance("garbled", number) >= fault.share:
            return frame
        self._tally.spoiled += 1
        return frame[:-6] + (b"0000" if frame[-6:-2] != b"0000" else b"1111") + frame[-2:]

    def _chance(self, name: str, number: str) -> float:
        return float(uniform(self.logger.world.seed, f"{self.logger.device.code} {name}", int(number or 0))[0])

    def _write(self, frame: bytes) -> None:
        if self._writer is not None:
            self._writer.write(frame)

    def _repeat_unanswered(self) -> None:
        """The same bytes, so the same number, after each timeout; SilentCentre after the last."""
        now = asyncio.get_running_loop().time()
        for waiting in list(self._waiting.values()):
            if waiting.deadline > now:
                continue
            if waiting.left == 0:
                raise SilentCentre("多次重发无应答")
            waiting.left -= 1
            waiting.deadline = now + self.logger.settings.timeout_s
            self._tally.resent += 1
            self._write(waiting.frame)

    def _put_back(self) -> None:
        """What was on its way when the line broke goes first when it is back; moments that have passed do not."""
        open_ones = list(dict.fromkeys(one.shipment for one in self._waiting.values()))
        self._waiting.clear()
        for shipment in reversed(open_ones):
            shipment.failures += 1
            gives_up = self._is_stranger and shipment.failures >= GIVE_UP_AFTER
            if shipment.parcel.period in KEPT and not gives_up:
                late = Parcel(shipment.parcel.period, shipment.parcel.at, is_late=True)
                shipment.parcel = late
                self._queue.appendleft(shipment)
            else:
                self._tally.dropped += 1

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        framer = Framer()
        while chunk := await reader.read(65536):
            for piece in framer.feed(chunk):
                try:
                    message = decode(piece.raw)
                except FrameError as fault:
                    log.warning("%s: 收到无法解析的报文 %s", self.logger.device.name, fault.code)
                    continue
                self._hear(message)
            self._wake.set()

    def _hear(self, message: Message) -> None:
        if answer_of(message) is None:
            self._tally.commands += 1
            work = asyncio.create_task(self._obey(message))
            self._works.add(work)
            work.add_done_callback(self._works.discard)
            return
        number = message.request_number or ""
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            return  # the answer to a repeat, or to a frame sent before a break
        self._tally.acknowledged += 1
        self._answered += 1
        shipment = waiting.shipment
        shipment.unanswered -= 1
        if shipment.unanswered <= 0:
            shipment.told.set()
        fault = self.logger.line_fault("resend", self._pace.now())
        if fault is not None and self._chance("doubled", number) < fault.share:
            self._tally.resent += 1
            self._write(waiting.frame)

    async def _obey(self, message: Message) -> None:
        response = respond(self.logger, message, self._pace.now())
        self._write(response.first)
        if response.last is None:
            return
        await asyncio.sleep(response.work_s)
        shipments = [_Shipment(parcel) for parcel in response.parcels]
        self._queue.extendleft(reversed(shipments))
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WORK_S):
                for shipment in shipments:
                    await shipment.told.wait()
        self._write(response.last)
