"""Where the bars of a Gantt chart stand. Pure: days become places, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LABEL, WIDTH, ROW, HEAD = 210, 1180, 26, 34
"""Room for names, whole width, height of a row and of the head, in units of the picture."""


@dataclass(frozen=True)
class Window:
    """The days shown. Raises ValueError for one that ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last <= self.first:
            raise ValueError(f"window: {self.last} must be after {self.first}")

    def place(self, day: date) -> float:
        """From the left edge of the picture; days outside stand at the edge they are beyond."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(LABEL + (WIDTH - LABEL) * min(1.0, max(0.0, share)), 1)

    def meets(self, begins_on: date, ends_on: date) -> bool:
        return begins_on <= self.last and ends_on >= self.first

    def ticks(self) -> list[tuple[float, str]]:
        """Months, quarters or years, whichever leaves room for their names."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((each for each in (1, 3, 6, 12, 24) if months / each <= 14), 48)
        found = []
        for number in range(self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month):
            year, month = divmod(number, 12)
            if number % step == 0:
                day = date(year, month + 1, 1)
                found.append((self.place(day), f"{day:%Y}" if step >= 12 else f"{day:%Y-%m}"))
        return found


@dataclass(frozen=True)
class Bar:
    """One milestone. `kind`: done, late, waiting (expected late), open; `expected_x`: where it is expected to end."""

    x: float
    width: float
    due_x: float
    kind: str
    expected_x: float | None = None


def bar(window: Window, begins_on: date, due_on: date, done_on: date | None, expected_on: date, today: date) -> Bar | None:
    """None when nothing of it lies in the window."""
    ends_on = done_on or max(due_on, expected_on)
    if not window.meets(min(begins_on, ends_on), max(begins_on, ends_on)):
        return None
    x, until = window.place(min(begins_on, done_on or begins_on)), window.place(done_on or due_on)
    kind = "done" if done_on else "late" if due_on < today else "waiting" if expected_on > due_on else "open"
    beyond = window.place(expected_on) if done_on is None and expected_on > due_on else None
    return Bar(x, max(4.0, round(until - x, 1)), window.place(due_on), kind, beyond)


def whole_window(days: Sequence[date], today: date) -> Window:
    """All the days, with a month at both ends; a year around today when there are none."""
    known = [*days, today]
    first, last = min(known), max(known)
    return Window(date.fromordinal(first.toordinal() - 30), date.fromordinal(last.toordinal() + 60))


def year_window(today: date) -> Window:
    return Window(date.fromordinal(today.toordinal() - 180), date.fromordinal(today.toordinal() + 365))
