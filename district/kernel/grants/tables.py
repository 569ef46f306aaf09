"""What a table's rows are known by."""

from __future__ import annotations

from functools import lru_cache

from district.kernel.grants import prepared, rules

PRIMARY_KEY = """
    SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = to_regclass(%(table)s) AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)
"""


@lru_cache(maxsize=1000)
def _known_key(table: str) -> tuple[str, ...]:
    return tuple(row[0] for row in prepared.every(PRIMARY_KEY, {"table": rules.table_sql(table)}))


def key_columns(table: str) -> tuple[str, ...]:
    """The columns of a table's primary key; none for a view. Remembered, except where there is none (yet)."""
    found = _known_key(table)
    if not found:
        _known_key.cache_clear()
    return found
