"""The alarm rules beside the stream, when the alerts package is there to give them. One thread: the desk's."""

from __future__ import annotations

from typing import Any

import psycopg
from numpy.typing import NDArray

from district.edges.gateway.counters import Counters


class Alarming:
    def __init__(self, counters: Counters) -> None:
        self.counters = counters
        self.is_stale = False

    def load(self, connection: psycopg.Connection[Any], now_s: float) -> None:
        self.is_stale = False

    def feed(
        self, connection: psycopg.Connection[Any], series: NDArray[Any], at_s: NDArray[Any], value: NDArray[Any],
        mark: NDArray[Any], now_s: float,
    ) -> None:  # fmt: skip
        return None

    def tick(self, connection: psycopg.Connection[Any], now_s: float) -> None:
        return None
