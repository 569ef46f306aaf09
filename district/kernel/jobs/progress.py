"""What a long job uses to say how far it is, to be stopped, and to go on where it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from district.kernel.clock import now
from district.kernel.jobs.models import WorkProgress

WRITE_EVERY_S = 0.5
"""Progress is for people; more often would only load the database."""


class Progress:
    """Handed to a job as its first argument. Not for use inside a transaction: nobody would see it move."""

    def __init__(self, row: WorkProgress, is_ending: Callable[[], bool] = lambda: False) -> None:
        self._row = row
        self._is_ending = is_ending
        self._written_at = 0.0
        self.was_stopped = False

    @property
    def checkpoint(self) -> Any:
        """What the last run saved, or None on the first run."""
        return self._row.checkpoint

    @property
    def done(self) -> int:
        return self._row.done

    def expect(self, total: int) -> None:
        """Says how much there is to do."""
        self._row.total = total
        self._write("total")

    def advance(self, count: int = 1, message: str = "") -> None:
        """Adds to what is done; written to the database at most twice a second."""
        self._row.done += count
        if message:
            self._row.message = message[:500]
        if time.monotonic() - self._written_at >= WRITE_EVERY_S:
            self._write("done", "message")

    def save(self, checkpoint: Any) -> None:
        """Keeps a JSON value from which a later run can go on, with what is done so far."""
        self._row.checkpoint = checkpoint
        self._write("checkpoint", "done", "message")

    def should_stop(self) -> bool:
        """True when a person asked to stop or the worker is shutting down. The job saves and returns."""
        asked = WorkProgress.objects.filter(pk=self._row.pk, is_stop_asked=True).exists()
        self.was_stopped = asked or self._is_ending()
        return self.was_stopped

    def finish(self, state: str, message: str = "") -> None:
        self._row.state = state
        if message:
            self._row.message = message[:500]
        self._write("state", "done", "message")

    def _write(self, *fields: str) -> None:
        self._row.updated_at = now()
        self._row.save(update_fields=[*fields, "updated_at"])
        self._written_at = time.monotonic()
