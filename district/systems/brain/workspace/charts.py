"""A chart of an answer. Pure."""

from __future__ import annotations

import pyarrow as pa

from district.kernel.ui.chart import Bar, Chart, Line, Pie, Trace

MOST_POINTS = 2_000


def chart_of(table: pa.Table, kind: str, title: str) -> Chart | None:
    """The first column across, each column of numbers a trace; None when there is nothing to draw."""
    numbers = [place for place, field in enumerate(table.schema) if place and _is_number(field.type)]
    if not kind or not numbers or not table.num_rows:
        return None
    part = table.slice(0, MOST_POINTS)
    x = ["" if value is None else value for value in part.column(0).to_pylist()]
    traces = [Trace(table.schema.names[place], _floats(part.column(place))) for place in numbers]
    if kind == "pie":
        parts: dict[str, float] = {}
        for name, value in zip(x, traces[0].values, strict=True):
            parts[str(name)] = parts.get(str(name), 0.0) + (value or 0.0)
        return Pie(title=title, parts=parts)
    made = Line if kind == "line" else Bar
    return made(title=title, x=x if kind == "line" else [str(each) for each in x], traces=traces)


def _floats(column: pa.ChunkedArray) -> list[float | None]:
    return [None if value is None else float(value) for value in column.to_pylist()]


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
