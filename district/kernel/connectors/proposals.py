"""What a file would be as an entry of the catalogue: its items, guessed from header and first rows, for a person to
correct. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from district.kernel.connectors.conformance import as_plain, converted_to, texts_of
from district.kernel.connectors.matching import folded, meaning
from district.kernel.datasets.slugs import slug_of

LOOKED_AT = 5_000
SHOWN = 3
WRONG_AT_MOST = 0.2
"""This share of the values may be unreadable for a type to be proposed."""
_UNIT = re.compile(r"[（(]\s*(?:单位[:：]\s*)?([^（）()\s]{1,8})\s*[)）]\s*$")
_UNITS = re.compile(
    r"(万|亿|千|百)?(元|吨|人|户|个|件|次|家|亩|平方米|平方公里|公里|米|千米|千克|公斤|度|千瓦时|立方米|天|小时|分钟|岁|%|m|m2|km|kg|t|㎡)"
)
_PERSON_ID = re.compile(r"^\d{17}[\dXx]$|^\d{15}$")
_ENTITY = re.compile(r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
NAMES = {
    "公民身份号码": "person_id", "统一社会信用代码": "uscc", "单位名称": "unit_name", "姓名": "person_name",
    "联系电话": "phone", "地址": "address", "性别": "gender", "出生日期": "born_on", "年龄": "age", "法定代表人": "legal_person",
    "成立日期": "founded_on", "经度": "lon", "纬度": "lat", "行政区划代码": "division_code", "镇办": "town", "村居": "village",
    "序号": "number", "日期": "on_date", "数量": "amount", "金额": "money", "备注": "remark", "更新时间": "changed_at",
}  # fmt: skip


@dataclass(frozen=True)
class ProposedItem:
    """`why` says in Chinese on what the grade or the key rests; `samples` are first values."""

    column: str
    name: str
    title: str
    type: str = "text"
    unit: str = ""
    is_key: bool = False
    is_required: bool = False
    grade: int = 1
    mask: str = ""
    holds: str = ""
    why: str = ""
    samples: list[str] = field(default_factory=list)

    def as_item(self) -> dict[str, Any]:
        """As `datasets.actions.add_resource` takes it."""
        kept = ("name", "title", "type", "unit", "is_key", "is_required", "grade", "mask", "holds")
        return {name: getattr(self, name) for name in kept}


SENSITIVE: dict[str, tuple[int, str, str, str]] = {
    "公民身份号码": (3, "id_number", "person_id", "公民身份号码属敏感个人信息"),
    "姓名": (3, "person_name", "", "姓名属个人信息"),
    "联系电话": (3, "phone", "", "联系电话属个人信息"),
    "地址": (2, "address", "", "地址可能指向个人"),
    "出生日期": (3, "birth_date", "", "出生日期属个人信息"),
    "法定代表人": (2, "person_name", "", "法定代表人是自然人姓名"),
    "统一社会信用代码": (1, "", "entity_code", ""),
    "行政区划代码": (1, "", "division", ""),
    "经度": (1, "", "lon", ""),
    "纬度": (1, "", "lat", ""),
}
"""Meaning of a title → grade, mask, what it holds, and why."""


def propose(batch: pa.RecordBatch) -> list[ProposedItem]:
    """One item for each column."""
    taken: set[str] = set()
    found: list[ProposedItem] = []
    has_key = False
    for column in batch.schema.names:
        item = _item(column, batch.column(column).slice(0, LOOKED_AT), taken, has_key)
        taken.add(item.name)
        has_key |= item.is_key
        found.append(item)
    return found


def _item(column: str, values: pa.Array, taken: Collection[str], has_key: bool) -> ProposedItem:
    texts = pc.utf8_trim_whitespace(texts_of(as_plain(values)))
    filled = texts.filter(pc.not_equal(texts, "").fill_null(False))
    title, unit = _title_and_unit(column)
    sense = _sense(title, filled)
    grade, mask, holds, why = SENSITIVE.get(sense, (1, "", "", ""))
    kind = (
        "text"
        if holds in ("person_id", "entity_code", "division") or sense == "联系电话"
        else _type(values, filled)
    )
    is_unique = 1 < len(filled) == len(texts) == len(pc.unique(filled))
    is_key = (
        not has_key and is_unique and (holds in ("person_id", "entity_code") or _is_key_word(title, sense))
    )
    if is_key:
        why = "；".join(filter(None, (why, "各行都有且不重复，可作主键")))
    return ProposedItem(
        column, item_name(title, taken, sense), title, kind, unit, is_key, is_key, grade, mask, holds, why,
        [text[:40] for text in filled.slice(0, SHOWN).to_pylist()],
    )  # fmt: skip


def _title_and_unit(column: str) -> tuple[str, str]:
    """金额（万元） → 金额, 万元"""
    found = _UNIT.search(column)
    if found and _UNITS.fullmatch(found[1]):
        return column[: found.start()].strip() or column, found[1]
    return column.strip()[:120], ""


def _sense(title: str, filled: pa.Array) -> str:
    """By title, or by what the values look like."""
    sense = meaning(title.rsplit("_", 1)[-1])
    known = next((word for word in SENSITIVE if folded(word) == sense), None)
    if known and not (known == "公民身份号码" and len(filled) and not _most(filled, _PERSON_ID)):
        return known
    for pattern, word in ((_PERSON_ID, "公民身份号码"), (_ENTITY, "统一社会信用代码"), (_MOBILE, "联系电话")):
        if len(filled) and _most(filled, pattern):
            return word
    return next((word for word in NAMES if folded(word) == sense), title)


def _most(filled: pa.Array, pattern: re.Pattern[str]) -> bool:
    sample = filled.slice(0, 200).to_pylist()
    return sum(bool(pattern.match(text)) for text in sample) >= 0.8 * len(sample)


def _type(values: pa.Array, filled: pa.Array) -> str:
    plain = as_plain(values).type
    for kind, is_it in (("boolean", pa.types.is_boolean), ("integer", pa.types.is_integer), ("number", pa.types.is_floating),
                        ("date", pa.types.is_date), ("datetime", pa.types.is_timestamp)):  # fmt: skip
        if is_it(plain):
            return kind
    if not len(filled):
        return "text"
    has_zeros = pc.any(pc.match_substring_regex(filled, r"^0\d")).as_py()
    is_compact = pc.all(pc.match_substring_regex(filled, r"^\d{8}$")).as_py()
    if pc.all(pc.is_in(filled, pa.array(["是", "否"]))).as_py():
        return "boolean"
    if not has_zeros and not is_compact:
        for kind in ("integer", "number"):
            if _fits(kind, filled) and not _is_long(filled):
                return kind
    for kind in ("date", "datetime"):
        if (
            pc.all(pc.match_substring_regex(filled, r"[-/.年:]|^\d{8}$")).as_py()
            and not converted_to(kind, filled)[1]
        ):
            return "datetime" if pc.any(pc.match_substring(filled, ":")).as_py() else kind
    return "text"


def _fits(kind: str, filled: pa.Array) -> bool:
    """A column of numbers or dates may have some bad values; they will be refused, and corrected."""
    return len(converted_to(kind, filled)[1]) <= WRONG_AT_MOST * len(filled)


def _is_long(filled: pa.Array) -> bool:
    """Numbers of many digits are codes."""
    return bool(pc.all(pc.match_substring_regex(filled, r"^\d{11,}$")).as_py())


def _is_key_word(title: str, sense: str) -> bool:
    return sense == "序号" or bool(
        re.search(r"(编号|编码|代码|号码|证号|流水号|主键|(^|_)id|号)$", title, re.IGNORECASE)
    )


def item_name(title: str, taken: Collection[str] = (), sense: str = "") -> str:
    """A machine name: the common one of a known meaning, the title where it is one, else its first letters."""
    word = next((english for zh, english in NAMES.items() if folded(zh) == meaning(sense or title)), "")
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", title):
        word = title
    if word and word not in taken:
        return word
    return slug_of(word or title, taken, fallback="c")
