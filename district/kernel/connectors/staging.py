"""Rows that have been checked wait on disk, part by part, until the whole delivery may become a version. No Django.

    DISTRICT_HOME/intake/run-7/part-00000.arrow

A part is whole or not there, so a run that was killed goes on behind the last part it had noted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from district.kernel import home

POSITION = "_position"


class Staging:
    """The parts of one run."""

    def __init__(self, mark: str) -> None:
        self.folder = home.home() / "intake" / mark

    def path(self, number: int) -> Path:
        return self.folder / f"part-{number:05}.parquet"

    def write(self, number: int, table: pa.Table) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".draft-{os.getpid()}"
        with draft.open("wb") as file:
            pq.write_table(table, file, compression="lz4", use_dictionary=False, write_statistics=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path(number))

    def parts(self, count: int) -> list[Path]:
        return [self.path(number) for number in range(count)]

    def batches(self, count: int, dropped: np.ndarray) -> Iterator[pa.RecordBatch]:
        """The rows of the first `count` parts, without those at the positions in `dropped` (sorted)."""
        for path in self.parts(count):
            file = pq.ParquetFile(path)
            for batch in file.iter_batches(65_536):
                if len(dropped):
                    batch = batch.filter(pa.array(~np.isin(batch.column(POSITION).to_numpy(), dropped)))
                if batch.num_rows:
                    yield batch

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def with_positions(good: pa.RecordBatch, positions: np.ndarray) -> pa.RecordBatch:
    return good.append_column(POSITION, pa.array(positions, pa.int64()))


def largest(column: pa.Array) -> object:
    """The largest value of a column; None where there is none."""
    return pc.max(column).as_py() if len(column) else None
