"""The queue as people look at it; procrastinate's tables are read here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.db import connection

from district.kernel.clock import now

LISTED = """
    SELECT job.id, coalesce(job.args ->> 'listener', job.task_name) AS work, job.task_name,
           (job.args - 'listener' - 'timestamp')::text AS about, job.args, job.status::text AS status, job.attempts,
           job.scheduled_at, (SELECT max(at) FROM procrastinate_events event WHERE event.job_id = job.id) AS at
    FROM procrastinate_jobs job
"""


def counts() -> dict[str, int]:
    """How many jobs there are in each status."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        return dict(cursor.fetchall())


def job_row(number: int) -> dict[str, Any] | None:
    """One job with when it was started and when it failed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({LISTED}) AS listed WHERE id = %s", [number])  # noqa: S608
        row = cursor.fetchone()
        if row is None:
            return None
        found: dict[str, Any] = dict(zip([column[0] for column in cursor.description], row, strict=True))
        cursor.execute("SELECT type::text, at FROM procrastinate_events WHERE job_id = %s ORDER BY id", [number])
        found["life"] = cursor.fetchall()
    return found


def retry_failed(number: int) -> bool:
    """Puts a failed job back into the queue, with its tries counted anew; False when it is not failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = %s, worker_id = NULL"
            " WHERE id = %s AND status = 'failed' RETURNING queue_name, id",
            [now(), number],
        )
        row = cursor.fetchone()
        if row is not None:
            # What the trigger of a fresh job does: wakes a worker that waits.
            cursor.execute(
                "SELECT pg_notify('procrastinate_any_queue_v1',"
                " json_build_object('type', 'job_inserted', 'job_id', %s::bigint)::text)",
                [number],
            )
    return row is not None
