"""Observations read as columns: one binary value instead of one Python object a row. No Django."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

PACKED = np.dtype([("series", ">i4"), ("at", ">i8"), ("value", ">f8"), ("mark", ">i4")])
EPOCH_2000 = np.datetime64("2000-01-01", "us")

PACK = """
    SELECT string_agg(int4send(series_id) || timestamptz_send(at) || float8send(value) || int4send(mark), ''::bytea)
    FROM (SELECT series_id, at, value, mark FROM {table} WHERE {where} ORDER BY series_id, at) AS chosen
"""


class Columns(NamedTuple):
    """Observations, sorted by series and time. `at` is datetime64[us] in UTC; `mark` is read with `devices.marks`."""

    series_id: NDArray[np.int32]
    at: NDArray[np.datetime64]
    value: NDArray[np.float64]
    mark: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.value)

    def chosen(self, index: NDArray[Any]) -> Columns:
        """The rows of a mask or of places."""
        return Columns(self.series_id[index], self.at[index], self.value[index], self.mark[index])


def unpacked(data: bytes | None) -> Columns:
    """The columns in what PACK selects; None stands for no rows."""
    rows: NDArray[Any] = np.frombuffer(data or b"", dtype=PACKED)
    return Columns(
        rows["series"].astype(np.int32), EPOCH_2000 + rows["at"].astype("timedelta64[us]"),
        rows["value"].astype(np.float64), rows["mark"].astype(np.int32),
    )  # fmt: skip


def joined(parts: list[Columns]) -> Columns:
    """Parts with different series or times as one, sorted by series and time."""
    parts = [part for part in parts if len(part)]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return unpacked(None)
    whole = Columns(
        np.concatenate([part.series_id for part in parts]), np.concatenate([part.at for part in parts]),
        np.concatenate([part.value for part in parts]), np.concatenate([part.mark for part in parts]),
    )  # fmt: skip
    return whole.chosen(np.lexsort((whole.at, whole.series_id)))


def instant64(at: datetime) -> np.datetime64:
    """An aware datetime as datetime64[us] in UTC. ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"{at}: 时刻须带时区（must be aware）")
    return np.datetime64(round(at.timestamp() * 1e6), "us")
