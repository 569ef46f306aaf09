"""What experts score by, and what their opinions come to. Pure; the table and the rule are published with each review.

Rule (version 2026-1): an expert's points are the sum over the criteria. Of five or more experts the highest and the lowest sum
are left out of the mean. Refused: mean under 60, or half of the experts or more recommend so. Passed: mean of 80 or more, and
two thirds or more recommend so. Else: passed when it is revised.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

VERSION = "2026-1"
PASSED, REVISE, REFUSED = "passed", "revise", "refused"
LEAST_TEXT = 10

CRITERIA: Mapping[str, tuple[tuple[str, str, str, int], ...]] = {
    "scheme": (
        ("need", "建设必要性与目标", "Need and purpose", 20),
        ("technique", "技术方案可行性", "Technical soundness", 30),
        ("data", "数据共享与标准符合性", "Data sharing and standards", 15),
        ("safety", "安全与等级保护", "Security", 15),
        ("cost", "投资概算与进度", "Cost and schedule", 20),
    ),
    "change": (
        ("need", "变更必要性", "Need of the change", 40),
        ("technique", "技术影响", "Technical effect", 30),
        ("cost", "金额与工期合理性", "Cost and time", 30),
    ),
    "acceptance": (
        ("scope", "建设内容完成情况", "Scope delivered", 35),
        ("quality", "测试与运行质量", "Quality in test and operation", 35),
        ("papers", "文档与移交", "Documents and hand-over", 15),
        ("safety", "安全与等级保护", "Security", 15),
    ),
}


class OpinionRefused(ValueError):
    """`field` is the criterion or part that is wrong; the text Chinese."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Said:
    """One expert's opinion: points by criterion, a recommendation (passed, revise, refused), reasons."""

    points: Mapping[str, float]
    recommends: str
    text: str

    @property
    def total(self) -> float:
        return sum(self.points.values())


@dataclass(frozen=True)
class Result:
    outcome: str
    points: float
    counted: int
    left_out: int


def table(kind: str) -> dict[str, Any]:
    """The criteria of a kind of review, as they are kept with it."""
    return {
        "version": VERSION,
        "lines": [{"key": key, "zh": zh, "en": en, "most": most} for key, zh, en, most in CRITERIA[kind]],
    }


def checked(criteria: Mapping[str, Any], said: Said) -> Said:
    """The opinion when it is whole. Raises OpinionRefused."""
    lines = {line["key"]: line for line in criteria["lines"]}
    for key, line in lines.items():
        given = said.points.get(key)
        if given is None:
            raise OpinionRefused(key, f"{line['zh']}：未评分")
        if not 0 <= given <= line["most"]:
            raise OpinionRefused(key, f"{line['zh']}：{given:g} 分不在 0 至 {line['most']} 分之间")
    strange = sorted(set(said.points) - set(lines))
    if strange:
        raise OpinionRefused(strange[0], f"评分标准中没有 {strange[0]}")
    if said.recommends not in (PASSED, REVISE, REFUSED):
        raise OpinionRefused("recommends", "请选择结论建议")
    if len(said.text.strip()) < LEAST_TEXT:
        raise OpinionRefused("text", f"评审意见不少于 {LEAST_TEXT} 字")
    return said


def result(opinions: Sequence[Said]) -> Result:
    """What they come to together; order does not matter. ValueError for none."""
    if not opinions:
        raise ValueError("no opinions")
    totals = sorted(Fraction(each.total) for each in opinions)
    counted = totals[1:-1] if len(totals) >= 5 else totals
    mean = sum(counted, Fraction(0)) / len(counted)
    count = len(opinions)
    passing = sum(each.recommends == PASSED for each in opinions)
    refusing = sum(each.recommends == REFUSED for each in opinions)
    if mean < 60 or 2 * refusing >= count:
        outcome = REFUSED
    elif mean >= 80 and 3 * passing >= 2 * count:
        outcome = PASSED
    else:
        outcome = REVISE
    return Result(outcome, round(float(mean), 2), len(counted), count - len(counted))


def written(said: Said) -> str:
    """The opinion as one text, for sealing and for its digest."""
    whole = {"points": dict(said.points), "recommends": said.recommends, "text": said.text}
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Said:
    whole = json.loads(text)
    return Said(whole["points"], whole["recommends"], whole["text"])
