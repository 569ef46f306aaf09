"""Addresses taken apart: 省 市 区县 镇街 村居 路 号 栋 单元 室, with the ways people write each made one. No Django."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from district.kernel.parties.linkage.readings import plain, words

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百两]+(?=号|栋|幢|座|楼|单元|室|层|排|户|组|$)")
_PARTS = re.compile(
    r"^(?:[^省市区县镇乡路街]{2,3}省)?(?:[^市区县镇乡路街号]{2,4}市)?"
    r"(?:(?P<county>[^区县镇乡路街号]{1,4}(?:区|县)))?"
)
_TOWN = re.compile(r"^(?P<town>[^镇乡号]{1,6}?(?:街道办事处|街道办|街道|镇|乡))")
_VILLAGE = re.compile(
    r"^(?P<village>[^号路街巷\d]{1,10}?(?:社区居民委员会|居民委员会|村民委员会|社区居委会|社区|居委会|村委会|居委|居|村|庄))"
)
_ROAD = re.compile(r"^(?P<road>[^号\d]{1,12}?(?:大道|大街|胡同|路|街|巷|道|弄))")
_NUMBER = re.compile(r"(?P<number>\d+(?:[-—甲乙丙丁附之]\d*)?)号(?!楼)")
_BUILDING = re.compile(r"(?P<building>\d+|[a-z])(?:号楼|栋|幢|座|楼)")
_UNIT = re.compile(r"(?P<unit>\d+)单元")
_ROOM = re.compile(r"(?P<room>\d{2,5})(?:室|户)?$")
_DASHED = re.compile(r"(?P<building>\d+)[-—](?P<unit>\d)[-—](?P<room>\d{2,4})(?:室|户)?$")
_VILLAGE_ENDS = re.compile(
    r"(?:社区居民委员会|居民委员会|村民委员会|社区居委会|居委会|村委会|社区|居委|居|村|庄)$"
)
_TOWN_ENDS = re.compile(r"(?:街道办事处|街道办|街道|办事处|镇|乡)$")


@dataclass(frozen=True)
class Address:
    """Parts without the words that only say what kind of part it is (丝绸路街道 → 丝绸路, 3号楼 → 3). Empty: not written."""

    county: str = ""
    town: str = ""
    village: str = ""
    road: str = ""
    number: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    rest: str = ""

    @property
    def street_name(self) -> str:
        """What house numbers count along: the road, or the village where there is none."""
        return self.road or self.village


@cache
def parsed(text: str) -> Address:
    """The parts of an address; whatever fits no part is `rest`."""
    tidy = (
        re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))
        .lower()
        .replace("#", "号")
        .replace("－", "-")
    )
    tidy = _NUMERAL.sub(lambda found: str(_numeral(found[0])), tidy)
    head = _PARTS.match(tidy)
    county = (head["county"] or "") if head else ""
    rest = tidy[head.end() :] if head else tidy
    if not county:
        county, rest = _known("counties", rest, r"(?![路街道])")
    town, rest = _taken(_TOWN, "town", rest)
    if not town:
        town, rest = _known("towns", rest, r"(?![路街道村庄]|社区|居委)")
    village, rest = _taken(_VILLAGE, "village", rest)
    road, rest = _taken(_ROAD, "road", rest)
    if not village:
        village, rest = _taken(_VILLAGE, "village", rest)
    number, building, unit, room, rest = _numbers(rest)
    return Address(
        county=re.sub(r"[区县]$", "", county), town=plain(_TOWN_ENDS.sub("", town)),
        village=plain(_VILLAGE_ENDS.sub("", village)), road=plain(road), number=number.replace("—", "-"),
        building=building, unit=unit, room=room, rest=plain(rest),
    )  # fmt: skip


def _numbers(rest: str) -> tuple[str, str, str, str, str]:
    number, rest = _found(_NUMBER, "number", rest)
    dashed = _DASHED.search(rest)
    if dashed:
        left = rest[: dashed.start()]
        return number, dashed["building"], dashed["unit"], dashed["room"], left
    building, rest = _found(_BUILDING, "building", rest)
    unit, rest = _found(_UNIT, "unit", rest)
    room, rest = _found(_ROOM, "room", rest)
    return number, building, unit, room, rest


def _known(kind: str, rest: str, not_before: str) -> tuple[str, str]:
    """A division people name without saying what it is (周村丝绸路, 周村区萌水仁和村), unless it names a road here."""
    found = re.match(rf"(?:{'|'.join(words(kind))}){not_before}", rest)
    return (found[0], rest[found.end() :]) if found else ("", rest)


def _taken(pattern: re.Pattern[str], part: str, rest: str) -> tuple[str, str]:
    found = pattern.match(rest)
    return (found[part], rest[found.end() :]) if found else ("", rest)


def _found(pattern: re.Pattern[str], part: str, rest: str) -> tuple[str, str]:
    found = pattern.search(rest)
    return (found[part], rest[: found.start()] + rest[found.end() :]) if found else ("", rest)


def _numeral(text: str) -> int:
    """一百二十三 → 123; digits in a row (二零一) are read one by one."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, last = 0, 0
    for sign in text:
        if sign in "十百":
            total, last = total + (last or 1) * (10 if sign == "十" else 100), 0
        else:
            last = _DIGITS[sign]
    return total + last
