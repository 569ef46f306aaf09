"""Evaluated hours by the ten thousand: one binary value from the database instead of an object for every field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from ..models.results import Validity

VALIDITIES: tuple[str, ...] = tuple(Validity.values)
"""What the numbers in `EvaluatedHours.validity` stand for."""

_ROW = np.dtype([("series", ">i4"), ("at", ">i8"), ("value", ">f8"), ("raw", ">f8"), ("validity", ">i2")])
_EPOCH_2000_S = 946_684_800
_SQL = """
    SELECT string_agg(
        int4send(series_id) || timestamptz_send(at) || float8send(coalesce(value, 'NaN'))
        || float8send(coalesce(raw, 'NaN')) || int2send(array_position(%s::varchar[], validity)::int2), ''::bytea)
    FROM environment_hourlyvalue WHERE series_id = ANY(%s) AND at >= %s AND at < %s
"""


class EvaluatedHours(NamedTuple):
    """Columns of equal length in no order. `at_s`: seconds since 1970; NaN where nothing counts or was reported."""

    series_id: NDArray[np.int64]
    at_s: NDArray[np.int64]
    value: NDArray[np.float64]
    raw: NDArray[np.float64]
    validity: NDArray[np.int64]

    def hour_from(self, start: datetime) -> NDArray[np.int64]:
        """Whole hours since `start`."""
        return (self.at_s - int(start.timestamp())) // 3600


def evaluated_hours(series_ids: Iterable[int], start: datetime, end: datetime) -> EvaluatedHours:
    """The evaluated hours of some series from `start` up to (not including) `end`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [list(VALIDITIES), list(series_ids), start, end])
        (packed,) = cursor.fetchone()
    rows: NDArray[Any] = np.frombuffer(packed or b"", _ROW)
    return EvaluatedHours(
        rows["series"].astype(np.int64), rows["at"].astype(np.int64) // 1_000_000 + _EPOCH_2000_S,
        rows["value"].astype(np.float64), rows["raw"].astype(np.float64), rows["validity"].astype(np.int64) - 1,
    )  # fmt: skip


def rows_of(series_ids: Iterable[int], hours: EvaluatedHours) -> NDArray[np.int64]:
    """For each hour the place of its series among `series_ids`."""
    ids = np.fromiter(series_ids, np.int64)
    order = np.argsort(ids)
    return order[np.searchsorted(ids, hours.series_id, sorter=order)]
