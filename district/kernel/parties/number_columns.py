"""Columns of numbers checked at once, by numpy. The rules are those of `numbers`, against which this is tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from district.kernel.parties import numbers
from district.kernel.parties.numbers import Kind

BROKEN = 99


@dataclass(frozen=True)
class Checked:
    """`numbers[i]` as it is kept where `is_right[i]`; elsewhere as it was typed, made plain."""

    numbers: np.ndarray
    is_right: np.ndarray


def checked(kind: str, texts: Sequence[str | None]) -> Checked:
    """A column of numbers of one kind; a missing one is wrong. Right numbers come out in the form they are kept."""
    plain = np.array([_plain(text) for text in texts], dtype="U24")
    if kind == Kind.CITIZEN:
        plain = _made_18(plain)
    rule = {
        Kind.CITIZEN: _citizen,
        Kind.RESIDENCE: _residence,
        Kind.CREDIT: _credit,
        Kind.ORGANISATION: _organisation,
    }
    length = 9 if kind == Kind.ORGANISATION else 18
    fits = np.char.str_len(plain) == length
    is_right = np.zeros(len(plain), dtype=bool)
    if fits.any():
        is_right[fits] = rule[Kind(kind)](plain[fits])
    return Checked(plain, is_right)


def _plain(text: str | None) -> str:
    """Most numbers are plain already; only the others are worth a look at each character."""
    if not text:
        return ""
    return text if text.isascii() and text.isalnum() and text == text.upper() else numbers.tidied(text)[:24]


def _made_18(plain: np.ndarray) -> np.ndarray:
    old = (np.char.str_len(plain) == 15) & np.char.isdigit(plain)
    if not old.any():
        return plain
    made = plain.copy()
    made[old] = [numbers.from_15(number) if number.isascii() else number for number in plain[old]]
    return made


def _codes(column: np.ndarray, length: int) -> np.ndarray:
    """Characters as code points, (rows, length)."""
    return np.ascontiguousarray(column.astype(f"U{length}")).view(np.uint32).reshape(len(column), length)


@cache
def _table(alphabet: str) -> np.ndarray:
    table = np.full(128, BROKEN, dtype=np.int64)
    table[[ord(sign) for sign in alphabet]] = np.arange(len(alphabet))
    return table


def _values(column: np.ndarray, length: int, alphabet: str) -> np.ndarray:
    codes = _codes(column, length)
    return np.where(codes < 128, _table(alphabet)[np.minimum(codes, 127)], BROKEN)


def _citizen(column: np.ndarray) -> np.ndarray:
    area = column.astype("U6")
    first = column.astype("U1")
    return (
        _like_citizen(column)
        & (first >= "1")
        & (first <= "8")
        & ~np.isin(area, list(numbers.RESIDENCE_AREAS))
    )


def _residence(column: np.ndarray) -> np.ndarray:
    return _like_citizen(column) & np.isin(column.astype("U6"), list(numbers.RESIDENCE_AREAS))


def _like_citizen(column: np.ndarray) -> np.ndarray:
    values = _values(column, 18, "0123456789X")
    digits = values[:, :17]
    is_formed = (digits < 10).all(axis=1) & (values[:, 17] <= 10)
    digits = np.where(is_formed[:, None], digits, 0)
    checks = _values(np.array(list(numbers.CITIZEN_CHECKS), dtype="U1"), 1, "0123456789X")[:, 0]
    is_check = checks[(digits @ np.array(numbers.CITIZEN_WEIGHTS)) % 11] == values[:, 17]
    return is_formed & is_check & _is_day(digits)


def _is_day(digits: np.ndarray) -> np.ndarray:
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 10:12] @ np.array([10, 1]), digits[:, 12:14] @ np.array([10, 1])
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    longest = days[np.where((month >= 1) & (month <= 12), month, 0)] + ((month == 2) & is_leap)
    return (year >= numbers.FIRST_YEAR) & (day >= 1) & (day <= longest)


def _credit(column: np.ndarray) -> np.ndarray:
    values = _values(column, 18, numbers.CREDIT_ALPHABET)
    is_formed = np.asarray((values < BROKEN).all(axis=1) & (values[:, 2:8] < 10).all(axis=1))
    body = values[:, :17] * is_formed[:, None]
    is_check = (-(body @ np.array(numbers.CREDIT_WEIGHTS))) % 31 == values[:, 17]
    inner = np.array([number[8:17] for number in column], dtype="U9")
    return is_formed & is_check & _organisation(inner)


def _organisation(column: np.ndarray) -> np.ndarray:
    values = _values(column, 9, numbers.ORGANISATION_ALPHABET)
    is_formed = np.asarray((values[:, :8] < BROKEN).all(axis=1))
    body = values[:, :8] * is_formed[:, None]
    check = (-(body @ np.array(numbers.ORGANISATION_WEIGHTS))) % 11
    return is_formed & (
        np.where(check == 10, numbers.ORGANISATION_ALPHABET.index("X"), check) == values[:, 8]
    )
