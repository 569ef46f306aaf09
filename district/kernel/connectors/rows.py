"""What a connector hands over: rows, where they stood, and what it could not read. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class UnreadRow:
    """A row that never became columns: a line in no encoding, a record of the wrong form."""

    position: int
    raw: Mapping[str, str]
    code: str
    words: str


@dataclass(frozen=True)
class Rows:
    """Some rows of a delivery, in order.

    `positions`: line or record of each row, from 1; left out, they count on. `cursor`: where the connector would go
    on after these rows, any JSON value, kept by the run and handed to the source when the rows are published.
    `bytes`: how much of the input these rows and what stands before them take. `repeated`: how many more rows the
    connector has met that it knows to have been delivered before.
    """

    rows: pa.RecordBatch | Sequence[Mapping[str, Any]]
    positions: np.ndarray | None = None
    unread: tuple[UnreadRow, ...] = ()
    cursor: Any = None
    bytes: int = 0
    repeated: int = 0


Batches = Iterable[Rows | pa.RecordBatch | Sequence[Mapping[str, Any]]]


class DeliveryRefused(ValueError):
    """A delivery as a whole that is not taken. `code` is stable, the text says to people why and what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
