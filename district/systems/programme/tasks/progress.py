"""How far a task is and which light it shows, from its milestones alone: nobody can set it. Pure.

What is done counts when it is done, not before: a milestone gives its weight on the day its last deliverable was handed
in and accepted. What should be done by a day is the weight of all milestones due by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

Point = tuple[date, float, float, float | None]
"""Day, planned at first, planned now, done."""
RED_DAYS = 30
"""A milestone late by more than this makes its task red."""
RED_GAP = 0.25
"""So does a task that is further behind its plan than this share."""
NEAR_DAYS = 14
"""An open milestone due within these days with nothing handed in makes its task amber."""


class Light(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True)
class Step:
    """A milestone. `first_due_on` is what was set first; `is_handed_in`: all its deliverables wait to be checked."""

    key: int
    begins_on: date
    due_on: date
    first_due_on: date
    weight: int = 1
    done_on: date | None = None
    is_handed_in: bool = False

    def is_done(self, on: date) -> bool:
        return self.done_on is not None and self.done_on <= on

    def days_late(self, on: date) -> int:
        """Days past the day in force: until it was done, or until `on` while it is open; 0 when in time."""
        until = min(self.done_on, on) if self.done_on else on
        return max(0, (until - self.due_on).days)


@dataclass(frozen=True)
class Reason:
    """Why a light is not green: a stable code with the number that goes with it, and the milestone where there is one."""

    code: str
    number: int = 0
    key: int | None = None


@dataclass(frozen=True)
class Standing:
    """`done` and `planned` are shares of the weight from 0 to 1, None without milestones; reasons: the gravest first."""

    light: Light
    done: float | None
    planned: float | None
    reasons: tuple[Reason, ...] = ()

    @property
    def percent(self) -> float | None:
        return None if self.done is None else self.done * 100


def done_share(steps: Sequence[Step], on: date) -> float | None:
    return _share(steps, (each for each in steps if each.is_done(on)))


def planned_share(steps: Sequence[Step], on: date, *, is_first: bool = False) -> float | None:
    """By the days in force, or by those that were set first."""
    return _share(steps, (each for each in steps if (each.first_due_on if is_first else each.due_on) <= on))


def curve(steps: Sequence[Step], until: date) -> list[Point]:
    """A point at each day where a share changes; done is None after `until`."""
    if not steps:
        return []
    days = {min(each.begins_on for each in steps), until}
    days |= {each.due_on for each in steps} | {each.first_due_on for each in steps}
    days |= {each.done_on for each in steps if each.done_on}
    return [
        (day, planned_share(steps, day, is_first=True) or 0.0, planned_share(steps, day) or 0.0,
         (done_share(steps, day) or 0.0) if day <= until else None)
        for day in sorted(days)
    ]  # fmt: skip


def as_steps(points: Sequence[Point]) -> list[Point]:
    """The same with the day before each change: shares change on a day, not little by little between two."""
    found: list[Point] = []
    for point in points:
        before = point[0] - timedelta(days=1)
        if found and found[-1][0] < before:
            found.append((before, *found[-1][1:3], None if point[3] is None else found[-1][3]))
        found.append(point)
    return found


def standing(steps: Sequence[Step], plan_due_on: date, on: date) -> Standing:
    """The light of a day and why. `plan_due_on`: the day of the published plan, which no change moves.

    Red: a milestone more than RED_DAYS late, or RED_GAP behind the plan, or the plan's day is past and an open
    milestone has no approved day ahead. Amber: any milestone late, due within NEAR_DAYS and not handed in, or the plan's day
    is past while all that is open has approved days ahead. Grey: no milestones, so nothing is known.
    """
    if not steps:
        return Standing(Light.GREY, None, None, (Reason("no_milestones"),))
    done, planned = done_share(steps, on) or 0.0, planned_share(steps, on) or 0.0
    open_steps = [each for each in steps if not each.is_done(on)]
    if not open_steps:
        return Standing(Light.GREEN, done, planned, (Reason("all_done"),))
    red, amber = [], []
    for step in sorted(open_steps, key=lambda each: (each.due_on, each.key)):
        late = step.days_late(on)
        if late > RED_DAYS:
            red.append(Reason("milestone_late", late, step.key))
        elif late:
            amber.append(Reason("milestone_late", late, step.key))
        elif (step.due_on - on).days <= NEAR_DAYS and not step.is_handed_in:
            amber.append(Reason("milestone_near", (step.due_on - on).days, step.key))
    if planned - done > RED_GAP:
        red.append(Reason("behind", round((planned - done) * 100)))
    if plan_due_on < on:
        past = Reason("plan_day_past", (on - plan_due_on).days)
        (red if any(each.due_on < on for each in open_steps) else amber).append(past)
    light = Light.RED if red else Light.AMBER if amber else Light.GREEN
    return Standing(light, done, planned, (*red, *amber))


def finished_on(steps: Sequence[Step]) -> date | None:
    """The day the last milestone was done, None while one is open or there is none."""
    days = [each.done_on for each in steps]
    return max(day for day in days if day) if days and all(days) else None


def _share(steps: Sequence[Step], counted: Iterable[Step]) -> float | None:
    whole = sum(each.weight for each in steps)
    return sum(each.weight for each in counted) / whole if whole else None
