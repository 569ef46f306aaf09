"""How personal data are shown to those who need not see all of it (docs/running/security; GB/T 37964-2019).

Pure functions from the full text to the masked one. The number of asterisks is that of the hidden characters.
"""

from __future__ import annotations

import re

HIDDEN = "*"


def middle_hidden(text: str, first: int, last: int) -> str:
    """Keeps `first` and `last` characters; a text too short to hide anything between is hidden whole."""
    if len(text) <= first + last:
        return HIDDEN * len(text)
    return text[:first] + HIDDEN * (len(text) - first - last) + text[len(text) - last :]


def mobile(text: str) -> str:
    """13800138000 → 138****8000"""
    return middle_hidden(text, 3, 4)


def phone(text: str) -> str:
    """A mobile or a fixed number: 0533-6411234 → 0533-*****34."""
    area, dash, number = text.partition("-")
    return area + dash + middle_hidden(number, 0, 2) if dash else mobile(text)


def person_name(text: str) -> str:
    """张三 → 张*, 欧阳小明 → 欧**明"""
    return middle_hidden(text, 1, 1) if len(text) > 2 else text[:1] + HIDDEN * (len(text) - 1)


def id_number(text: str, *, is_public: bool = False) -> str:
    """公民身份号码: for staff without the date of birth and sequence's first half, in public first and last only."""
    return middle_hidden(text, 1, 1) if is_public else middle_hidden(text, 6, 4)


def email(text: str) -> str:
    """zhangsan@example.com → z*******@example.com"""
    local, at, domain = text.partition("@")
    return local[:1] + HIDDEN * (len(local) - 1) + at + domain


def bank_account(text: str) -> str:
    return middle_hidden(text, 0, 4)


def medical_number(text: str) -> str:
    return middle_hidden(text, 0, 4)


def plate(text: str) -> str:
    """鲁C12345 → 鲁C1***5"""
    return middle_hidden(text, 3, len(text) - 6) if len(text) > 6 else HIDDEN * len(text)


def address(text: str) -> str:
    """Keeps down to the town or street, hides the rest."""
    found = re.match(r".*?(?:街道|[^省市区县]{1,8}[镇乡])", text)
    return (found.group() if found else "") + HIDDEN * 4


def birth_date(text: str) -> str:
    """1949-12-31 → 1949-**-**"""
    return f"{text[:4]}-**-**"


def home_coordinate(degrees: float) -> float:
    """Rounded to 0.01 degree, about a kilometre."""
    return round(degrees, 2)
