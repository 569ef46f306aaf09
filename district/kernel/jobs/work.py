"""`@job` and `@every`: functions that the worker runs."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy, manager
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.tasks import configure_task

from district.kernel.clock import now
from district.kernel.jobs.china_cron import ChinaTimer
from district.kernel.jobs.models import State, WorkProgress
from district.kernel.jobs.progress import Progress

RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)
"""After 5, 25 and 125 seconds; then the job stays as failed on the work page."""

_jobs: dict[str, Job] = {}


class Job:
    """A function that can be started in the background. Calling it runs it here and now."""

    def __init__(self, run: Callable[..., Any], name: str, queue: str, is_alone: bool) -> None:
        self.run = run
        self.name = name
        self.queue = queue
        self.is_alone = is_alone
        self.has_progress = next(iter(inspect.signature(run).parameters), "") == "progress"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.run(*args, **kwargs)

    @transaction.atomic
    def start(self, by: Any = None, **arguments: Any) -> int:
        """Has the worker run this once the current transaction has committed.

        Returns the key of the progress row for a job that reports progress, else the number of the job.
        Arguments must be JSON. Raises TypeError for arguments the function does not take.
        """
        inspect.signature(self.run).bind(*([None] if self.has_progress else []), **arguments)
        json.dumps(arguments)
        if not self.has_progress:
            return self._defer(arguments)
        row = WorkProgress.objects.create(job=self.name, arguments=arguments, started_by=by)
        self._defer({**arguments, "_progress": row.pk})
        return row.pk

    @transaction.atomic
    def resume(self, row: WorkProgress) -> None:
        """Goes on from the checkpoint of a stopped or failed run."""
        if row.state not in (State.STOPPED, State.FAILED):
            raise ValueError(f"only a stopped or failed run can go on, this one is {row.state}")
        row.state, row.is_stop_asked = State.WAITING, False
        row.save(update_fields=["state", "is_stop_asked"])
        self._defer({**row.arguments, "_progress": row.pk})

    def _defer(self, arguments: dict[str, Any]) -> int:
        # Django's connection, also inside a worker: the job exists only if the transaction commits.
        jobs = manager.JobManager(DjangoConnector())
        lock = self.name if self.is_alone else None
        return configure_task(name=self.name, job_manager=jobs, queue=self.queue, lock=lock).defer(**arguments)

    def perform(self, context: Any, **arguments: Any) -> Any:
        """What the worker calls, with procrastinate's JobContext."""
        key = arguments.pop("_progress", None)
        if key is None:
            return self.run(**arguments)
        row = WorkProgress.objects.get(pk=key)
        progress = Progress(row, context.should_abort if context else lambda: False)
        row.message = ""
        progress.finish(State.RUNNING)
        try:
            self.run(progress, **arguments)
        except Exception as error:
            progress.finish(State.FAILED, f"{type(error).__name__}: {error}")
            raise
        self._settle(progress, row, arguments)
        return None

    def _settle(self, progress: Progress, row: WorkProgress, arguments: dict[str, Any]) -> None:
        if not progress.was_stopped:
            progress.finish(State.DONE)
        elif WorkProgress.objects.filter(pk=row.pk, is_stop_asked=True).exists():
            progress.finish(State.STOPPED)
        else:  # the worker is shutting down; the next one goes on
            progress.finish(State.WAITING)
            self._defer({**arguments, "_progress": row.pk})


def job(*, name: str = "", queue: str = "default", is_alone: bool = False) -> Callable[[Callable[..., Any]], Job]:
    """Makes a function a job. With a first parameter called `progress` it gets a Progress.

    `is_alone`: two runs of it never overlap.
    """

    def register(run: Callable[..., Any]) -> Job:
        made = Job(run, name or f"{run.__module__}.{run.__qualname__}", queue, is_alone)
        # A run with progress is resumed by a person: trying again by itself would hide why it failed.
        retry = False if made.has_progress else RETRY
        app.task(name=made.name, queue=queue, retry=retry, pass_context=True)(made.perform)
        _jobs[made.name] = made
        return made

    return register


def every(cron: str, *, queue: str = "timers") -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Runs a function at the times of a cron line, in China Standard Time.

    Runs never overlap: while one is waiting or running, the next is left out. A time missed by more than
    ten minutes (the worker was down) is left out too.
    """

    def register(run: Callable[[], Any]) -> Callable[[], Any]:
        name = f"{run.__module__}.{run.__qualname__}"

        def tick(timestamp: int) -> None:
            run()

        task = app.task(name=name, queue=queue, queueing_lock=name, lock=name)(tick)
        key = (name, "")
        timers = app.periodic_registry.periodic_tasks
        timers[key] = ChinaTimer(task=task, cron=cron, periodic_id="", configure_kwargs={})
        return run

    return register


def job_named(name: str) -> Job | None:
    return _jobs.get(name)


def ask_to_stop(row: WorkProgress) -> None:
    """The run stops at its next `should_stop()`; one that still waits stops as soon as it starts."""
    row.is_stop_asked = True
    row.updated_at = now()
    row.save(update_fields=["is_stop_asked", "updated_at"])

