"""How a budget line is being used, and whether that bodes ill. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SHORT_PERCENT = 5
"""Less than this of a line left to bind: it will not carry another contract."""
BEHIND_POINTS = 30
"""Paid this much less, in points of the line, than the part of the year gone by: money stands still."""


@dataclass(frozen=True)
class Use:
    """Where the money of a line stands, in fen. granted = available + held + bound + payable + spent."""

    granted: int = 0
    available: int = 0
    held: int = 0
    bound: int = 0
    payable: int = 0
    spent: int = 0

    def __add__(self, other: Use) -> Use:
        return Use(*(mine + theirs for mine, theirs in zip(self.parts, other.parts, strict=True)))

    @property
    def parts(self) -> tuple[int, ...]:
        return (self.granted, self.available, self.held, self.bound, self.payable, self.spent)

    @property
    def spent_percent(self) -> float | None:
        return None if not self.granted else 100 * self.spent / self.granted

    @property
    def bound_percent(self) -> float | None:
        """What is spoken for: all but what is available."""
        return None if not self.granted else 100 * (self.granted - self.available) / self.granted


def year_percent(year: int, day: date) -> float:
    """How much of the year is over at the end of a day; 0 before it, 100 after it."""
    if day.year != year:
        return 0.0 if day.year < year else 100.0
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return 100 * ((day - date(year, 1, 1)).days + 1) / days


def warnings(use: Use, year: int, day: date, wanted_fen: int = 0) -> list[tuple[str, str]]:
    """(code, light): `over` asked for more than is left; `short` hardly anything left; `behind` paid far less than the year
    has gone by; `used` all of it bound. `wanted_fen`: what is being asked for beyond what is held already."""
    found = []
    if wanted_fen > use.available:
        found.append(("over", "red"))
    if use.granted and 0 < use.available * 100 < use.granted * SHORT_PERCENT:
        found.append(("short", "yellow"))
    if use.granted and not use.available:
        found.append(("used", "yellow"))
    if use.granted and year_percent(year, day) - (use.spent_percent or 0) > BEHIND_POINTS:
        found.append(("behind", "yellow"))
    return found


def forecast_fen(use: Use, year: int, day: date) -> int | None:
    """What will have been paid at the end of the year at the pace so far; None in its first month or after it."""
    gone = year_percent(year, day)
    if gone < 100 / 12 or gone >= 100:
        return None
    return round(use.spent * 100 / gone)
