"""How facts of parties are said on pages: masked or whole, and what changed between two texts."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from district.kernel.parties.attributes import TITLES, masked
from district.kernel.parties.models import Number, Party
from district.kernel.parties.sealing import unseal
from district.kernel.people import masking

COMPARED = {
    "start": _("起点（一对记录为同一主体的先验）"), "name": _("姓名（名称）"), "identity": _("号码和出生日期"),
    "number": _("统一社会信用代码"), "phone": _("联系电话"), "address": _("地址"), "sex": _("性别"),
    "representative": _("法定代表人（负责人）"), "region": _("名称中的行政区划"), "form": _("组织形式"),
}  # fmt: skip
LEVELS = {
    "": "", "missing": _("缺失"), "other": _("不同"), "same": _("相同"), "variant": _("同音或形近"),
    "order": _("字序不同"), "one_character": _("相差一字"), "part": _("互相包含"),
    "surname": _("仅同姓（首字）"), "same_number": _("号码相同"),
    "number_one_wrong": _("相差一位或相邻两位颠倒"), "number_two_wrong": _("相差两位"),
    "two_numbers": _("两个有效号码不同"), "same_birth": _("出生日期相同"), "birth_one_wrong": _("出生日期相近"),
    "birth_same_number_not": _("出生日期相同，号码不同"), "same_year": _("出生年份相同"),
    "tail": _("后七位相同"), "one_digit": _("相差一位"), "same_door": _("同一户"), "same_house": _("同一门牌"),
    "house_misread": _("门牌音形相近"), "other_door": _("同一门牌不同户"), "same_road": _("同一道路或村居"),
    "same_town": _("同一镇街"), "other_branch": _("分支机构不同"), "former": _("与曾用名相同"),
    "short": _("简称相合"), "owner": _("经营者相同"), "other_industry": _("字号相同，行业不同"),
    "wider": _("区划互相包含"),
}  # fmt: skip
PUBLIC_NUMBERS = frozenset({"credit", "organisation"})


def shown_name(party: Party, is_whole: bool = False) -> str:
    """The name of a party; of a person masked."""
    if party.kind == "entity" or is_whole:
        return party.name
    return masking.person_name(party.name)


def shown_number(number: Number, is_whole: bool = False) -> str:
    """A number of an entity is public; of a person it is masked. What a source calls a record is not shown masked."""
    text = unseal(number.sealed)
    return (
        text
        if is_whole or number.kind in PUBLIC_NUMBERS or number.kind == "local"
        else masking.id_number(text)
    )


def shown_value(party_kind: str, key: str, value: str, is_whole: bool = False) -> str:
    return value if is_whole else masked(party_kind, key, value)


def title_of(key: str) -> str:
    return str(TITLES.get(key, key))


def differences(one: str, other: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in pieces; True marks a piece the other has not got there."""
    left, right = [], []
    for act, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        left.append((one[a:b], act != "equal"))
        right.append((other[c:d], act != "equal"))
    return [piece for piece in left if piece[0]], [piece for piece in right if piece[0]]


WIDTH = 400.0


def waterfall(explanation: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Bars of match weights, each beginning where the one before ended, scaled to WIDTH; `zero` is the even chance."""
    steps, at, ends = [], 0.0, [0.0]
    for entry in explanation:
        steps.append({**entry, "from": at, "to": at + entry["weight"]})
        at += entry["weight"]
        ends.append(at)
    low, high = min(ends), max(ends)
    scale = WIDTH / ((high - low) or 1.0)
    for step in steps:
        start, end = sorted((step["from"], step["to"]))
        step |= {
            "x": round((start - low) * scale, 1), "width": round(max((end - start) * scale, 1.0), 1),
            "title": COMPARED.get(step["field"], step["field"]), "said": LEVELS.get(step["level"], step["level"]),
        }  # fmt: skip
    return {"steps": steps, "zero": round(-low * scale, 1), "total": at, "width": WIDTH}
