"""`python -m district.edges.worker`: jobs, timers, listeners of streams, and the sign of life that /health looks for.

Ends on SIGTERM or SIGINT once running jobs have ended or saved their checkpoint. When the database goes away
it ends with code 1 and is started again by whoever supervises it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Any

import django
import psycopg
from asgiref.sync import sync_to_async

CONCURRENCY = 4
BEAT_EVERY_S = 5.0
GRACE_S = 8.0
"""Time for running jobs to end by themselves; after it long ones are asked to save and return."""

BEAT = """
    INSERT INTO jobs_heartbeat (name, at, note) VALUES ('worker', now(), %(note)s)
    ON CONFLICT (name) DO UPDATE SET at = excluded.at, note = excluded.note
"""

logger = logging.getLogger("district.worker")


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
    django.setup()
    from procrastinate.exceptions import ConnectorException

    try:
        asyncio.run(work())
    except (ConnectorException, psycopg.OperationalError) as error:
        logger.error("数据库不可用，退出 (the database is away, leaving): %s", error)
        return 1
    return 0


async def work() -> None:
    """Runs until asked to stop; a failing heartbeat ends the worker too, so that it never only seems alive."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from district.edges.worker.announcing import announce_for_ever
    from district.edges.worker.listening import listen_for_ever

    with app.replace_connector(DjangoConnector().get_worker_connector()):
        async with app.open_async():
            await sync_to_async(send_what_waits, thread_sensitive=True)()
            worker = asyncio.create_task(
                app.run_worker_async(
                    concurrency=CONCURRENCY,
                    shutdown_graceful_timeout=GRACE_S,
                    delete_jobs="never",
                    fetch_job_polling_interval=2.0,
                )
            )
            beside = [
                asyncio.create_task(beat(app)), asyncio.create_task(announce_for_ever()),
                asyncio.create_task(listen_for_ever()),
            ]  # fmt: skip
            await asyncio.wait({worker, *beside}, return_when=asyncio.FIRST_COMPLETED)
            await leave(worker, beside)


def send_what_waits() -> None:
    """Pushes that the worker before left behind do not wait for the timer of the minute."""
    from district.kernel.feeds.changes import wake

    wake()


async def leave(worker: asyncio.Task[None], beside: list[asyncio.Task[None]]) -> None:
    """Stops what still runs and raises the first failure, if any."""
    failures = [task.exception() for task in beside if task.done() and not task.cancelled()]
    for task in (*beside, worker):
        if not task.done():
            task.cancel()
    results = await asyncio.gather(worker, *beside, return_exceptions=True)
    for failure in (*failures, results[0]):
        if isinstance(failure, Exception):
            raise failure


async def beat(app: Any) -> None:
    while True:
        await app.connector.execute_query_async(BEAT, note=f"pid {os.getpid()}")
        await asyncio.sleep(BEAT_EVERY_S)


if __name__ == "__main__":
    sys.exit(main())
