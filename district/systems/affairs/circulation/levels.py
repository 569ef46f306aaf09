"""The three levels a matter may be settled at, and the words by which the drawings go on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ORDER = ("village", "town", "district")
ROLES = {"village": "affairs.clerk", "town": "affairs.town", "district": "affairs.manager"}
"""The post that settles at a level."""
CLOSES = {"village": "村内办结", "town": "镇内办结", "district": "区级办结"}
RISES = {"village": "上报镇（街道）", "town": "上报区"}
"""What `<level>_result` says in `processes/village_*.bpmn`."""


def above(level: str) -> str | None:
    """The level a matter rises to; None from the last. ValueError for a level there is not."""
    place = ORDER.index(level) + 1
    return ORDER[place] if place < len(ORDER) else None


def below(level: str) -> str | None:
    place = ORDER.index(level)
    return ORDER[place - 1] if place else None


@dataclass(frozen=True)
class Tally:
    """Counts of matters of one place: opened and settled in a period, by level of settling, and what still runs.

    `by_clock`: settled ones that had risen because their days had run out; `asked`: because the lower level asked.
    """

    opened: int = 0
    village: int = 0
    town: int = 0
    district: int = 0
    on_time: int = 0
    by_clock: int = 0
    asked: int = 0
    running: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def settled(self) -> int:
        return self.village + self.town + self.district

    def share(self, level: str) -> float | None:
        """Of what was settled, the part settled at that level; None when nothing was."""
        return getattr(self, level) / self.settled if self.settled else None

    @property
    def on_time_share(self) -> float | None:
        return self.on_time / self.settled if self.settled else None


def rolled_up(tallies: Mapping[str, Tally], digits: int) -> dict[str, Tally]:
    """Tallies of villages (by division code) added up to towns (9 digits) or the district (6)."""
    found: dict[str, Tally] = {}
    for code in sorted(tallies):
        found[code[:digits]] = found.get(code[:digits], Tally()) + tallies[code]
    return found


def together(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
