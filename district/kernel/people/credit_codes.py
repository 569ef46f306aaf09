"""统一社会信用代码 (GB 32100-2015) and the 组织机构代码 inside (GB 11714-1997): the check characters. Pure."""

from __future__ import annotations

import re

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CREDIT_FORM = rf"[{CREDIT_ALPHABET}]{{2}}\d{{6}}[{CREDIT_ALPHABET}]{{10}}"
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_check(body: str) -> str:
    """The check character of 17 characters of the alphabet."""
    total = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """The check character of eight characters: modulus 11, 10 is X, 11 is 0."""
    total = sum(ORGANISATION_ALPHABET.index(s) * w for s, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def is_credit_code(number: str) -> bool:
    """Whether form and both check characters are right."""
    if not re.fullmatch(CREDIT_FORM, number):
        return False
    return credit_check(number[:17]) == number[17] and organisation_check(number[8:16]) == number[16]
