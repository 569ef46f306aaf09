"""The numbers that identify persons and legal entities: their form, their check characters, what they say.

公民身份号码 GB 11643-1999, 统一社会信用代码 GB 32100-2015, 组织机构代码 GB 11714-1997, 港澳台居民居住证 (国办发〔2018〕81号,
coded as GB 11643 with 81, 82 or 83 in front). Pure; `number_columns` checks whole columns at once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from district.kernel.people.credit_codes import (
    CREDIT_ALPHABET,
    CREDIT_FORM,
    CREDIT_WEIGHTS,
    ORGANISATION_ALPHABET,
    ORGANISATION_WEIGHTS,
    credit_check,
    organisation_check,
)

__all__ = [
    "CREDIT_ALPHABET", "CREDIT_WEIGHTS", "ORGANISATION_ALPHABET", "ORGANISATION_WEIGHTS", "credit_check", "organisation_check",
]  # fmt: skip
CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_CHECKS = "10X98765432"
RESIDENCE_AREAS = {"810000": "香港", "820000": "澳门", "830000": "台湾"}
FIRST_YEAR = 1800


class Kind(StrEnum):
    """Kinds of numbers. A residence permit is a kind of its own: its holder has no 公民身份号码."""

    CITIZEN = "citizen"
    RESIDENCE = "residence"
    CREDIT = "credit"
    ORGANISATION = "organisation"


OF_PERSONS = frozenset({Kind.CITIZEN, Kind.RESIDENCE})


class NumberError(ValueError):
    """A number that cannot be right. `code` is stable: form, area, birth, check, kind."""

    def __init__(self, kind: str, code: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.code = code


@dataclass(frozen=True)
class CitizenFacts:
    """What a 公民身份号码 or residence permit says: `area` (6 digits), birth, and sex by GB/T 2261.1 (1 or 2)."""

    area: str
    born_on: date
    sex: str


def tidied(text: str) -> str:
    """Full-width characters, spaces, hyphens and small letters as people type them, made plain."""
    return re.sub(r"[\s\-－—·.]", "", unicodedata.normalize("NFKC", text)).upper()


def checked(kind: str, text: str) -> str:
    """The number in the form it is kept: 18 characters (9 for organisations). Raises NumberError."""
    rules = {
        Kind.CITIZEN: citizen, Kind.RESIDENCE: residence, Kind.CREDIT: credit, Kind.ORGANISATION: organisation,
    }  # fmt: skip
    if kind not in rules:
        raise NumberError(kind, "kind", f"没有这类号码：{kind}")
    return rules[Kind(kind)](text)


def citizen(text: str) -> str:
    """A 公民身份号码 of 18 characters; one of 15 digits (before 1999) is made 18. Raises NumberError."""
    number = tidied(text)
    if re.fullmatch(r"\d{15}", number):
        number = from_15(number)
    _check_citizen(Kind.CITIZEN, number)
    if number[0] not in "12345678" or number[:6] in RESIDENCE_AREAS:
        raise NumberError(Kind.CITIZEN, "area", "公民身份号码的地址码不存在")
    return number


def residence(text: str) -> str:
    """The number of a 港澳台居民居住证. Raises NumberError."""
    number = tidied(text)
    _check_citizen(Kind.RESIDENCE, number)
    if number[:6] not in RESIDENCE_AREAS:
        raise NumberError(Kind.RESIDENCE, "area", "居住证号码应以 810000、820000 或 830000 开头")
    return number


def from_15(number: str) -> str:
    """15 digits made 18: the century 19 is put in and the check character appended (GB 11643-1999, annex)."""
    body = f"{number[:6]}19{number[6:]}"
    return body + citizen_check(body)


def citizen_check(body: str) -> str:
    """The check character of 17 digits (ISO 7064 MOD 11-2)."""
    return CITIZEN_CHECKS[
        sum(int(digit) * weight for digit, weight in zip(body, CITIZEN_WEIGHTS, strict=True)) % 11
    ]


def facts(number: str) -> CitizenFacts:
    """What a checked number of a person says of its holder."""
    return CitizenFacts(number[:6], _birth(number), "1" if int(number[16]) % 2 else "2")


def credit(text: str) -> str:
    """A 统一社会信用代码; both of its check characters are checked. Raises NumberError."""
    number = tidied(text)
    if not re.fullmatch(CREDIT_FORM, number):
        raise NumberError(
            Kind.CREDIT, "form", "统一社会信用代码应为 18 位，不含 I、O、S、V、Z，第 3–8 位为数字"
        )
    if credit_check(number[:17]) != number[17]:
        raise NumberError(Kind.CREDIT, "check", "统一社会信用代码的校验码不符")
    if organisation_check(number[8:16]) != number[16]:
        raise NumberError(Kind.CREDIT, "check", "统一社会信用代码中主体标识码的校验码不符")
    return number


def organisation(text: str) -> str:
    """An old 组织机构代码, nine characters without the hyphen. Raises NumberError."""
    number = tidied(text)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", number):
        raise NumberError(Kind.ORGANISATION, "form", "组织机构代码应为 8 位本体代码加 1 位校验码")
    if organisation_check(number[:8]) != number[8]:
        raise NumberError(Kind.ORGANISATION, "check", "组织机构代码的校验码不符")
    return number


def organisation_of(credit_code: str) -> str:
    """The 组织机构代码 inside a 统一社会信用代码, its characters 9 to 17."""
    return credit_code[8:17]


def guessed(text: str) -> str | None:
    """Which kind a typed number can be, None when none: for one search field."""
    for kind in Kind:
        try:
            checked(kind, text)
        except NumberError:
            continue
        return str(kind)
    return None


def _check_citizen(kind: Kind, number: str) -> None:
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise NumberError(kind, "form", "号码应为 17 位数字加 1 位校验码（或 15 位旧号码）")
    try:
        born = _birth(number)
    except ValueError:
        raise NumberError(kind, "birth", "号码中的出生日期不存在") from None
    if born.year < FIRST_YEAR:
        raise NumberError(kind, "birth", "号码中的出生日期过早")
    if citizen_check(number[:17]) != number[17]:
        raise NumberError(kind, "check", "号码的校验码不符")


def _birth(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
