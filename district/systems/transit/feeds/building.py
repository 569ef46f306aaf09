"""Whole GTFS-Realtime feeds from facts. Pure: the same facts at the same instant make the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from google.transit import gtfs_realtime_pb2 as realtime

from ..changes.applying import Told
from ..changes.words import Words
from ..schedule import Schedule
from . import alerts, positions, trip_modifications, trip_updates
from .told import RunFacts

WHOLE = ("trip-updates", "vehicle-positions", "alerts")
KINDS = (*WHOLE, "all", trip_modifications.KIND)
"""`all` holds those of WHOLE: readers that do not know what is experimental are not given it."""
VERSION = "2.0"


@dataclass(frozen=True)
class ToldAlert:
    """A change with what stands on its alert."""

    told: Told
    words: Words
    cause: int
    severity: int


def feeds_of(schedule: Schedule | None, runs: Sequence[RunFacts], told: Iterable[ToldAlert], at: float,
             version: str = "") -> dict[str, bytes]:  # fmt: skip
    """The feeds of KINDS as of `at`, Unix seconds. A bus is told on one trip at a time: the one it was seen on last."""
    runs = one_trip_a_bus(runs)
    messages = {kind: _empty(at, version) for kind in KINDS}
    for run in runs:
        if trip_updates.is_worth_telling(run):
            entity = realtime.FeedEntity(id=trip_updates.entity_id(run))
            trip_updates.fill_update(entity.trip_update, run, at)
            _add(messages, "trip-updates", entity)
        if run.bus is not None and positions.is_worth_telling(run, at):
            entity = realtime.FeedEntity(id=f"bus-{run.bus.bus_id}")
            positions.fill_position(entity.vehicle, run, at)
            _add(messages, "vehicle-positions", entity)
    told = list(told)
    if schedule is not None:
        changed = trip_modifications.modifications_of(schedule, runs, [each.told for each in told])
        messages[trip_modifications.KIND].entity.extend(changed)
    for each in told:
        if schedule is None:
            break
        entity = realtime.FeedEntity(id=alerts.entity_id(each.told.change_id))
        alerts.fill_alert(entity.alert, schedule, each.told, each.words, each.cause, each.severity)
        _add(messages, "alerts", entity)
    return {kind: message.SerializeToString() for kind, message in messages.items()}


def one_trip_a_bus(runs: Sequence[RunFacts]) -> list[RunFacts]:
    """Runs with their bus on one of them only."""
    newest: dict[str, RunFacts] = {}
    for run in runs:
        if run.bus is not None and run.is_driven and not run.is_ended:
            other = newest.get(run.bus.bus_id)
            if other is None or _seen(run) > _seen(other):
                newest[run.bus.bus_id] = run
    return [
        run if run.bus is None or newest.get(run.bus.bus_id) is run else replace(run, bus=None, place=None, is_driven=False)
        for run in runs
    ]


def _seen(run: RunFacts) -> tuple[float, str]:
    return (run.place.at if run.place else 0.0), run.planned.trip.trip_id


def _empty(at: float, version: str) -> Any:
    message = realtime.FeedMessage()
    message.header.gtfs_realtime_version = VERSION
    message.header.incrementality = realtime.FeedHeader.FULL_DATASET
    message.header.timestamp = int(at)
    if version:
        message.header.feed_version = version
    return message


def _add(messages: dict[str, Any], kind: str, entity: Any) -> None:
    for each in (kind, "all"):
        messages[each].entity.append(entity)
