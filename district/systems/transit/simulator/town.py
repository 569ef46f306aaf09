"""What the fleet drives: timetable with changes, buses, and who drives what; from the database or from a feed alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from district.protocols.jt808 import V2013, V2019

from ..changes.applying import PlannedTrip, planned_on
from ..dispatch.chains import Key, chains
from ..plane import Plane
from ..schedule import Schedule, read


@dataclass(frozen=True)
class SimulatedBus:
    """`number` as painted, `phone` of its terminal, `version` 2013 or 2019. `lines` it drives, empty: any."""

    number: str
    phone: str
    plate: str
    version: int
    lines: tuple[str, ...]
    capacity: int = 75


@dataclass(frozen=True)
class Plan:
    """A service day: `planned` with changes, `bus_of` every key, on `plane`. `print`: alike as long as nothing changed."""

    day: date
    plane: Plane
    planned: list[PlannedTrip]
    bus_of: dict[Key, str]
    print: tuple[object, ...] = ()


@dataclass(frozen=True)
class Town:
    """`plan_of(day)` gives None when no timetable holds that day; `print_of(day)` cheaply tells whether it changed."""

    buses: tuple[SimulatedBus, ...]
    plan_of: Callable[[date], Plan | None]
    print_of: Callable[[date], tuple[object, ...]]


def of_database() -> Town:
    """Simulated buses with a terminal, the edition in force, published changes and the dispatcher's assignments."""
    from ..models import Bus

    rows = Bus.objects.filter(is_simulated=True, device__isnull=False, state=Bus.State.IN_SERVICE).select_related("device")
    buses = tuple(
        SimulatedBus(bus.number, bus.device.code, bus.plate, int(bus.device.attributes.get("version", V2013)),
                     tuple(bus.lines), bus.capacity or 75)
        for bus in rows if bus.device is not None and bus.device.protocol == "jt808"
    )  # fmt: skip
    return Town(buses, lambda day: _plan_of_database(buses, day), _print_of_database)


def _plan_of_database(buses: tuple[SimulatedBus, ...], day: date) -> Plan | None:
    from ..changes.queries import trips_of
    from ..editions.queries import schedule_in_force
    from ..models import Assignment

    schedule = schedule_in_force(day)
    if schedule is None:
        return None
    told = Assignment.objects.filter(day=day).values_list("trip_id", "start_time", "bus__number")
    fixed: dict[Key, str] = {(day, trip_id, start_time): number for trip_id, start_time, number in told}
    return _plan(schedule, buses, day, trips_of(day), fixed, _print_of_database(day))


def _print_of_database(day: date) -> tuple[object, ...]:
    from django.db.models import Count, Max

    from ..editions.queries import in_force
    from ..models import Assignment, Change

    edition = in_force(day)
    assigned = Assignment.objects.filter(day=day).aggregate(many=Count("pk"), newest=Max("made_at"))
    changed = Change.objects.aggregate(many=Count("published_at"), newest=Max("published_at"), ended=Max("ended_at"))
    return (edition.pk if edition else None, *assigned.values(), *changed.values())


def of_feed(path: Path, most: int = 60) -> Town:
    """A timetable without a platform: buses are invented, as many as the trips need, at most `most`."""
    schedule = read(path)
    buses = tuple(SimulatedBus(f"D{n:03d}", f"0199{n:08d}", f"演示D{n:04d}", V2019 if n % 3 == 0 else V2013, ())
                  for n in range(1, most + 1))  # fmt: skip
    return Town(buses, lambda day: _plan(schedule, buses, day, planned_on(schedule, day), {}, ()), lambda day: ())


def _plan(schedule: Schedule, buses: tuple[SimulatedBus, ...], day: date, planned: list[PlannedTrip], fixed: dict[Key, str],
          print: tuple[object, ...]) -> Plan:  # fmt: skip
    by_line: dict[str, list[str]] = {}
    for bus in buses:
        for line in bus.lines or ("",):
            by_line.setdefault(line, []).append(bus.number)
    return Plan(day, schedule.plane, planned, chains(planned, schedule.stops, by_line, fixed), print)
