"""The alarm rules beside the stream: fed with what has just been committed. One thread: the desk's."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
from numpy.typing import NDArray

from district.edges.gateway.counters import Counters
from district.kernel.alerts import store
from district.kernel.alerts.engine import Engine
from district.kernel.alerts.transitions import Transition

log = logging.getLogger("district.gateway")

CHANNEL = store.CHANNEL
ANY_RULE = "SELECT 1 FROM alerts_rule WHERE is_enabled UNION ALL SELECT 1 FROM alerts_alarm WHERE cleared_at IS NULL LIMIT 1"
RELOAD_S = 5.0
"""Rules, devices and series change together and often (a new device brings its series): reload at most this often."""


class Alarming:
    def __init__(self, counters: Counters) -> None:
        self.counters = counters
        self.is_stale = False
        self._engine: Engine | None = None
        self._loaded_at = 0.0
        self._has_rules = False

    def load(self, connection: psycopg.Connection[Any], now_s: float) -> None:
        """Reads rules and open alarms; writes what makes engine and database agree.

        Until all of it has succeeded the rules count as stale: a later tick tries again.
        """
        self.is_stale, self._loaded_at = True, now_s
        if self._engine is None:
            self._engine = Engine(now_s)
        if self._has_rules or connection.execute(ANY_RULE).fetchone():
            self._has_rules = True
            changes, refused = store.read(connection).into(self._engine)
            for rule, reason in refused.items():
                log.warning("告警规则 %s 无法使用（a rule cannot work）: %s", rule, reason)
            self._write(connection, changes)
        self.is_stale = False

    def feed(
        self, connection: psycopg.Connection[Any], series: NDArray[Any], at_s: NDArray[Any], value: NDArray[Any],
        mark: NDArray[Any], now_s: float,
    ) -> None:  # fmt: skip
        if self._engine is not None:
            self._write(connection, self._engine.feed(series, at_s, value, mark, now_s))

    def tick(self, connection: psycopg.Connection[Any], now_s: float) -> None:
        """Silence, and what has changed among the rules."""
        if self._engine is None or (self.is_stale and now_s - self._loaded_at >= RELOAD_S):
            self.load(connection, now_s)
        assert self._engine is not None
        self._write(connection, self._engine.tick(now_s))

    def _write(self, connection: psycopg.Connection[Any], changes: list[Transition]) -> None:
        if not changes:
            return
        try:
            with connection.transaction():
                store.write(connection, changes)
        except psycopg.Error:
            # The engine has said it and will not say it again: only comparing with the database brings it back.
            self.is_stale = True
            raise
        for change in changes:
            self.counters.alarms.labels(change.change.value).inc()
