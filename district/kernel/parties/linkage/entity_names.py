"""Names of enterprises taken apart: region, trade name (字号), industry, form (企业名称登记管理规定, article 6). No Django.

淄博市周村区鸿远纺织有限责任公司 → 淄博周村 · 鸿远 · 纺织 · 有限公司
周村区李明餐馆（个体工商户）      → 周村 · 李明 · 餐馆 · 个体工商户
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from district.kernel.parties.linkage.readings import plain, words

SAME_FORM = {
    "有限责任公司": "有限公司", "责任公司": "有限公司", "集团有限公司": "有限公司", "公司": "有限公司",
    "个体户": "个体工商户", "个体": "个体工商户",
}  # fmt: skip
_BRACKETS = re.compile(r"[（(\[【〔]([^（()）\]】〕]*)[)）\]】〕]")
_UNIT = "省市区县镇乡"


@dataclass(frozen=True)
class EntityName:
    """`region` and `form` may be empty. `core` is trade name, industry and branch, what is left of a name in daily use."""

    region: str
    trade: str
    industry: str
    form: str
    aside: str
    branch: str = ""

    @property
    def core(self) -> str:
        return self.trade + self.industry + self.branch


@cache
def parsed(name: str) -> EntityName:
    """The parts of a name. What follows a form (…公司周村支行) is its branch.

    A name of region and industry alone (淄博纺织厂) has its industry for a trade name.
    """
    text = unicodedata.normalize("NFKC", name or "")
    asides = [plain(aside) for aside in _BRACKETS.findall(text)]
    text = plain(_BRACKETS.sub("", text))
    if asides and _is_shop(asides[0]) and not _is_shop(text):
        text, asides = asides[0], [text]
    region, text = _regions(text)
    text, branch = _branch(text)
    text, form = _form(text)
    kept = ""
    for aside in asides:
        inner, rest = _regions(aside)
        _rest, kind = _form(rest)
        if inner and not rest:
            region = region or inner
        elif kind and not _rest:
            form = form or kind
        else:
            kept = kept or aside
    trade, industry = _industry(text)
    if not trade:
        trade, industry = (industry, "") if industry else (text or plain(name), "")
    return EntityName(region, trade, industry, SAME_FORM.get(form, form), kept, branch)


def _is_shop(text: str) -> bool:
    """Whether a text names an undertaking rather than a person: 李明（周村区李明餐馆）."""
    rest, form = _form(_regions(text)[1])
    return bool(form or _industry(rest)[1])


def _branch(text: str) -> tuple[str, str]:
    """What stands behind the form of the head office, without the word for a branch."""
    found = re.match(r"(.{2,}(?:公司|集团|银行|合作社))(.+)$", text)
    if not found or found[2] in words("forms") or found[2].startswith(("联合社", "有限", "股份")):
        return text, ""
    return found[1], re.sub(r"(?:分公司|支行|分行|分理处|门市部|营业部|分店|分厂|店)$", "", found[2])


@cache
def _region_pattern() -> re.Pattern[str]:
    named = "|".join(word for kind in ("regions", "counties", "towns", "streets") for word in words(kind))
    return re.compile(rf"(?:(?:{named})(?:街道|开发区|[{_UNIT}])?)+")


def _regions(text: str) -> tuple[str, str]:
    """The regions in front, without 省 市 区 县, and the rest; a name is never a region only unless nothing else is."""
    found = _region_pattern().match(text)
    if not found:
        return "", text
    region = re.sub(rf"(?<=.)[{_UNIT}]", "", found[0])
    return region, text[found.end() :]


def _form(text: str) -> tuple[str, str]:
    """The text without its form at the end, and the form. The longest form is meant."""
    has_industry = any(text.endswith(each) and len(text) > len(each) for each in words("industries"))
    for form in words("forms"):
        if len(form) == 1 and has_industry:
            continue
        if text.endswith(form) and (len(text) > len(form) or len(form) > 1):
            rest = text[: -len(form)]
            if len(form) > 1 or len(rest) >= 2:
                return rest, form
    return text, ""


def _industry(text: str) -> tuple[str, str]:
    """Words of industry are taken off the end as long as there are any."""
    industry = ""
    while True:
        word = next(
            (each for each in words("industries") if text.endswith(each) and len(text) > len(each)), ""
        )
        if not word:
            return text, industry
        text, industry = text[: -len(word)], word + industry
