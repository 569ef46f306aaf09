"""When sources are read: cron lines in China Standard Time, one reading of a source at a time, pauses after failures.

A timer of one minute looks for what is due in one query. A time at which the source still ran, or the worker was down,
is counted as missed; what is due then runs once, not as often as it was missed. A failure that may pass (network, load)
is tried again after 1, 2, 4 … minutes, going on where it stopped; others wait for the next time, but no less than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import croniter
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from district.kernel.clock import CHINA, now
from district.kernel.connectors.contract import ConnectorFailed
from district.kernel.connectors.models import Kind, Run, RunState, Source, SourceState
from district.kernel.connectors.refused import Refused
from district.kernel.events import publish

LATE_AFTER = timedelta(minutes=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
TRIED_AGAIN = 5
"""So often in a row before the next time of the schedule."""
TELL_AFTER = 3
"""Failures in a row before the department is told."""
MOST_AT_ONCE = 200
PASSING = frozenset({
    "host_unknown", "host_unreachable", "connection_lost", "server_full", "table_locked", "too_slow", "timed_out",
    "too_many_requests", "server_failed", "token_failed", "broken",
})  # fmt: skip
PULLED = (Kind.DATABASE, Kind.HTTP)


def checked(line: str) -> str:
    """A cron line of five fields, or empty. Raises Refused."""
    text = " ".join(line.split())
    if text and (len(text.split(" ")) != 5 or not croniter.croniter.is_valid(text)):
        raise Refused(
            "schedule_wrong",
            f"时间表“{line}”不对：应是五段的 cron 表达式，例如 30 2 * * *（每天 2:30）",
            field="schedule",
            value=line,
        )
    return text


def next_time(line: str, after: datetime) -> datetime:
    """The first time of the line behind `after`."""
    return croniter.croniter(line, after.astimezone(CHINA)).get_next(datetime)


def times_between(line: str, start: datetime, end: datetime, most: int = 1000) -> int:
    """How many times of the line lie in (start, end]."""
    found, moment = 0, start
    while found < most and (moment := next_time(line, moment)) <= end:
        found += 1
    return found


def tick() -> list[Run]:
    """What the timer does each minute; the deliveries that were started."""
    set_up_times()
    return [run for source in due() if (run := _begin(source)) is not None]


@transaction.atomic
def set_up_times() -> int:
    """Gives sources whose schedule is new or has changed their next time; how many."""
    changed = (
        Source.objects.filter(kind__in=PULLED)
        .filter(Q(state=None) & ~Q(schedule="") | ~Q(state=None) & ~Q(state__schedule=F("schedule")))
        .select_related("state")
    )
    count = 0
    for source in changed:
        due_at = next_time(source.schedule, now()) if source.schedule else None
        SourceState.objects.update_or_create(
            source=source, defaults={"schedule": source.schedule, "due_at": due_at}
        )
        count += 1
    return count


def due() -> QuerySet[Source]:
    """Active sources whose time has come, which neither run nor wait for a decision."""
    busy = Run.objects.filter(
        source=OuterRef("pk"), state__in=(RunState.WAITING, RunState.RUNNING, RunState.BLOCKED)
    )
    return (
        Source.objects.filter(is_active=True, kind__in=PULLED, state__due_at__lte=now())
        .exclude(schedule="")
        .filter(~Exists(busy))
        .select_related("state", "resource")
        .order_by("state__due_at")[:MOST_AT_ONCE]
    )


@transaction.atomic
def _begin(source: Source) -> Run | None:
    """Starts what is due, or goes on with what failed; None when another timer was quicker."""
    from district.kernel.connectors.deliveries import resume, start

    state = SourceState.objects.select_for_update().get(pk=source.pk)
    if state.due_at is None or state.due_at > now():
        return None
    due_at, missed = state.due_at, 0
    if now() - due_at > LATE_AFTER:
        missed = times_between(source.schedule, due_at, now())
    state.missed = F("missed") + missed if missed else state.missed
    state.due_at = next_time(source.schedule, now())
    state.save(update_fields=["missed", "due_at"])
    last = source.runs.filter(corrects=None).first()
    if state.failures and last is not None and last.state == RunState.FAILED and last.code in PASSING:
        return resume(last, None)
    made = start(source, None, due_at=due_at.isoformat(), missed=missed)
    if missed:
        words = f"原定 {due_at.astimezone(CHINA):%m-%d %H:%M} 运行，晚了；其间错过 {missed} 次"
        made.notes = [{"code": "late", "words": words}]
        made.save(update_fields=["notes"])
    return made


@transaction.atomic
def note_failure(source_id: int, run_id: int, code: str, text: str) -> SourceState:
    """After a failed delivery: when it is tried again, and whether the department is told."""
    source = Source.objects.select_related("resource").get(pk=source_id)
    state, _ = SourceState.objects.select_for_update().get_or_create(source=source, defaults={"schedule": ""})
    if source.kind in (Kind.FILE, Kind.FOLDER):  # whoever brought the file sees it
        return state
    state.failures += 1
    if source.schedule and source.kind in PULLED:
        earliest = now() + pause(state.failures)
        regular = next_time(source.schedule, now())
        if code in PASSING and state.failures <= TRIED_AGAIN:
            state.due_at = min(earliest, regular)
        else:
            state.due_at = next_time(source.schedule, earliest) if regular < earliest else regular
    if state.failures >= TELL_AFTER and state.told_at is None:
        state.told_at = now()
        publish(
            ConnectorFailed(
                source_id=source.pk, resource_id=source.resource_id, organisation_id=source.resource.provider_id,
                run_id=run_id, failures=state.failures, code=code, text=text[:400], failed_at=now(),
            )
        )  # fmt: skip
    state.save()
    return state


def note_success(source_id: int) -> None:
    """The row of failures has ended."""
    SourceState.objects.filter(source=source_id).exclude(failures=0, told_at=None).update(
        failures=0, told_at=None
    )


def pause(failures: int) -> timedelta:
    """1, 2, 4 … minutes, six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)


@transaction.atomic
def set_active(source: Source, is_active: bool) -> None:
    """Pauses a source, or lets it go on with its next regular time."""
    source.is_active = is_active
    source.save(update_fields=["is_active"])
    if is_active and source.schedule:
        SourceState.objects.filter(source=source).update(
            due_at=next_time(source.schedule, now()), failures=0, told_at=None
        )


@dataclass(frozen=True)
class Health:
    """What the page of sources shows. `lag`: how far the newest value of the cursor, where it is a time, or else the
    end of the last good delivery, lies behind now; None where nothing was ever delivered."""

    next_run_at: datetime | None
    lag: timedelta | None
    failures: int
    missed: int
    code: str
    problem: str
    is_paused: bool
    is_connected: bool | None
    last_message_at: datetime | None
    waiting_messages: int


def health(source: Source) -> Health:
    """One source; a page of many loads them with `select_related("state")`."""
    state: SourceState | None = getattr(source, "state", None)
    last = source.runs.filter(corrects=None).first()
    failed = last if last is not None and last.state in (RunState.FAILED, RunState.BLOCKED) else None
    is_stream = source.kind in (Kind.MQTT, Kind.NATS)
    connection_problem = state.connection_problem if state is not None and not state.is_connected else ""
    return Health(
        next_run_at=state.due_at if state is not None and source.is_active and source.schedule else None,
        lag=_lag(source),
        failures=state.failures if state is not None else 0,
        missed=state.missed if state is not None else 0,
        code=failed.code
        if failed
        else state.connection_code
        if state is not None and connection_problem
        else "",
        problem=failed.problem if failed else connection_problem,
        is_paused=not source.is_active,
        is_connected=state is not None and state.is_connected if is_stream else None,
        last_message_at=state.last_message_at if state is not None else None,
        waiting_messages=_waiting(source) if is_stream else 0,
    )


def _waiting(source: Source) -> int:
    after = source.cursor.get("after", 0) if isinstance(source.cursor, dict) else 0
    return source.messages.filter(pk__gt=after).count()


def _lag(source: Source) -> timedelta | None:
    newest = _newest_time(source.cursor)
    if newest is None:
        done = source.runs.filter(state=RunState.DONE, corrects=None).first()
        newest = done.ended_at if done is not None else None
    return max(now() - newest, timedelta()) if newest is not None else None


def _newest_time(cursor: Any) -> datetime | None:
    """The largest value of a cursor when it is a time; without a zone it is China Standard Time."""
    value = cursor
    if isinstance(cursor, dict):
        value = cursor.get("value", {}).get("datetime") if "value" in cursor else cursor.get("since")
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=CHINA) if found is not None and found.tzinfo is None else found
