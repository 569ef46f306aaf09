"""Typing, publishing, amending and ending a temporary change. Everything else reads what stands here."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from district.kernel.clock import now
from district.kernel.people.refused import Refused
from district.kernel.ui.live import tell
from district.kernel.wording import term

from ..editions.queries import schedule_in_force
from ..models import Change
from ..schedule import Schedule
from .applying import Told
from .checking import Fault, faults
from .words import Words, words_of

TOPIC = "transit.changes"


@dataclass(frozen=True)
class Typed:
    """What is typed of a change; fields as of Change. Empty titles and texts are made from the rest."""

    kind: str
    begin_at: datetime
    end_at: datetime | None = None
    lines: tuple[str, ...] = ()
    direction: str = ""
    stops: tuple[str, ...] = ()
    trips: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    cause: int = 1
    severity: int = 3
    title: str = ""
    text: str = ""
    title_en: str = ""
    text_en: str = ""

    def told(self, change_id: int = 0) -> Told:
        end = self.end_at.timestamp() if self.end_at else math.inf
        return Told(change_id, self.kind, frozenset(self.lines), self.direction, frozenset(self.stops), frozenset(self.trips),
                    self.begin_at.timestamp(), end, self.details)  # fmt: skip


class ChangeRefused(Refused):
    """What the timetable does not allow; all of it in `faults`."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(found[0].code, found[0].words, field=found[0].field, value=found[0].value)
        self.faults = found


def typed_of(change: Change) -> Typed:
    """A change as it was typed: texts that were made for it are empty."""
    plain = Typed(
        change.kind, change.begin_at, change.end_at, tuple(change.lines), change.direction, tuple(change.stops),
        tuple(change.trips), change.details, change.cause, change.severity,
    )  # fmt: skip
    schedule = schedule_in_force()
    made = words_of(schedule, plain.told(change.pk), change.cause) if schedule else Words("", "", "", "")
    own = {key: "" if getattr(change, key) == text else getattr(change, key) for key, text in asdict(made).items()}
    return replace(plain, **own)


def make(typed: Typed, account: Any, *, is_simulated: bool = False) -> Change:
    """A draft nobody is told of. Raises ChangeRefused."""
    schedule = _checked(typed)
    with transaction.atomic():
        change = Change.objects.create(
            kind=typed.kind, begin_at=typed.begin_at, end_at=typed.end_at, made_by=account, is_simulated=is_simulated
        )
        _fill(change, typed, schedule)
    return change


def amend(change: Change, typed: Typed, account: Any) -> Change:
    """Another content under the same number: whoever has been told is told anew. Raises ChangeRefused, Refused."""
    schedule = _checked(typed, change.pk)
    with transaction.atomic():
        change = _held(change)
        if change.state == Change.State.ENDED:
            raise Refused("change_ended", term("已结束的临时调整不能修改"))
        change.kind, change.begin_at, change.end_at, change.amended_by = typed.kind, typed.begin_at, typed.end_at, account
        change.amended_at = now()
        _fill(change, typed, schedule)
        _tell(change)
    return change


def release(change: Change, account: Any) -> Change:
    """From now on it holds, in its time, everywhere. Publishing twice changes nothing."""
    with transaction.atomic():
        change = _held(change)
        if change.state == Change.State.ENDED:
            raise Refused("change_ended", term("已结束的临时调整不能发布"))
        if change.state == Change.State.PUBLISHED:
            return change
        if change.end_at is not None and change.end_at <= now():
            raise Refused("change_over", term("结束时间已过，不必发布"), field="end_at", value=change.end_at)
        _checked(typed_of(change), change.pk)
        change.state, change.published_at, change.published_by = Change.State.PUBLISHED, now(), account
        change.save(update_fields=("state", "published_at", "published_by"))
        _tell(change)
    return change


def announce(typed: Typed, account: Any, *, is_simulated: bool = False) -> Change:
    """Made and published in one go."""
    with transaction.atomic():
        return release(make(typed, account, is_simulated=is_simulated), account)


def end(change: Change, account: Any) -> Change:
    """It holds no longer; a draft is thrown away in the same way. What it did until now stays as it was."""
    with transaction.atomic():
        change = _held(change)
        if change.state == Change.State.ENDED:
            return change
        at = now()
        if change.begin_at < at and (change.end_at is None or change.end_at > at):
            change.end_at = at
        change.state, change.ended_at, change.ended_by = Change.State.ENDED, at, account
        change.save(update_fields=("state", "end_at", "ended_at", "ended_by"))
        _tell(change)
    return change


def check(typed: Typed, change_id: int = 0) -> None:
    """Raises ChangeRefused when it may not be published."""
    _checked(typed, change_id)


def words_for(typed: Typed, change_id: int = 0) -> Words:
    """What passengers will read."""
    schedule = schedule_in_force()
    made = words_of(schedule, typed.told(change_id), typed.cause) if schedule else Words("", "", "", "")
    return Words(**{key: getattr(typed, key) or text for key, text in asdict(made).items()})


def _held(change: Change) -> Change:
    return Change.objects.select_for_update().get(pk=change.pk)


def _checked(typed: Typed, change_id: int = 0) -> Schedule:
    schedule = schedule_in_force()
    if schedule is None:
        raise ChangeRefused([Fault("lines", "no_timetable", term("没有在用的时刻表，不能发布临时调整"))])
    found = faults(schedule, typed.told(change_id))
    if typed.kind not in Change.Kind.values:
        found.append(Fault("kind", "unknown_kind", term("没有这种临时调整"), typed.kind))
    if typed.kind == Change.Kind.NOTICE and not typed.title:
        found.append(Fault("title", "title_missing", term("请填写标题")))
    if found:
        raise ChangeRefused(found)
    return schedule


def _fill(change: Change, typed: Typed, schedule: Schedule) -> None:
    change.lines, change.direction = sorted(typed.lines), typed.direction
    change.stops, change.trips, change.details = sorted(typed.stops), sorted(typed.trips), typed.details
    change.cause, change.severity = typed.cause, typed.severity
    made = words_of(schedule, typed.told(change.pk), typed.cause)
    for key, text in asdict(made).items():
        setattr(change, key, getattr(typed, key) or text)
    change.save()


def _tell(change: Change) -> None:
    if change.state != Change.State.DRAFT:
        tell(TOPIC, {"change": change.pk, "state": str(change.state), "lines": change.lines[:50]})
