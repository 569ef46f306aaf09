"""DuckDB with bounded memory: what does not fit is put aside on disk. No Django."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from district.kernel import home
from district.kernel.clock import CHINA

MEMORY_MB = 256
CHECKING_MB = 96
"""While a delivery is checked, in a process that holds its rows besides; what needs more goes by the disk."""
THREADS = 2


@contextmanager
def duck(memory_mb: int = MEMORY_MB, threads: int = THREADS) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of one's own; days and hours are those of China Standard Time."""
    home.lake()
    aside = tempfile.mkdtemp(prefix=".aside-", dir=home.lake())
    connection = duckdb.connect(
        config={
            "memory_limit": f"{memory_mb}MB", "threads": threads, "temp_directory": aside,
            "preserve_insertion_order": False, "autoinstall_known_extensions": False,
        }
    )  # fmt: skip
    connection.execute(f"SET TimeZone = '{CHINA.key}'; SET enable_progress_bar = false")
    try:
        yield connection
    finally:
        connection.close()
        shutil.rmtree(aside, ignore_errors=True)


def name(text: str) -> str:
    """A quoted identifier."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A quoted string."""
    return "'" + text.replace("'", "''") + "'"
