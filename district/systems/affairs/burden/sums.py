"""What forms ask of villages, added up: pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PREFILLED_TARGET = 60.0
"""The district's own aim: so many percent of the answers stand there already when a form is opened."""
LONGEST_SECONDS = 3_600
"""A form left open over lunch counts as an hour at most."""
ASKED_SECONDS, HELD_SECONDS = 12, 2
"""What an answer takes where the phone told no times: to be found and typed, or to be looked at."""


@dataclass(frozen=True)
class Sums:
    """`asked` answers given, of which the district `held` so many and so many were `kept` as held.

    `forms` counts different forms, so it does not add up over units; `filled` and `minutes` do.
    """

    forms: int = 0
    filled: int = 0
    minutes: float = 0.0
    asked: int = 0
    held: int = 0
    kept: int = 0
    estimated: int = 0

    def __add__(self, other: Sums) -> Sums:
        """Of different forms."""
        return Sums(
            self.forms + other.forms, self.filled + other.filled, self.minutes + other.minutes, self.asked + other.asked,
            self.held + other.held, self.kept + other.kept, self.estimated + other.estimated,
        )  # fmt: skip

    @property
    def prefilled_percent(self) -> float | None:
        return 100 * self.held / self.asked if self.asked else None

    @property
    def kept_percent(self) -> float | None:
        """Of the answers that stood there already, how many were right as they stood."""
        return 100 * self.kept / self.held if self.held else None

    @property
    def minutes_each(self) -> float | None:
        return self.minutes / self.filled if self.filled else None


def seconds_of(seconds: int | None, asked: int, held: int) -> int:
    """What one filled form took: as the phone tells, or estimated from its answers.

    The same sum stands in SQL in `queries.SECONDS`; a test holds them together.
    """
    if seconds is not None:
        return min(seconds, LONGEST_SECONDS)
    return max(asked - held, 0) * ASKED_SECONDS + min(held, asked) * HELD_SECONDS


def months_back(month: date, count: int) -> list[date]:
    """First days of `count` months, `month`'s the last."""
    last = month.year * 12 + month.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(last - count + 1, last + 1)]


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
