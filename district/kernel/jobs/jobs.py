"""Housekeeping of the background work itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from district.kernel.clock import now
from district.kernel.events.models import Receipt
from district.kernel.jobs.models import WorkProgress
from district.kernel.jobs.work import every

KEEP_FINISHED = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
"""Failed jobs are kept for people to look at; receipts outlive every job that could run again."""

WORKER_SILENT_AFTER = timedelta(seconds=60)


@every("* * * * *")
def rescue_jobs_of_dead_workers() -> int:
    """A worker that was killed leaves its jobs as running for ever; they go back into the queue.

    One whose next turn waits already is let go instead: two with one queueing lock may not wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.queueing_lock FROM procrastinate_jobs job
            LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
            WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < %(since)s)
            AND NOT EXISTS (
                SELECT FROM procrastinate_events event
                WHERE event.job_id = job.id AND event.type = 'started' AND event.at > %(since)s)
            """,
            {"since": now() - WORKER_SILENT_AFTER},
        )
        stalled = cursor.fetchall()
        for job, queueing_lock in stalled:
            cursor.execute("SELECT FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = %s", [queueing_lock])
            if cursor.fetchone() is not None:  # one waits already that does the same, behind the lock of this one
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", [job, now()])
    return len(stalled)


@every("20 3 * * *")
@transaction.atomic
def forget_old_work() -> None:
    """Finished jobs after a week, failed ones and progress after a quarter."""
    with connection.cursor() as cursor:
        for statuses, keep in ((["succeeded"], KEEP_FINISHED), (["failed", "cancelled", "aborted"], KEEP_FAILED)):
            cursor.execute(
                """
                DELETE FROM procrastinate_jobs job
                WHERE status = ANY(%s::procrastinate_job_status[]) AND NOT EXISTS (
                    SELECT FROM procrastinate_events event WHERE event.job_id = job.id AND event.at > %s)
                """,
                [statuses, now() - keep],
            )
    Receipt.objects.filter(at__lt=now() - 2 * KEEP_FAILED).delete()
    WorkProgress.objects.filter(updated_at__lt=now() - KEEP_FAILED).delete()
