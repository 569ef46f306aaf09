"""What a change does to the trips of a day, counted before it is published. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..schedule import Schedule
from .applying import PlannedTrip, Told, planned_on


@dataclass(frozen=True)
class Effects:
    """Trips of a day that a change cancels, adds, leads another way, leaves stops out of, delays, only concerns; `visits`
    that are not served because of it, by stop; `by_line`: trips concerned."""

    day: date
    cancelled: int
    added: int
    modified: int
    shortened: int
    delayed: int
    concerned: int
    visits: dict[str, int]
    by_line: dict[str, int]

    @property
    def trips(self) -> int:
        return sum(self.by_line.values())


def effects_of(schedule: Schedule, day: date, change: Told, others: Sequence[Told] = ()) -> Effects:
    """Compared with the day as the other changes make it."""
    without = {planned.key: planned for planned in planned_on(schedule, day, others)}
    with_it = planned_on(schedule, day, [*others, change])
    touched = [planned for planned in with_it if change.change_id in planned.changes]
    pairs = [(without.get(planned.key), planned) for planned in touched]
    visits: Counter[str] = Counter()
    for before, after in pairs:
        if before is not None:
            visits.update(_lost(before, after))
    driven = [(before, after) for before, after in pairs if after.is_driven]
    return Effects(
        day, cancelled=sum(before is not None and before.is_driven and not after.is_driven for before, after in pairs),
        added=sum(before is None for before, _after in pairs),
        modified=sum(before is not None and before.state != after.state for before, after in driven),
        shortened=sum(before is not None and len(before.skipped) < len(after.skipped) for before, after in driven),
        delayed=sum(before is not None and before.later_s < after.later_s for before, after in driven),
        concerned=len(touched), visits=dict(visits.most_common()), by_line=dict(Counter(each.trip.route_id for each in touched)),
    )  # fmt: skip


def _lost(before: PlannedTrip, after: PlannedTrip) -> Counter[str]:
    """Stops served before and not any more."""
    return Counter(_stops(before)) - Counter(_stops(after))


def _stops(planned: PlannedTrip) -> list[str]:
    return [planned.trip.pattern.stop_ids[place] for place in planned.served]
