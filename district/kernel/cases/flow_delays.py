"""Where time goes: how long steps wait and take, and which hold cases up. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Stay:
    """One stay of a case at a step. `claimed_at` and `done_at` are empty while it waits or is worked on."""

    case: int
    step: str
    role: str
    organisation: int | None
    reached_at: datetime
    claimed_at: datetime | None = None
    done_at: datetime | None = None
    due_at: datetime | None = None
    is_returned: bool = False


@dataclass(frozen=True)
class Delay:
    """Stays of one kind, added up. Hours are natural hours of finished stays; shares are of finished stays.

    `held_hours` is the time of all stays together, those that still run counted until `at`: where it is greatest,
    cases are held up most.
    """

    key: Any
    stays: int
    done: int
    open: int
    late_open: int
    median_hours: float | None
    p90_hours: float | None
    median_wait_hours: float | None
    late_share: float | None
    returned_share: float | None
    held_hours: float


def delays(
    stays: Iterable[Stay], at: datetime, by: Callable[[Stay], Any] = lambda stay: stay.step
) -> list[Delay]:
    """One for each key that `by` gives, the one that holds cases up most first."""
    groups: dict[Any, list[Stay]] = {}
    for stay in stays:
        groups.setdefault(by(stay), []).append(stay)
    return sorted(
        (_delay(key, group, at) for key, group in groups.items()),
        key=lambda each: (-each.held_hours, str(each.key)),
    )


def bottlenecks(found: list[Delay], most: int = 3) -> list[Delay]:
    """The steps that hold cases up: together at least half of all the time, `most` at most."""
    total = sum(each.held_hours for each in found)
    chosen: list[Delay] = []
    for each in sorted(found, key=lambda one: -one.held_hours):
        if len(chosen) == most or not total or sum(one.held_hours for one in chosen) >= total / 2:
            break
        chosen.append(each)
    return chosen


def _delay(key: Any, stays: list[Stay], at: datetime) -> Delay:
    done = [stay for stay in stays if stay.done_at is not None]
    running = [stay for stay in stays if stay.done_at is None]
    hours = sorted(_hours(stay.reached_at, stay.done_at) for stay in done)
    waits = [_hours(stay.reached_at, stay.claimed_at) for stay in stays if stay.claimed_at is not None]
    limited = [stay for stay in done if stay.due_at is not None]
    return Delay(
        key, len(stays), len(done), len(running), sum(stay.due_at is not None and stay.due_at < at for stay in running),
        median(hours) if hours else None, percentile(hours, 0.9), median(waits) if waits else None,
        _share(sum(_is_late(stay) for stay in limited), len(limited)),
        _share(sum(stay.is_returned for stay in done), len(done)),
        sum(hours) + sum(max(0.0, _hours(stay.reached_at, at)) for stay in running),
    )  # fmt: skip


def percentile(ordered: list[float], share: float) -> float | None:
    """Of ordered values, by linear interpolation between neighbours; None of none."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _is_late(stay: Stay) -> bool:
    return stay.done_at is not None and stay.due_at is not None and stay.done_at > stay.due_at


def _hours(start: datetime, end: datetime | None) -> float:
    return (end - start) / HOUR if end is not None else 0.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
