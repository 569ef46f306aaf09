"""分类码 and 顺序码 of the catalogue (政务信息资源目录编制指南, 发改高技〔2017〕1272号), and its lists.

A resource's code is `分类码/顺序码`; 分类码 is 类 (1 digit), 项 (2), 目 (3), 细目 (any length). No Django.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
BASIC, THEME, DEPARTMENT = "1", "2", "3"
LOCAL_GOVERNMENTS = "07"
"""项 of 部门信息资源 for the departments of a province and below."""
GENERAL = "001"
"""目 where the district makes no finer difference."""
SERIAL_DIGITS = 6
_CODE = re.compile(r"([123])(\d{2})(\d{3})(\d*)/(\d+)")


@dataclass(frozen=True)
class ClassItem:
    """A 项 of a 类."""

    level: str
    code: str
    zh: str


@dataclass(frozen=True)
class Named:
    """A base library or a theme: `item` is the 项 its resources stand under."""

    key: str
    zh: str
    en: str
    item: str


@dataclass(frozen=True)
class Code:
    """A resource's code, taken apart."""

    level: str
    item: str
    section: str
    detail: str
    serial: int


def rows_of(name: str) -> list[dict[str, str]]:
    """A data file beside the code."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def class_items() -> tuple[ClassItem, ...]:
    """All 项, in the order of the guide."""
    return tuple(
        ClassItem(row["class_code"], row["item_code_default"], row["item_zh"])
        for row in rows_of("catalog_classes.csv")
    )


@cache
def libraries() -> dict[str, Named]:
    """The base libraries 基础库 by key."""
    return {
        row["key"]: Named(row["key"], row["zh"], row["en"], row["item"]) for row in rows_of("libraries.csv")
    }


@cache
def themes() -> dict[str, Named]:
    """The themes of the district's plan by key, each under a topic 主题 of the guide."""
    topics = {item.zh: item.code for item in class_items() if item.level == THEME}
    return {
        row["key"]: Named(row["key"], row["zh"], row["en"], topics[row["topic"]])
        for row in rows_of("themes.csv")
    }


def category_of(library: str = "", theme: str = "", department: str = "") -> str:
    """分类码: a base library's, else a theme's, else a department's (目 and 细目 as `department_section` gives them).

    KeyError for an unknown library or theme.
    """
    if library:
        return f"{BASIC}{libraries()[library].item}{GENERAL}"
    if theme:
        return f"{THEME}{themes()[theme].item}{GENERAL}"
    return f"{DEPARTMENT}{LOCAL_GOVERNMENTS}{department}"


def department_section(order: int, division_code: str) -> str:
    """目 (and 细目) of a unit: its place in the district's order; for a town 100 and its code, then the village's."""
    if len(division_code) < 9:
        return f"{order + 1:03}"
    return f"{100 + int(division_code[6:9]):03}{division_code[9:12]}"


def parsed(code: str) -> Code | None:
    """A code taken apart, or None when it has not the standard's form."""
    found = _CODE.fullmatch(code)
    return Code(found[1], found[2], found[3], found[4], int(found[5])) if found else None


def category_label(category: str) -> str:
    """`主题信息资源 · 生态环保` of a 分类码; the code itself when the guide has no such 项."""
    for row in rows_of_classes():
        if category.startswith(row["class_code"] + row["item_code_default"]):
            return f"{row['class_zh']} · {row['item_zh']}"
    return category


@cache
def rows_of_classes() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("catalog_classes.csv"))
