"""`storing.store` on Django's connection: for the release of quarantined readings, and for tests."""

from __future__ import annotations

import numpy as np
import psycopg
from django.db import connection, transaction

from district.kernel.clock import now
from district.kernel.devices.storing import Partitions, Rows, Stored, store


class RecordedMeanwhile(RuntimeError):
    """The gateway has stored one of these instants between our looking and our writing. Try again."""


@transaction.atomic
def record(rows: Rows) -> Stored:
    """Stores the rows that are not there yet, in the current transaction. Raises RecordedMeanwhile."""
    connection.ensure_connection()
    # Django's own cursors put parameters into the text of a statement; columns go as binary arrays.
    with psycopg.Cursor(connection.connection) as cursor:
        try:
            return store(cursor, rows, np.zeros(len(rows), dtype=bool), now(), Partitions())
        except psycopg.errors.UniqueViolation as error:
            raise RecordedMeanwhile(str(error)) from error
