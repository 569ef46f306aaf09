"""A month of a contract, measured from what the platform recorded: minutes, tickets, background runs. Nothing is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Q

from district.kernel.cases.models import Task
from district.kernel.clock import day_bounds, now
from district.kernel.jobs.models import State, WorkProgress

from ..models import Contract, Maintenance, ServiceMinute
from ..projects.rules import months_later
from . import levels

TICKETS, HANDLING = "service_ticket", "handle"


@dataclass(frozen=True)
class Month:
    """What a month gave. `begin` and `end` are those of the contract's part of it that is over."""

    begin: datetime
    end: datetime
    measured: dict[str, levels.Measured]
    outages: tuple[levels.Outage, ...]
    seen: int
    """Minutes looked at of those that count."""
    counted: int
    maintained: int
    is_simulated: bool

    @property
    def values(self) -> dict[str, float | None]:
        return {name: each.value for name, each in self.measured.items()}


def bounds(contract: Contract, month: date, at: datetime) -> tuple[datetime, datetime]:
    """The contract's days of the month, as far as they are over; minutes before the platform first looked do not count."""
    begin = day_bounds(max(month, contract.begins_on))[0]
    end = min(
        day_bounds(months_later(month, 1))[0],
        day_bounds(contract.ends_on)[1],
        at.replace(second=0, microsecond=0),
    )
    first = ServiceMinute.objects.order_by("at").values_list("at", flat=True).first()
    begin = max(begin, first) if first else end
    return begin.astimezone(UTC), end.astimezone(
        UTC
    )  # minutes are looked up by the ten thousand: UTC hashes fast


def measure(contract: Contract, month: date, at: datetime | None = None) -> Month:
    begin, end = bounds(contract, month, at or now())
    spans = agreed_maintenance(contract, begin, end)
    looked = ServiceMinute.objects.filter(at__gte=begin, at__lt=end).order_by("at")
    rows = looked.values_list("at", "is_up", "page_ms", "devices", "devices_online")
    seen = [levels.Minute(*row) for row in rows]
    counting = levels.minutes_that_count(begin, end, spans)
    down = levels.outages(seen, counting)
    known = {minute.at for minute in seen}
    found: Sequence[levels.Measured] = (
        levels.availability(seen, counting), levels.restore(down) if counting else levels.Measured("restore", None),
        levels.response(seen), tickets(begin, end), levels.devices(seen), runs(begin, end),
    )  # fmt: skip
    whole = max(0, round((end - begin) / levels.MINUTE))
    return Month(
        begin, end, {each.measure: each for each in found}, tuple(down), sum(each in known for each in counting), len(counting),
        whole - len(counting), looked.filter(is_simulated=True).exists(),
    )  # fmt: skip


def agreed_maintenance(contract: Contract, begin: datetime, end: datetime) -> list[levels.Span]:
    """Only what was agreed before it began."""
    found = Maintenance.objects.filter(
        contract=contract, agreed_at__isnull=False, begins_at__lt=end, ends_at__gt=begin
    )
    return [levels.Span(each.begins_at, each.ends_at) for each in found]


def tickets(begin: datetime, end: datetime) -> levels.Measured:
    """The company's own step of tickets: those it finished in the time, and those it let run over in it."""
    steps = Task.objects.filter(case__system="programme", case__procedure=TICKETS, key=HANDLING).exclude(
        state="cancelled"
    )
    found = steps.filter(
        Q(done_at__gte=begin, done_at__lt=end) | Q(done_at__isnull=True, due_at__gte=begin, due_at__lt=end)
    ).values_list("done_at", "due_at")
    rows = list(found)
    return levels.share(
        "tickets", sum(done is not None and (due is None or done <= due) for done, due in rows), len(rows)
    )


def runs(begin: datetime, end: datetime) -> levels.Measured:
    """Background runs that came to an end."""
    ended = WorkProgress.objects.filter(updated_at__gte=begin, updated_at__lt=end)
    done = ended.filter(state=State.DONE).count()
    return levels.share("jobs", done, done + ended.filter(state=State.FAILED).count())
