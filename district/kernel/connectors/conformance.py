"""Whether rows conform to the items of a resource: whole columns at once, only odd values one by one. No Django.

A column that is read the fast way costs one or two passes in Arrow. Where that fails, the values that are not in the
plain form go through `value_reading`, each different value once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from district.kernel.connectors.value_reading import READERS, Unreadable

ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
"""Data type of an item → how its column stands in the lake."""
TYPE_ZH = {
    "text": "文本",
    "integer": "整数",
    "number": "数值",
    "boolean": "是否",
    "date": "日期",
    "datetime": "时间",
}
PLAIN = {
    "integer": r"^[+-]?\d{1,18}$",
    "number": r"^[+-]?\d+(\.\d+)?$",
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "datetime": r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?$",
}
CHINA = "Asia/Shanghai"


@dataclass(frozen=True)
class Wanted:
    """An item as far as a value must conform to it."""

    name: str
    title: str
    type: str = "text"
    length: int | None = None
    is_required: bool = False


@dataclass(frozen=True)
class Problem:
    """Why row `index` of a batch is not taken: the first item in order that it fails."""

    index: int
    item: str
    value: str
    rule: str
    code: str
    words: str


@dataclass(frozen=True)
class Checked:
    """`good` has a column for each item, and `kept` the indices in the batch of its rows."""

    good: pa.RecordBatch
    kept: np.ndarray
    problems: list[Problem]


def schema_of(items: Sequence[Wanted]) -> pa.Schema:
    return pa.schema([pa.field(item.name, ARROW[item.type]) for item in items])


def check(batch: pa.RecordBatch, items: Sequence[Wanted], columns: Mapping[str, str]) -> Checked:
    """`columns` names the batch's column for each item; an item without one is empty in every row."""
    arrays: list[pa.Array] = []
    problems: dict[int, Problem] = {}
    for item in items:
        column = columns.get(item.name)
        given = batch.column(column) if column is not None else pa.nulls(batch.num_rows, pa.string())
        arrays.append(_checked_column(item, given, problems))
    schema = schema_of(items)
    whole = pa.RecordBatch.from_arrays(arrays, schema=schema)
    kept = np.arange(batch.num_rows)
    if problems:
        is_good = np.ones(batch.num_rows, dtype=bool)
        is_good[list(problems)] = False
        whole, kept = whole.filter(pa.array(is_good)), np.flatnonzero(is_good)
    return Checked(whole, kept, [problems[index] for index in sorted(problems)])


def _checked_column(item: Wanted, given: pa.Array, problems: dict[int, Problem]) -> pa.Array:
    texts = as_plain(given)
    converted, unreadable = converted_to(item.type, texts)
    for index, error in unreadable.items():
        _note(problems, index, item, texts[index].as_py(), "type", error.code, error.words)
    if item.type == "text" and item.length:
        longer = pc.greater(pc.utf8_length(converted), item.length)
        if pc.any(longer).as_py():
            for index in np.flatnonzero(longer.fill_null(False).to_numpy(zero_copy_only=False)).tolist():
                value = converted[index].as_py()
                words = f"有 {len(value)} 个字，不得超过 {item.length} 个"
                _note(problems, index, item, value, "length", "too_long", words)
    if item.is_required and converted.null_count:
        for index in np.flatnonzero(converted.is_null().to_numpy(zero_copy_only=False)).tolist():
            if index not in unreadable:
                _note(problems, index, item, "", "required", "required", "必填，没有填写")
    return converted


def _note(
    problems: dict[int, Problem], index: int, item: Wanted, value: Any, rule: str, code: str, words: str
) -> None:
    shown = "" if value is None else str(value)[:400]
    problems.setdefault(index, Problem(index, item.name, shown, rule, code, f"“{item.title}”{words}"[:400]))


def as_plain(column: pa.Array) -> pa.Array:
    """A column in one of the types conformance knows; nested values as JSON text, decimals as text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_plain(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_boolean(kind) or pa.types.is_floating(kind):
        return column
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_integer(kind):
        return column if kind != pa.uint64() else column.cast(pa.string())
    if pa.types.is_date(kind):
        return column.cast(pa.date32())
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    if pa.types.is_nested(kind):
        values = [None if value is None else _json(value) for value in column.to_pylist()]
        return pa.array(values, pa.string())
    return pa.array([None if value is None else _said(value) for value in column.to_pylist()], pa.string())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_said)


def _said(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def converted_to(kind: str, column: pa.Array) -> tuple[pa.Array, dict[int, Unreadable]]:
    """The column in the type of `kind`, with nothing where a value is empty or unreadable; why, by index."""
    wanted = ARROW[kind]
    if column.type == wanted and kind != "text":
        return _finite(column) if kind == "number" else (column, {})
    if pa.types.is_string(column.type):
        return _from_text(kind, column)
    fast = _from_typed(kind, column)
    return (fast, {}) if fast is not None else _from_text(kind, texts_of(column))


def _finite(column: pa.Array) -> tuple[pa.Array, dict[int, Unreadable]]:
    finite = pc.is_finite(column)
    if pc.all(finite).as_py() in (True, None):
        return column, {}
    # A frame's NaN is its way to say that there is no value.
    return pc.if_else(finite, column, pa.scalar(None, pa.float64())), {}


def _from_typed(kind: str, column: pa.Array) -> pa.Array | None:
    """Between types without a detour over text; None where there is no plain way."""
    source, wanted = column.type, ARROW[kind]
    try:
        if kind == "number" and pa.types.is_floating(source):
            return _finite(column.cast(pa.float64()))[0]
        if (kind == "integer" and not pa.types.is_boolean(source) and not pa.types.is_temporal(source)) or (
            kind == "number" and pa.types.is_integer(source)
        ):
            return column.cast(wanted)
        if pa.types.is_timestamp(source) and kind in ("date", "datetime"):
            zoned = (
                column
                if source.tz
                else pc.assume_timezone(column, CHINA, ambiguous="earliest", nonexistent="earliest")
            )
            return (
                zoned.cast(wanted)
                if kind == "datetime"
                else pc.local_timestamp(zoned.cast(pa.timestamp("us", CHINA))).cast(wanted)
            )
    except pa.ArrowInvalid:
        return None
    return None


def texts_of(column: pa.Array) -> pa.Array:
    """Any column as people would write it: whole floats without `.0`, times in China Standard Time."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind):
        values = [None if v is None or v != v else _float_text(v) for v in column.to_pylist()]
        return pa.array(values, pa.string())
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column.cast(pa.timestamp("us", CHINA))) if kind.tz else column
        return pc.strftime(local.cast(pa.timestamp("s"), safe=False), "%Y-%m-%d %H:%M:%S")
    return column.cast(pa.string())


def _float_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)


def _from_text(kind: str, column: pa.Array) -> tuple[pa.Array, dict[int, Unreadable]]:
    if kind == "text":
        trimmed = pc.utf8_trim_whitespace(column)
        empty = pc.equal(trimmed, "")
        return (
            pc.if_else(empty, pa.scalar(None, pa.string()), trimmed) if pc.any(empty).as_py() else trimmed
        ), {}
    if kind != "boolean":
        try:
            return _cast(kind, column), {}
        except pa.ArrowInvalid:
            pass
    return _odd_values(kind, column)


def _cast(kind: str, column: pa.Array) -> pa.Array:
    if kind == "datetime":
        moments = column.cast(pa.timestamp("us"))
        return pc.assume_timezone(moments, CHINA, ambiguous="earliest", nonexistent="earliest").cast(
            ARROW[kind]
        )
    cast = column.cast(ARROW[kind])
    if kind == "number" and pc.all(pc.is_finite(cast)).as_py() is False:
        raise pa.ArrowInvalid("not a number of any size")
    return cast


def _odd_values(kind: str, column: pa.Array) -> tuple[pa.Array, dict[int, Unreadable]]:
    """Plain values by Arrow, the others by the reader of the type, each different one once."""
    wanted = ARROW[kind]
    is_plain = (
        pc.match_substring_regex(column, PLAIN[kind]).fill_null(True)
        if kind in PLAIN
        else pa.array(np.zeros(len(column), dtype=bool))
    )
    try:
        done = (
            _cast(kind, pc.if_else(is_plain, column, pa.scalar(None, pa.string())))
            if kind in PLAIN
            else pa.nulls(len(column), wanted)
        )
    except pa.ArrowInvalid:  # plain in form, but no such day or too large: all go the slow way
        is_plain, done = pc.is_null(column), pa.nulls(len(column), wanted)
    places = np.flatnonzero(~is_plain.to_numpy(zero_copy_only=False))
    encoded = column.take(pa.array(places)).dictionary_encode()
    values: list[Any] = []
    errors: dict[int, Unreadable] = {}
    read = READERS[kind]
    for number, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(read(text))
        except Unreadable as error:
            errors[number] = error
            values.append(None)
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    found = pa.array(values, wanted).take(encoded.indices)
    mask = np.zeros(len(column), dtype=bool)
    mask[places] = True
    merged = pc.replace_with_mask(done, pa.array(mask), found)
    unreadable = (
        {int(places[n]): errors[code] for n, code in enumerate(codes.tolist()) if code in errors}
        if errors
        else {}
    )
    return merged, unreadable


def batch_of(rows: pa.RecordBatch | Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Rows as dicts become columns: of one type where all values agree, else of text."""
    if isinstance(rows, pa.RecordBatch):
        return rows
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    arrays = [_array([row.get(name) for row in rows]) for name in names]
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _array(values: list[Any]) -> pa.Array:
    if all(value is None or type(value) is str for value in values):
        return pa.array(values, pa.string())
    try:
        return as_plain(pa.array(values))
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return pa.array([None if value is None else as_text(value) for value in values], pa.string())


def as_text(value: Any) -> str:
    """Any single value as text; what is nested as JSON."""
    if isinstance(value, dict | list | tuple):
        return _json(value)
    if isinstance(value, float):
        return _float_text(value) if value == value and abs(value) != float("inf") else ""
    return _said(value)
