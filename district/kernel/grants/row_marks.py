"""A number hidden in the order of rows, to tell whose copy of a file has got about. Pure.

Rows that follow one another are taken in pairs. Which of a pair comes first says one bit of the number; which bit, is
said by what the pair is (not by where it stands). So the values are untouched, every part of the file says the same,
and rows that were cut off, or the heading and the last line, do no harm. A file whose rows were sorted says nothing
any more: for that there is the visible mark. 48 bits: 32 of the number, 16 of its check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

BITS, NUMBER_BITS = 48, 32


def cell_text(value: Any) -> str:
    """A cell as text, the same whether it went through CSV, Excel or Parquet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return value.isoformat() if isinstance(value, date) else str(value)


def marked(rows: Iterable[Sequence[Any]], number: int) -> Iterator[Sequence[Any]]:
    """The rows, neighbours changed about where the number asks for it."""
    wanted = _bits(number)
    held: Sequence[Any] | None = None
    for row in rows:
        if held is None:
            held = row
            continue
        low, high, bit = _pair(held, row)
        is_ascending = _digest(held) == low
        if low != high and is_ascending != (wanted[bit] == 0):
            held, row = row, held
        yield held
        yield row
        held = None
    if held is not None:
        yield held


def number_of(rows: Sequence[Sequence[Any]]) -> int | None:
    """The number in the order of these rows, None when they say none.

    Rows may have been taken out: both ways of pairing vote, the check decides.
    """
    for start in (0, 1):
        votes = [0] * BITS
        for index in range(start, len(rows) - 1, 2):
            first, second = _digest(rows[index]), _digest(rows[index + 1])
            if first != second:
                votes[_bit(min(first, second), max(first, second))] += 1 if first < second else -1
        found = _read(votes)
        if found is not None:
            return found
    return None


def _read(votes: list[int]) -> int | None:
    if any(abs(vote) < 1 for vote in votes):
        return None
    value = sum((0 if vote > 0 else 1) << at for at, vote in enumerate(votes))
    number = value & (2**NUMBER_BITS - 1)
    return number if _bits(number) == [(value >> at) & 1 for at in range(BITS)] else None


def _bits(number: int) -> list[int]:
    if not 0 <= number < 2**NUMBER_BITS:
        raise ValueError("the number has more than 32 bits")
    check = hashlib.sha256(f"district:{number}".encode()).digest()[:2]
    value = number | int.from_bytes(check, "big") << NUMBER_BITS
    return [(value >> at) & 1 for at in range(BITS)]


def _digest(row: Sequence[Any]) -> bytes:
    return hashlib.blake2b("\x1f".join(cell_text(value) for value in row).encode(), digest_size=16).digest()


def _pair(one: Sequence[Any], other: Sequence[Any]) -> tuple[bytes, bytes, int]:
    low, high = sorted((_digest(one), _digest(other)))
    return low, high, _bit(low, high)


def _bit(low: bytes, high: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(low + high, digest_size=4).digest(), "big") % BITS
