"""`position_storing` on Django's connection: for feeds of others, imports, and tests."""

from __future__ import annotations

import numpy as np
import psycopg
from django.db import connection, transaction

from district.kernel.devices.position_rows import PositionRows
from district.kernel.devices.position_storing import StoredPositions, position_partitions, store_positions


@transaction.atomic
def record_positions(rows: PositionRows) -> StoredPositions:
    """Stores the rows that are not there yet, in the current transaction; live readers hear of them at its commit."""
    connection.ensure_connection()
    # Django's own cursors put parameters into the text of a statement; columns go as binary arrays.
    with psycopg.Cursor(connection.connection) as cursor:
        return store_positions(cursor, rows, np.zeros(len(rows), dtype=bool), position_partitions())
