"""Runs what waits, here and now, in order: for commands that must not return before it is done, and for tests."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from district.kernel.clock import now


def run_waiting(limit: int = 1000) -> list[tuple[str, str]]:
    """Runs due jobs, and those they start, until none is left; returns (task, "succeeded" or the error).

    Uses Django's connection, so it sees the jobs of the current transaction. A job that fails stays as failed
    and is not tried again.
    """
    outcomes: list[tuple[str, str]] = []
    while len(outcomes) < limit:
        taken = _take()
        if taken is None:
            break
        number, task, arguments = taken
        try:
            with transaction.atomic():
                app.tasks[task](*([_Context(number)] if app.tasks[task].pass_context else []), **arguments)
            outcome = "succeeded"
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"
        _finish(number, "succeeded" if outcome == "succeeded" else "failed")
        outcomes.append((task, outcome))
    return outcomes


class _Context:
    """As much of procrastinate's context as jobs look at."""

    def __init__(self, number: int) -> None:
        self.job = type("Job", (), {"id": number})

    def should_abort(self) -> bool:
        return False


def _take() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
                SELECT id FROM procrastinate_jobs
                WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
                ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
            ) RETURNING id, task_name, args::text
            """,
            [now()],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], json.loads(row[2])


def _finish(number: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
