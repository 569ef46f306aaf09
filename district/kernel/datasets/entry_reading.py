"""The texts of an entry become its fields; what cannot be read is a problem of that field. Pure.

Words are those of the guide (编制指南, 核心元数据): type letters of items, the three share classes, cycles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.datasets import classes, cycles
from district.kernel.datasets.entry_layout import RawEntry
from district.kernel.datasets.entry_rules import Problem
from district.kernel.datasets.slugs import slug_of

SHARES = {
    "无条件共享": "open",
    "有条件共享": "conditional",
    "不予共享": "closed",
    "1": "open",
    "2": "conditional",
    "3": "closed",
}
YES, NO = ("是", "1", "y", "yes", "true", "√"), ("否", "0", "n", "no", "false", "×", "")
TYPES = {
    "c": "text", "m": "text", "g": "text", "n": "number", "y": "number", "b": "number", "f": "number", "i": "integer",
    "d": "date", "t": "datetime", "l": "boolean", "字符": "text", "文本": "text", "备注": "text", "通用": "text",
    "数值": "number", "货币": "number", "双精度": "number", "浮点": "number", "整": "integer", "整数": "integer",
    "日期": "date", "日期时间": "datetime", "时间": "datetime", "逻辑": "boolean", "布尔": "boolean", "是否": "boolean",
    "text": "text", "number": "number", "integer": "integer", "date": "date", "datetime": "datetime", "boolean": "boolean",
}  # fmt: skip
"""数据类型 of an item by the guide's letters and their names.

C字符 N数值 Y货币 D日期 T日期时间 L逻辑 M备注 G通用 B双精度 I整型 F浮点.
"""
GRADES = {"1": 1, "2": 2, "3": 3, "4": 4, "一级": 1, "二级": 2, "三级": 3, "四级": 4}
_ITEM = re.compile(
    r"(?:(?P<name>[A-Za-z_]\w*)\s*[:：])?\s*(?P<title>[^:：()（）]+?)\s*(?:[(（](?P<type>.+)[)）])?\s*",
    re.ASCII,
)
_TYPE = re.compile(
    r"(?P<type>[A-Za-z]+|[\u4e00-\u9fff]+?)型?\s*[(（]?\s*(?P<length>\d+)?(?:[,，]\d+)?\s*[)）]?"
)


@dataclass
class ReadEntry:
    """Fields as the actions take them; `code`, `provider` and `related` are still texts."""

    position: str
    metadata: dict[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    code: str = ""
    provider: str = ""
    slug: str = ""
    related: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.metadata.get("title", ""))


def read_entry(raw: RawEntry) -> ReadEntry:
    """An entry with everything that could be read of it."""
    entry = ReadEntry(raw.position)
    texts = raw.texts
    for name in ("title", "en", "abstract", "format", "share_way", "open_condition"):
        if texts.get(name):
            entry.metadata[name] = texts[name]
    entry.code, entry.provider, entry.slug = (texts.get(name, "") for name in ("code", "provider", "slug"))
    entry.related = tuple(filter(None, re.split(r"[,，、;；\s]+", texts.get("related", ""))))
    _take(entry, texts, "share", _share)
    _take(entry, texts, "cycle", _cycle)
    _take(entry, texts, "is_open_to_public", _yes_no)
    _take(entry, texts, "is_secret", _yes_no)
    _take(entry, texts, "library", lambda text: _named(text, classes.libraries(), _("没有基础库“%(value)s”")))
    _take(entry, texts, "theme", lambda text: _named(text, classes.themes(), _("没有主题“%(value)s”")))
    _take_class(entry, texts.get("category", ""))
    if texts.get("share_condition"):
        # 9b: what stands there is the condition of class 2 and the legal ground of class 3.
        name = "legal_ground" if entry.metadata.get("share") == "closed" else "share_condition"
        entry.metadata[name] = texts["share_condition"]
    entry.items = _items(entry, raw)
    return entry


def _take(entry: ReadEntry, texts: dict[str, str], name: str, read: Callable[[str], Any]) -> None:
    text = texts.get(name, "")
    if text:
        try:
            entry.metadata[name] = read(text)
        except ValueError as error:
            entry.problems.append(Problem(name, "unreadable", str(error), text))


def _share(text: str) -> str:
    plain = re.sub(r"^[123][.、\s]*(?=\D)", "", text.strip())
    if plain not in SHARES:
        raise ValueError(_("共享类型须为：无条件共享、有条件共享、不予共享"))
    return SHARES[plain]


def _cycle(text: str) -> str:
    for rule in cycles.cycle_rules().values():
        if text in (rule.zh, rule.key):
            return rule.key
    known = "、".join(rule.zh for rule in cycles.cycle_rules().values())
    raise ValueError(_("更新周期须为：%(list)s") % {"list": known})


def _yes_no(text: str) -> bool:
    if text.strip().lower() in YES:
        return True
    if text.strip().lower() in NO:
        return False
    raise ValueError(_("须填“是”或“否”"))


def _named(text: str, known: dict[str, classes.Named], otherwise: str) -> str:
    for key, each in known.items():
        if text in (key, each.zh):
            return key
    raise ValueError(otherwise % {"value": text})


def _take_class(entry: ReadEntry, text: str) -> None:
    """信息资源分类, in words or as 分类码, gives the base library or the theme where these are not told by themselves."""
    if not text or entry.metadata.get("library") or entry.metadata.get("theme"):
        return
    for key, each in classes.libraries().items():
        if text.startswith(f"{classes.BASIC}{each.item}") or (
            each.zh.removesuffix("库") in text and "基础" in text
        ):
            entry.metadata["library"] = key
            return
    for key, each in classes.themes().items():
        if each.zh in text:
            entry.metadata["theme"] = key
            return
    if not (text.startswith(classes.DEPARTMENT) or "部门" in text):
        said = _("信息资源分类“%(value)s”不在目录分类之内") % {"value": text}
        entry.problems.append(Problem("category", "unknown_class", said, text))


def _items(entry: ReadEntry, raw: RawEntry) -> list[dict[str, Any]]:
    told = raw.items or _from_cell(entry, raw.texts.get("items", ""))
    found: list[dict[str, Any]] = []
    for number, texts in enumerate(told, 1):
        item = _item(entry, number, texts)
        if not item["name"]:
            item["name"] = slug_of(item["title"], {each["name"] for each in found}, fallback="item")
        found.append(item)
    return found


def _from_cell(entry: ReadEntry, text: str) -> list[dict[str, str]]:
    """`学校名称（C50）；pupils：在校生数（I）` → the texts of its items."""
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;；\n]+", text))):
        match = _ITEM.fullmatch(part)
        if match is None:
            said = _("不能识别信息项“%(value)s”，写法如：学校名称（C）；pupils：在校生数（I）") % {
                "value": part
            }
            entry.problems.append(Problem("items", "unreadable_item", said, part))
        else:
            found.append({name: value for name, value in match.groupdict().items() if value})
    return found


def _item(entry: ReadEntry, number: int, texts: dict[str, str]) -> dict[str, Any]:
    where = {"n": number, "name": texts.get("title") or texts.get("name", "")}
    item: dict[str, Any] = {
        "name": texts.get("name", ""), "title": texts.get("title", ""), "type": "text", "unit": texts.get("unit", ""),
        "mask": texts.get("mask", ""), "code_table": texts.get("code_table", ""), "holds": texts.get("holds", ""),
        "grade": 1, "length": None, "is_key": False, "is_required": False,
    }  # fmt: skip
    typed = _TYPE.fullmatch(texts.get("type", "c").strip())
    if typed is None or typed["type"].lower() not in TYPES:
        text = _("第 %(n)s 个信息项“%(name)s”的数据类型不能识别") % where
        entry.problems.append(Problem("items", "unknown_type", text, texts.get("type", "")))
    else:
        item["type"] = TYPES[typed["type"].lower()]
        item["length"] = int(typed["length"]) if typed["length"] and item["type"] == "text" else None
    if texts.get("length", "").isdigit():
        item["length"] = int(texts["length"])
    grade = texts.get("grade", "1")
    if grade not in GRADES:
        text = _("第 %(n)s 个信息项“%(name)s”的敏感级别须为 1 至 4") % where
        entry.problems.append(Problem("items", "unknown_grade", text, grade))
    item["grade"] = GRADES.get(grade, 4)
    for name in ("is_key", "is_required"):
        try:
            item[name] = _yes_no(texts.get(name, ""))
        except ValueError as error:
            entry.problems.append(Problem("items", "unreadable", str(error), texts[name]))
    return item
