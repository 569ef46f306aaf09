"""The live process: committed positions in, runs and forecasts out."""

from __future__ import annotations

import threading


def run(stop: threading.Event) -> None:
    """Until told to stop."""
    stop.wait()
