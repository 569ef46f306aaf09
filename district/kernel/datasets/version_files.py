"""Where the rows of a version lie, and how they get there. No Django.

    lake/resources/<resource>/version=000001/part-00000.parquet

While somebody writes a version he holds a lock on the file `.writing` in its folder. The system takes it from him when
he dies, so a folder without that lock is either finished or forsaken.
"""

from __future__ import annotations

import fcntl
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from district.kernel import home
from district.kernel.datasets.parquet import Written, flush_folder, write_parquet

ROOT = "resources"
LOCK = ".writing"
ROW, RUN = "_row", "_run"
TYPES: dict[str, pa.DataType] = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}  # fmt: skip
DUCKDB_TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}  # fmt: skip
GROUP_ROWS, GROUP_BYTES = 131_072, 12 << 20
"""A row group is closed when it has either: wide rows must not swell the memory."""
FILE_ROWS = 4_000_000
IN_FLIGHT = 1
_END = object()


def arrow_schema(columns: Sequence[tuple[str, str]]) -> pa.Schema:
    """Of (name, type) pairs as items have them, and `_row` and `_run`."""
    fields = [pa.field(name, TYPES[kind]) for name, kind in columns]
    return pa.schema([*fields, pa.field(ROW, pa.int64()), pa.field(RUN, pa.string())])


def folder_of(resource_name: str, number: int) -> Path:
    return home.lake() / ROOT / resource_name / f"version={number:06}"


def relative(path: Path) -> str:
    return path.relative_to(home.lake()).as_posix()


class Taken(RuntimeError):
    """Another process is writing there."""


def make_folder(folder: Path) -> IO[str]:
    """A new folder, on disk, with its lock held until the returned file is closed. Raises FileExistsError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir()
    # Locked before it has its name: whoever sweeps must not find it free.
    lock = (folder / f"{LOCK}.new").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    Path(lock.name).rename(folder / LOCK)
    for each in (folder.parent, folder.parent.parent):
        flush_folder(each)
    return lock


def hold(folder: Path) -> IO[str]:
    """Raises Taken when a living process writes there."""
    lock = (folder / LOCK).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Taken(str(folder)) from None
    return lock


def let_go(lock: IO[str]) -> None:
    """The lock file goes with the lock."""
    if not lock.closed:
        with suppress(FileNotFoundError):
            (Path(lock.name).parent / LOCK).unlink()
        lock.close()


class PartWriter:
    """Numbered files in a folder, compressed and flushed on a thread of its own while the next rows are made."""

    def __init__(self, folder: Path, schema: pa.Schema, first: int = 0) -> None:
        self.folder, self.schema, self.number = folder, schema, first
        self.written: list[Written] = []
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = self._file_rows = 0
        self._queue: queue.Queue[Any] = queue.Queue(IN_FLIGHT)
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None

    def put(self, batch: pa.RecordBatch) -> None:
        """Takes rows in the order of `schema`. Raises what went wrong with rows put before."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._hand_over()
            if self._file_rows >= FILE_ROWS:
                self._finish_file()

    def close(self) -> list[Written]:
        """The finished files, all on disk."""
        if self._waiting:
            self._hand_over()
        self._finish_file()
        return self.written

    def abandon(self) -> None:
        """Ends the thread; the file it was at is not kept."""
        if self._thread is not None:
            self._failure = self._failure or Abandoned()
            self._queue.put(_END)
            self._thread.join()
            self._thread = None

    def write_empty(self) -> list[Written]:
        """One file without rows."""
        self._start()
        return self.close()

    def _hand_over(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._file_rows += self._rows
        self._rows = self._bytes = 0
        group = pa.Table.from_batches(waiting, self.schema).combine_chunks()
        del waiting  # the writer is at work meanwhile: no row need be in memory twice
        self._start()
        for batch in group.to_batches():
            self._queue.put(batch)
        if self._failure is not None:
            self._finish_file()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._write, args=(self.number,), name="parquet", daemon=True
            )
            self._thread.start()

    def _finish_file(self) -> None:
        if self._thread is not None:
            self._queue.put(_END)
            self._thread.join()
            self._thread, self._file_rows = None, 0
            self.number += 1
            pa.default_memory_pool().release_unused()
        if self._failure is not None:
            raise self._failure

    def _write(self, number: int) -> None:
        batches = self._taken()
        try:
            self.written.append(
                write_parquet(
                    batches, self.schema, self.folder / f"part-{number:05}.parquet",
                    use_dictionary=[f.name for f in self.schema if f.name != ROW],
                    column_encoding={ROW: "DELTA_BINARY_PACKED"},
                )
            )  # fmt: skip
        except BaseException as error:  # handed to the thread that puts
            self._failure = self._failure or error
            for _ in batches:
                pass

    def _taken(self) -> Iterator[pa.RecordBatch]:
        while (batch := self._queue.get()) is not _END:
            yield batch
        if isinstance(self._failure, Abandoned):
            raise self._failure


class Abandoned(RuntimeError):
    """The writer was told to give up."""
