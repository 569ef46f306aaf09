"""Whether a question asks for what is already known: by the words of its label, its type and its choices. No Django."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from district.kernel.connectors.matching import folded
from district.kernel.connectors.matching import meaning as meaning_of_column

SURE_FROM = 0.8
SHOWN_FROM = 0.6
MOST_SHOWN = 5
GENERIC = frozenset(
    ["备注", "说明", "序号", "编号", "日期", "时间", "数量", "金额", "照片", "签名", "经度", "纬度", "状态", "类型", "名称",
     "附件", "意见", "填表人", "填表日期", "原因", "内容", "标题", "单位名称", "更新时间", "代码", "类别", "结果"]
)  # fmt: skip
"""Words that mean another thing wherever they stand; alone they say nothing about what is held."""
OF_ANYBODY = frozenset(["联系电话", "家庭住址", "家庭人口数", "姓名", "年龄", "性别", "户主姓名", "年收入"])
"""What persons and enterprises both have: held only by what is about those who are asked."""
_OF_ENTITIES = re.compile("单位|企业|公司|学校|机构|法人|店|厂|场所|景区|医院")
_BEFORE = re.compile(
    r"^(请您?(填写|输入|选择|问|写|说明)?一?下?|您家|你家|我家|家中|家里|您的?|你的?|本户|该户|家庭|本人|目前|现在|当前|现有|是否为?|有没有|有无)"
)
_AFTER = re.compile(
    r"(是多少|有多少|多少|是什么|是哪里|在哪里|哪里|情况如何|情况|是哪些|有哪些|[吗呢么]|为)$"
)
_NUMBERS = frozenset({"integer", "number", "decimal"})
_TIMES = frozenset({"date", "datetime", "dateTime", "time"})
_NEVER = frozenset({"image", "audio", "video", "file", "note", "acknowledge", "calculate", "barcode"})


@dataclass(frozen=True)
class Known:
    """Something that is held. `kind`: register, resource, form. `of` is its table or form, `holder` the unit's name.

    `is_here`: it can be taken into the form as it stands. `about`: person, entity or other, where that is known.
    """

    kind: str
    key: int
    label: str
    type: str
    of: str
    of_key: int
    holder: str
    name: str = ""
    register: str = ""
    share: str = ""
    as_of: datetime | None = None
    is_here: bool = False
    choices: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Held:
    """`how`: same, synonym, alike."""

    known: Known
    score: float
    how: str

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE_FROM


def asked_words(label: str) -> str:
    """What is asked for, without the asking: 请问您家的联系电话是多少？ → 联系电话."""
    text = re.sub(r"[?？!！,，;；]", "", folded(label.split("\n")[0]))
    before = ""
    while text != before and len(text) > 2:
        before = text
        for pattern in (_BEFORE, _AFTER):
            shorter = pattern.sub("", text).removeprefix("的")
            text = shorter if len(shorter) > 1 else text
    return text


def meaning(label: str) -> str:
    """The one word for all that mean the same."""
    whole, plain = folded(label), asked_words(label)
    return synonyms().get(whole) or synonyms().get(plain) or meaning_of_column(plain)


@cache
def synonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows):
            for word in row:
                found.setdefault(folded(word), folded(row[0]))
    return found


class Holdings:
    """All that is known, ready to be asked; one reading serves every question of a form."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = [(each, asked_words(each.label), meaning(each.label)) for each in known]
        self._pairs = [_pairs(plain) for _each, plain, _meaning in self._known]

    def held_for(
        self, label: str, type: str, *, choices: Sequence[str] = (), most: int = MOST_SHOWN
    ) -> list[Held]:
        """What is held of it, the surest first; what can be taken at once before what cannot."""
        plain, word = asked_words(label), meaning(label)
        if not plain or type in _NEVER or word in GENERIC or plain in GENERIC:
            return []
        pairs = _pairs(plain)
        found = []
        asked_about = "entity" if _OF_ENTITIES.search(label) else "person"
        for (known, other, other_word), other_pairs in zip(self._known, self._pairs, strict=True):
            if known.about not in ("", asked_about) and other_word in OF_ANYBODY:
                continue
            score, how = _score(plain, word, pairs, other, other_word, other_pairs)
            score = min(score * _fit(type, known.type) + _shared_choices(choices, known.choices), 1.0)
            if score >= SHOWN_FROM:
                found.append(Held(known, round(score, 3), how))
        order = {"register": 0, "resource": 1, "form": 2}
        found.sort(
            key=lambda held: (-held.is_sure, not held.known.is_here, order[held.known.kind], -held.score)
        )
        return found[:most]


def _score(
    plain: str, word: str, pairs: Counter[str], other: str, other_word: str, other_pairs: Counter[str]
) -> tuple[float, str]:
    if plain == other:
        return 1.0, "same"
    if word == other_word:
        return 0.95, "synonym"
    shared = sum((pairs & other_pairs).values())
    dice = 2 * shared / (sum(pairs.values()) + sum(other_pairs.values()) or 1)
    shorter, longer = sorted((plain, other), key=len)
    # What a Chinese phrase is about stands at its end.
    inside = 0.6 + 0.3 * len(shorter) / len(longer) if len(shorter) >= 3 and longer.endswith(shorter) else 0.0
    return max(0.9 * dice, inside), "alike"


def _pairs(text: str) -> Counter[str]:
    return Counter(text[index : index + 2] for index in range(max(len(text) - 1, 1)))


def _fit(asked: str, held: str) -> float:
    """1 for types that hold the same, 0 for those that cannot."""
    groups = (_NUMBERS, _TIMES, frozenset({"geopoint", "geotrace", "geoshape"}))
    for group in groups:
        if asked in group or held in group:
            other = held if asked in group else asked
            if asked in group and held in group:
                return 1.0
            return 0.9 if other in ("text", "select_one", "boolean") and group is not groups[2] else 0.0
    return 1.0


def _shared_choices(asked: Sequence[str], held: Sequence[str]) -> float:
    if not asked or not held:
        return 0.0
    return 0.1 * len(set(asked) & set(held)) / min(len(set(asked)), len(set(held)))
