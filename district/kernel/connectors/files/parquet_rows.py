"""Parquet files as they are, batch by batch. No Django."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from district.kernel.connectors.rows import Rows

BATCH_ROWS = 32_768


class ParquetRows:
    """Iterate once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Rows]:
        with pq.ParquetFile(self.path, buffer_size=1 << 20, pre_buffer=False) as file:
            names = file.schema_arrow.names
            size, total = self.path.stat().st_size, max(1, file.metadata.num_rows)
            if len(set(names)) < len(names):
                raise ValueError("columns of the same name")
            if not file.metadata.num_rows:
                yield Rows(file.schema_arrow.empty_table().to_batches(max_chunksize=1)[0] if names else [])
            for batch in file.iter_batches(BATCH_ROWS):
                yield Rows(batch, bytes=size * batch.num_rows // total)

    def notes(self) -> list[dict[str, str]]:
        return []
