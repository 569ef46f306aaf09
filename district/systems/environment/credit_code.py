"""统一社会信用代码 (GB 32100-2015) and 排污许可证编号 (HJ 608-2017): what makes one wrong."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015 table 3: digits and letters without I O S V Z; a character's value is its place."""

_SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_PERMIT_TAIL = re.compile(r"[0-9]{3}[0-9A-Z]")


def check_character(first_seventeen: str) -> str:
    """The 18th character: 31 - sum(value × 3^i mod 31) mod 31 (GB 32100-2015 section 4.6)."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first_seventeen))
    return ALPHABET[(31 - total % 31) % 31]


def fault_in(code: str) -> str | None:
    """Why a credit code is wrong, in Chinese, or None when it is right."""
    if len(code) != 18:
        return "应为 18 位"
    if not _SHAPE.fullmatch(code):
        return "含有不允许的字符"
    if code[-1] != check_character(code[:17]):
        return f"校验码应为 {check_character(code[:17])}"
    return None


def fault_in_permit_number(number: str) -> str | None:
    """Why a permit number is wrong: 18 characters credit code + 3 digits serial + 1 character, 22 in all."""
    if len(number) != 22:
        return "应为 22 位"
    if not _PERMIT_TAIL.fullmatch(number[18:]):
        return "第 19–21 位应为数字，第 22 位应为数字或大写字母"
    return fault_in(number[:18])
