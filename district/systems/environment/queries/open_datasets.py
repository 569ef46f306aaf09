"""The datasets of this system that are open to anybody, and their rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db import connection

from district.kernel.clock import CHINA, day_bounds
from district.kernel.vocabulary import Dataset

from .. import contract
from ..manifest import SYSTEM

CHUNK = 2_000


def open_datasets() -> list[Dataset]:
    """In the order of the manifest."""
    lent = [getattr(contract, name) for name in SYSTEM.shares]
    return [dataset for dataset in lent if dataset.is_open_to_public]


def dataset_rows(dataset: Dataset, first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """The rows from `first` to `last`, both inclusive, newest last, in the order of the dataset's columns."""
    time = next(column for column in dataset.columns if column.type in ("datetime", "date"))
    bounds: Sequence[Any] = (first, last)
    if time.type == "datetime":
        bounds = (day_bounds(first)[0], day_bounds(last)[1])
    columns = ", ".join(f'"{column.name}"' for column in dataset.columns)
    # Table and columns are those of the contract; the bounds are parameters.
    statement = (
        f'SELECT {columns} FROM {dataset.table} WHERE "{time.name}" BETWEEN %s AND %s'  # noqa: S608
        f' ORDER BY "{time.name}", 1'
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, bounds)
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


def as_csv(dataset: Dataset, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a mark, so that spreadsheets read it right; the first line is the column names."""
    yield b"\xef\xbb\xbf"
    yield _line([column.name for column in dataset.columns])
    for row in rows:
        yield _line([plain(value) for value in row])


def as_json(dataset: Dataset, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """`{"dataset": …, "columns": […], "rows": [[…], …]}`."""
    head = {
        "dataset": dataset.key,
        "title": dataset.zh,
        "columns": [
            {"name": column.name, "title": column.zh, "type": column.type, "unit": column.unit}
            for column in dataset.columns
        ],
    }
    yield orjson.dumps(head)[:-1] + b',"rows":['
    comma = b""
    for row in rows:
        yield comma + orjson.dumps([plain(value) for value in row])
        comma = b","
    yield b"]}"


def plain(value: Any) -> Any:
    """Moments in China Standard Time as ISO text; everything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _line(values: Sequence[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().encode()
