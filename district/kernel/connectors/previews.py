"""The first rows of a file, before anything is taken: how it was read, and what its columns would be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from district.kernel.connectors.conformance import as_text, batch_of
from district.kernel.connectors.files.options import Options
from district.kernel.connectors.files.reading import open_rows
from district.kernel.connectors.proposals import ProposedItem, propose
from district.kernel.files.refusal import Refusal

SHOWN_ROWS = 8


@dataclass(frozen=True)
class Preview:
    """`rows` as text; `unread` is how many of the looked-at rows could not be read."""

    columns: list[str]
    rows: list[list[str]]
    items: list[ProposedItem]
    shown: dict[str, Any]
    notes: list[dict[str, str]]
    unread: int


def preview(path: Path, name: str, options: Options | None = None) -> Preview:
    """Reads no further than the first rows. Raises Refusal."""
    with open_rows(path, name, options) as reading:
        for rows in reading:
            batch = batch_of(rows.rows)
            if batch.num_rows:
                header = getattr(reading.reader, "header", None)
                return _preview(
                    batch, reading.shown(), list(header.notes) if header else [], len(rows.unread)
                )
    raise Refusal("no_rows", "文件里没有数据行")


def _preview(
    batch: pa.RecordBatch, shown: dict[str, Any], notes: list[dict[str, str]], unread: int
) -> Preview:
    first = [
        [("" if value is None else as_text(value))[:60] for value in row.values()]
        for row in batch.slice(0, SHOWN_ROWS).to_pylist()
    ]
    return Preview(list(batch.schema.names), first, propose(batch), shown, notes, unread)
