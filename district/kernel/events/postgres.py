"""The default transport: one procrastinate job for each listener, written in the caller's transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from procrastinate import JobContext, RetryStrategy, manager
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.tasks import configure_task

from district.kernel.events.codec import Json
from district.kernel.events.delivery import deliver

TASK = "events.deliver"
QUEUE = "events"

PATIENCE = RetryStrategy(max_attempts=7, exponential_wait=3)
"""A listener that fails is tried again after 3, 9, 27 … seconds, eight times in all within 55 minutes.
After that the job stays as failed: the dead letters that the background work page shows."""


class PostgresTransport:
    """Writes through Django's own connection, even inside a worker, so that a rollback takes it all back."""

    def __init__(self) -> None:
        self._jobs = manager.JobManager(DjangoConnector())

    def send(self, event: str, payload: Json, listeners: list[str]) -> None:
        with transaction.atomic(savepoint=False):
            for listener in listeners:
                job = configure_task(name=TASK, job_manager=self._jobs, queue=QUEUE)
                job.defer(listener=listener, event=event, payload=payload)


@app.task(name=TASK, queue=QUEUE, retry=PATIENCE, pass_context=True)
def deliver_job(context: JobContext, listener: str, event: str, payload: dict[str, Any]) -> None:
    deliver(message=f"postgres:{context.job.id}", listener_name=listener, event=event, payload=payload)
