"""The thread beside the writer: reads devices and series, hears of new ones and of commands, writes what is not urgent.

Work is handed in as functions of a connection and done in order; while the database is away it waits.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import psycopg
from numpy.typing import NDArray

from district.edges.gateway.alarming import CHANNEL, Alarming
from district.edges.gateway.database import AWAY, FIRST_PAUSE_S, connect, longer
from district.edges.gateway.directory import read_snapshot
from district.edges.gateway.group import Readings
from district.edges.gateway.live import LiveValues
from district.edges.gateway.tallies import ALL_DISCONNECTED, Portion, write_portion
from district.kernel import clock

if TYPE_CHECKING:
    from district.edges.gateway.gateway import Gateway

log = logging.getLogger("district.gateway")

Work = Callable[[psycopg.Connection[Any]], None]
"""Side work: given an autocommitting connection."""

NOTIFY = "SELECT pg_notify('live', %s)"
RELOAD_S = 600.0
LIVE_S = 1.0
COMMANDS_S = 5.0
TICK_S = 5.0
WAIT_S = 0.1
MOST_WAITING = 10_000


class Desk(threading.Thread):
    def __init__(self, gateway: Gateway) -> None:
        super().__init__(name="desk", daemon=True)
        self.gateway = gateway
        self.work: queue.Queue[Work] = queue.Queue(MOST_WAITING)
        self.live = LiveValues()
        self.alarming = Alarming(gateway.counters)
        self.is_finishing = threading.Event()
        self._reload_at = self._live_at = self._commands_at = self._tick_at = 0.0

    # ---- called by the loop

    def do(self, work: Work) -> None:
        """Hands in work. When the database has been away for so long that the queue is full, the work is left out:
        counters and live values may be, observations never come this way."""
        try:
            self.work.put_nowait(work)
        except queue.Full:
            log.warning("次要写入积压，已放弃一项（too much waits for the database, one piece of side work left out）")

    def execute(self, statement: str, values: Any) -> None:
        def work(connection: psycopg.Connection[Any]) -> None:
            connection.execute(statement, values)

        self.do(work)

    def tell(self, topic: str, data: dict[str, Any]) -> None:
        """A notice to the live pages."""
        self.execute(NOTIFY, [json.dumps({"topic": topic, "data": data}, ensure_ascii=False)])

    def write(self, portion: Portion) -> None:
        self.do(lambda connection: write_portion(connection, portion))

    def stored(self, ids: NDArray[Any], readings: Readings, devices: set[int]) -> None:
        """Values just committed, for the live pages and the alarms."""
        at_s, now_s = readings.at_us / 1e6, time.time()
        self.live.add(self.gateway.directory, readings, devices)
        self.do(lambda connection: self.alarming.feed(connection, ids, at_s, readings.value, readings.mark, now_s))

    def finish(self, patience_s: float) -> None:
        self.is_finishing.set()
        self.join(patience_s)

    # ---- the thread

    def run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self.is_finishing.is_set():
            try:
                with connect("gateway desk", autocommit=True) as connection:
                    self._begin(connection)
                    pause = FIRST_PAUSE_S
                    self._serve(connection)
            except AWAY as error:
                log.info("副连接中断（side connection lost）: %s", str(error).strip()[:200])
            except RuntimeError as error:
                log.warning("%s", error)
            except Exception:
                # This thread brings news of devices and commands: whatever happens, it begins again.
                log.exception("副线程出错，重新开始（the desk failed and begins again）")
            self.is_finishing.wait(pause)
            pause = longer(pause)

    def _begin(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("LISTEN devices")
        connection.execute("LISTEN device_commands")
        connection.execute(f"LISTEN {CHANNEL}")
        self._reload(connection)
        self.gateway.commands.forget_unfinished(connection)
        connection.execute(ALL_DISCONNECTED)
        self._try_alarms(lambda: self.alarming.load(connection, time.time()))

    def _serve(self, connection: psycopg.Connection[Any]) -> None:
        while not self.is_finishing.is_set() or not self.work.empty():
            self._do_next(connection)
            for notice in connection.notifies(timeout=0):
                self._hear(notice.channel)
            self._keep_time(connection)

    def _do_next(self, connection: psycopg.Connection[Any]) -> None:
        try:
            work = self.work.get(timeout=WAIT_S)
        except queue.Empty:
            return
        try:
            work(connection)
        except AWAY:
            # Once more with the next connection. It may have been done already: what comes here bears it.
            self.do(work)
            raise
        except psycopg.Error:
            log.exception("次要写入失败（a piece of side work failed）")

    def _try_alarms(self, step: Callable[[], None]) -> None:
        """Rules that cannot be read must not keep new devices from being heard of."""
        try:
            step()
        except AWAY:
            raise
        except psycopg.Error:
            log.exception("告警规则处理失败（the alarm rules failed）")

    def _hear(self, channel: str) -> None:
        if channel == "devices":
            self._reload_at = min(self._reload_at, time.monotonic() + 0.2)
        elif channel == "device_commands":
            self._commands_at = 0.0
        elif channel == CHANNEL:
            self.alarming.is_stale = True

    def _keep_time(self, connection: psycopg.Connection[Any]) -> None:
        now = time.monotonic()
        if now >= self._reload_at:
            self._reload(connection)
            self.alarming.is_stale = True
        if now >= self._live_at:
            self._live_at = now + LIVE_S
            for payload in self.live.payloads(clock.now()):
                connection.execute(NOTIFY, [json.dumps(payload, ensure_ascii=False)])
        if now >= self._commands_at:
            self._commands_at = now + COMMANDS_S
            for asker in self.gateway.askers:
                asker.look_for(connection)
        if now >= self._tick_at:
            self._tick_at = now + TICK_S
            self._try_alarms(lambda: self.alarming.tick(connection, time.time()))

    def _reload(self, connection: psycopg.Connection[Any]) -> None:
        self.gateway.learned(read_snapshot(connection, log.error))
        self._reload_at = time.monotonic() + RELOAD_S
