"""What a reader of a source hands over. No Django."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class Portion:
    """Rows as they came, and where in the source the next ones begin: a JSON value a later run goes on from.

    `skipped` counts rows that were read again and left out because they had been delivered before.
    """

    rows: pa.RecordBatch | list[dict[str, Any]]
    position: dict[str, Any] | None = None
    skipped: int = 0
    notes: list[dict[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return self.rows.num_rows if isinstance(self.rows, pa.RecordBatch) else len(self.rows)
