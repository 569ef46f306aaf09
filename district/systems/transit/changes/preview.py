"""What each reader will see of a change, before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.json_format import MessageToDict
from google.transit import gtfs_realtime_pb2 as realtime

from ..feeds.alerts import entity_id, fill_alert
from ..models import Change
from ..schedule import Schedule
from . import queries
from .actions import Typed, words_for
from .effects import Effects, effects_of
from .words import Words


@dataclass(frozen=True)
class Preview:
    """`stops`: names of stops with visits lost, and how many; `alert`: the GTFS-Realtime entity as JSON."""

    words: Words
    effects: Effects
    lines: list[tuple[str, int]]
    stops: list[tuple[str, int]]
    alert: dict[str, Any]


def preview_of(schedule: Schedule, typed: Typed, change: Change | None = None) -> Preview:
    """On the first day it holds, beside the other changes of that day."""
    change_id = change.pk if change else 0
    told = typed.told(change_id)
    day = day_of(schedule, told.begin)
    first = datetime.combine(day, datetime.min.time(), ZoneInfo(schedule.timezone))
    others = [
        queries.told(each)
        for each in queries.in_force(first - timedelta(hours=1), first + timedelta(hours=30))
        if each.pk != change_id
    ]
    effects = effects_of(schedule, day, told, others)
    words = words_for(typed, change_id)
    entity = realtime.FeedEntity(id=entity_id(change_id))
    fill_alert(entity.alert, schedule, told, words, typed.cause, typed.severity)
    lines = [(schedule.lines[route].name if route in schedule.lines else route, n) for route, n in effects.by_line.items()]
    stops = [(schedule.stops[stop].name if stop in schedule.stops else stop, n) for stop, n in effects.visits.items()]
    return Preview(words, effects, lines, stops, MessageToDict(entity, preserving_proto_field_name=True))


def day_of(schedule: Schedule, begin: float) -> date:
    """The day it begins, or today when it holds already."""
    from district.kernel.clock import now

    zone = ZoneInfo(schedule.timezone)
    return max(datetime.fromtimestamp(begin, zone).date(), now().astimezone(zone).date())
