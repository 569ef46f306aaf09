"""PostgreSQL's binary formats, built from numpy columns: COPY buffers and array parameters. No Django.

PostgreSQL manual, "COPY, Binary Format": big-endian, each value behind its length in bytes; a row begins with the
number of its values.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
POSTGRES_EPOCH_US = 946_684_800_000_000
"""2000-01-01 in microseconds since 1970: timestamptz counts from there."""

ROW = np.dtype([
    ("count", ">i2"), ("l_at", ">i4"), ("at", ">i8"), ("l_value", ">i4"), ("value", ">f8"),
    ("l_series", ">i4"), ("series", ">i4"), ("l_mark", ">i4"), ("mark", ">i4"),
])  # fmt: skip
COLUMNS = "at, value, series_id, mark"
"""The columns of an observation in the order of ROW."""

ELEMENTS = {"int4": (23, 1007, ">i4"), "int8": (20, 1016, ">i8"),
            "float8": (701, 1022, ">f8"), "timestamptz": (1184, 1185, ">i8")}  # fmt: skip
"""Type → oid of the element, oid of the array, numpy's form."""


def copy_rows(
    at_us: NDArray[np.int64], value: NDArray[np.float64], series: NDArray[Any], mark: NDArray[Any]
) -> bytes:
    """Observations as the rows of a binary COPY of COLUMNS, without head and tail. Times: µs since 1970."""
    rows = np.empty(len(at_us), dtype=ROW)
    rows["count"] = 4
    rows["l_at"] = rows["l_value"] = 8
    rows["l_series"] = rows["l_mark"] = 4
    rows["at"] = at_us - POSTGRES_EPOCH_US
    rows["value"] = value
    rows["series"] = series
    rows["mark"] = mark
    return rows.tobytes()


class PgArray:
    """A one-dimensional array parameter without nulls. Instants are given in µs since 1970."""

    __slots__ = ("data",)
    kind = ""

    def __init__(self, values: NDArray[Any]) -> None:
        element, _, form = ELEMENTS[self.kind]
        head = np.array([1 if len(values) else 0, 0, element], dtype=">i4").tobytes()
        if not len(values):
            self.data = head
            return
        shifted = values - POSTGRES_EPOCH_US if self.kind == "timestamptz" else values
        body = np.empty(len(values), dtype=[("length", ">i4"), ("value", form)])
        body["length"] = np.dtype(form).itemsize
        body["value"] = shifted
        self.data = head + np.array([len(values), 1], dtype=">i4").tobytes() + body.tobytes()


class Int4s(PgArray):
    kind = "int4"


class Int8s(PgArray):
    kind = "int8"


class Floats(PgArray):
    kind = "float8"


class Instants(PgArray):
    kind = "timestamptz"


def _dumper(cls: type[PgArray]) -> type[Dumper]:
    class ArrayDumper(Dumper):
        format = Format.BINARY
        oid = ELEMENTS[cls.kind][1]

        def dump(self, obj: PgArray) -> Buffer:
            return obj.data

    return ArrayDumper


DUMPERS = {cls: _dumper(cls) for cls in (Int4s, Int8s, Floats, Instants)}


def understand_arrays(cursor: psycopg.Cursor[Any]) -> None:
    """Lets this cursor take the arrays above as parameters."""
    for cls, dumper in DUMPERS.items():
        cursor.adapters.register_dumper(cls, dumper)
