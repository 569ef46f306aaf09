"""公民身份号码 (GB 11643-1999): 17 digits and a check character. Pure."""

from __future__ import annotations

import re
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FORM = re.compile(r"^[0-9]{17}[0-9X]$")


def normal(text: str) -> str:
    """Without blanks, the check character in upper case."""
    return re.sub(r"\s", "", text).upper()


def check_character(first: str) -> str:
    """Of the first 17 digits, by ISO 7064 MOD 11-2."""
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first, strict=True)) % 11]


def problem(text: str) -> str | None:
    """`form`, `birth` (no such day) or `check`; None when the number can stand."""
    if not FORM.match(text):
        return "form"
    if born_on(text) is None:
        return "birth"
    return None if check_character(text[:17]) == text[17] else "check"


def born_on(text: str) -> date | None:
    """The day of birth in the number, None when it names no day."""
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
