"""Announces alarms and device reports that the gateway has written, as soon as the database tells of them."""

from __future__ import annotations

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from district.kernel import home
from district.kernel.alerts.outbox import BATCH, announce_waiting
from district.kernel.alerts.store import OUTBOX_CHANNEL
from district.kernel.devices import reports

LOOK_EVERY_S = 5.0
"""Without a notice, as when one was sent while nobody listened."""


async def announce_for_ever() -> None:
    """Runs until cancelled; raises psycopg.OperationalError when the database goes away."""
    async with await psycopg.AsyncConnection.connect(home.database_url(), autocommit=True) as connection:
        await connection.execute(f"LISTEN {OUTBOX_CHANNEL}")
        await connection.execute(f"LISTEN {reports.CHANNEL}")
        while True:
            while await sync_to_async(announce_round, thread_sensitive=True)():
                pass
            async for _ in connection.notifies(timeout=LOOK_EVERY_S, stop_after=1):
                break


def announce_round() -> bool:
    """Whether more may wait."""
    close_old_connections()
    return (announce_waiting() == BATCH) | (reports.announce_reports() == reports.BATCH)
