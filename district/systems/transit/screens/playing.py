"""Which playlists hold at a time. Pure; the screen decides the same by its own clock (`programme.js`) when it has no line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Hours:
    """When a playlist is played, as of `models.Playlist`; `weekdays` 0 Monday … 6 Sunday, none: all."""

    playlist_id: int
    priority: int
    begin_on: date | None = None
    end_on: date | None = None
    weekdays: frozenset[int] = frozenset()
    from_time: time | None = None
    to_time: time | None = None

    def holds(self, at: datetime) -> bool:
        """`at`: local. Hours past midnight belong to the day they began on."""
        begin, end = self.from_time or time.min, self.to_time
        if end is not None and end <= begin:
            if at.time() >= begin:
                return self._is_day(at.date())
            return at.time() < end and self._is_day(at.date() - timedelta(days=1))
        return self._is_day(at.date()) and begin <= at.time() and (end is None or at.time() < end)

    def _is_day(self, day: date) -> bool:
        if (self.begin_on and day < self.begin_on) or (self.end_on and day > self.end_on):
            return False
        return not self.weekdays or day.weekday() in self.weekdays


def played_at(hours: Sequence[Hours], at: datetime) -> list[int]:
    """Ids of the playlists that are played: of those that hold, the ones of the highest priority."""
    holding = [each for each in hours if each.holds(at)]
    highest = max((each.priority for each in holding), default=0)
    return [each.playlist_id for each in holding if each.priority == highest]
