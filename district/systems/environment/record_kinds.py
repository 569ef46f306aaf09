"""The kinds of entries in a source's life-long file and what each must say. Read from record_kinds.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from district.kernel.wording import Sentence, term

ONE_OF: Final = Sentence("应为：%(choices)s")
LEAST: Final = Sentence("不小于 %(value)s")
MOST: Final = Sentence("不大于 %(value)s")


@dataclass(frozen=True)
class RecordField:
    """A typed element of a record. `type`: text, number, date or choice."""

    key: str
    zh: str
    type: str
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class RecordKind:
    key: str
    zh: str
    icon: str
    fields: tuple[RecordField, ...]


@dataclass(frozen=True)
class Fault:
    """Why an element was refused: key, Chinese name, the value given, a stable code, the rule in words."""

    field: str
    zh: str
    value: str
    code: str
    rule: str

    def __str__(self) -> str:
        return f"{self.zh}“{self.value}”：{self.rule}"


@cache
def record_kinds() -> dict[str, RecordKind]:
    """All kinds by key, in the order of the file."""
    rows = json.loads((Path(__file__).parent / "record_kinds.json").read_text(encoding="utf-8"))
    return {
        row["key"]: RecordKind(row["key"], row["zh"], row["icon"], tuple(map(_field, row["fields"])))
        for row in rows
    }


def _field(row: dict) -> RecordField:
    return RecordField(
        row["key"],
        row["zh"],
        row["type"],
        row.get("required", False),
        row.get("unit", ""),
        tuple(row.get("choices", ())),
        row.get("min"),
        row.get("max"),
    )


def read_fields(kind: RecordKind, given: dict[str, str]) -> tuple[dict[str, str | float], list[Fault]]:
    """Typed values of the elements of a record, and every fault found. Unknown keys are refused too."""
    values: dict[str, str | float] = {}
    faults = [
        Fault(key, key, str(given[key]), "unknown_field", term("该类记录没有此要素"))
        for key in given
        if key not in {field.key for field in kind.fields}
    ]
    for field in kind.fields:
        text = str(given.get(field.key, "")).strip()
        if not text:
            if field.required:
                faults.append(Fault(field.key, field.zh, "", "required", term("必填")))
            continue
        fault = _fault(field, text)
        if fault:
            faults.append(Fault(field.key, field.zh, text, *fault))
        else:
            values[field.key] = float(text) if field.type == "number" else text
    return values, faults


def _fault(field: RecordField, text: str) -> tuple[str, str] | None:
    if field.type == "number":
        return _fault_in_number(field, text)
    if field.type == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return "bad_date", term("应为 YYYY-MM-DD 格式的日期")
    if field.type == "choice" and text not in field.choices:
        return "bad_choice", ONE_OF(choices="、".join(field.choices))
    if field.type == "text" and len(text) > 200:
        return "too_long", term("不超过 200 字")
    return None


def _fault_in_number(field: RecordField, text: str) -> tuple[str, str] | None:
    try:
        number = float(text)
    except ValueError:
        return "bad_number", term("应为数字")
    if number != number or number in (float("inf"), float("-inf")):
        return "bad_number", term("应为有限的数字")
    if field.minimum is not None and number < field.minimum:
        return "too_small", LEAST(value=f"{field.minimum:g}")
    if field.maximum is not None and number > field.maximum:
        return "too_large", MOST(value=f"{field.maximum:g}")
    return None
