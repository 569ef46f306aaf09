"""Interest of a loan by its daily balances, and what of it the district bears (贴息). Pure.

Convention of Chinese banks: interest of a day = balance × rate of a year ÷ 360; a movement counts from its day on; the day
of the end is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DAYS_OF_YEAR = 360


@dataclass(frozen=True)
class Stretch:
    """Days of one balance: `begins_on` counted, `ends_on` not. `interest` in fen, not rounded."""

    begins_on: date
    ends_on: date
    balance_fen: int
    interest: Decimal

    @property
    def days(self) -> int:
        return (self.ends_on - self.begins_on).days


def stretches(
    movements: Iterable[tuple[date, int]], rate_percent: Decimal, begins_on: date, ends_on: date
) -> Iterator[Stretch]:
    """The stretches with something owed between two days. `movements`: (day, fen), drawn positive, repaid negative."""
    day, balance = begins_on, 0
    for moved_on, fen in sorted(movements):
        if moved_on >= ends_on:
            break
        if moved_on > day:
            yield from _stretch(day, moved_on, balance, rate_percent)
            day = moved_on
        balance += fen
    yield from _stretch(day, ends_on, balance, rate_percent)


def _stretch(begins_on: date, ends_on: date, balance: int, rate_percent: Decimal) -> Iterator[Stretch]:
    if balance > 0 and ends_on > begins_on:
        days = (ends_on - begins_on).days
        yield Stretch(
            begins_on, ends_on, balance, Decimal(balance) * rate_percent * days / (100 * DAYS_OF_YEAR)
        )


def interest_fen(rows: Iterable[Stretch]) -> int:
    """Rounded once, half a fen up."""
    return _whole(sum((row.interest for row in rows), Decimal()))


def support_fen(rows: Iterable[Stretch], share_percent: Decimal, cap_fen: int | None = None) -> int:
    """What the district may bear: the share of the interest, never more than the cap."""
    whole = _whole(sum((row.interest for row in rows), Decimal()) * share_percent / 100)
    return whole if cap_fen is None else min(whole, cap_fen)


def _whole(fen: Decimal) -> int:
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))
