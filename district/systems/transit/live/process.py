"""The live process: committed positions in, runs and forecasts out."""

from __future__ import annotations

import gc
import logging
import threading
import time
from typing import Any

from django.db import connection

from district.kernel.clock import now

from .turns import Live

logger = logging.getLogger("district.transit.live")
CHANNEL = "positions"
LONGEST_WAIT_S = 1.0
LEAST_TURN_S = 0.25
"""Turns are at least so far apart: positions of a moment are worked off together."""


def run(stop: threading.Event) -> None:
    """Until told to stop."""
    live = Live()
    live.start(now())
    listening = _listening()
    gc.freeze()
    while not stop.is_set():
        began = time.monotonic()
        live.turn(now())
        rest = LEAST_TURN_S - (time.monotonic() - began)
        if rest > 0 and stop.wait(rest):
            break
        _wait(listening)


def _listening() -> Any:
    connection.ensure_connection()
    connection.connection.execute(f"LISTEN {CHANNEL}")
    return connection.connection


def _wait(listening: Any) -> None:
    """Until somebody has stored positions, at most LONGEST_WAIT_S."""
    for _notice in listening.notifies(timeout=LONGEST_WAIT_S, stop_after=1):
        pass
