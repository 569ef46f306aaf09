"""The places a text names: roads, and marks such as estates, schools, bridges; enough to tell whether two texts name the
same. A name is kept by the two characters before its kind: what stands further left may be no part of it."""

from __future__ import annotations

import re

ROADS = "大道|路|街|巷|胡同"
MARKS = (
    "桥|桥头|村|小区|花园|家园|广场|市场|学校|小学|中学|幼儿园|医院|公园|超市|宾馆|酒店|饭店|银行|加油站|车站|"
    "药店|派出所|中心|公交站"
)
_road = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{ROADS})")
_mark = re.compile(rf"[\u4e00-\u9fff]{{0,2}}(?:{MARKS})")
NOT_ROADS = frozenset(["一条街", "的马路", "人行道路"])


def roads_named(text: str) -> frozenset[str]:
    return frozenset(_road.findall(text)) - NOT_ROADS


def marks_named(text: str) -> frozenset[str]:
    return frozenset(name[-3:] for name in _mark.findall(text))


def without_places(text: str) -> str:
    """The text with names of places taken out: what is left says what the matter is."""
    return _mark.sub(" ", _road.sub(" ", text))
