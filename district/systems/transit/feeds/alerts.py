"""Changes as GTFS-Realtime alerts. Pure.

Source: GTFS Realtime reference, message Alert.
"""

from __future__ import annotations

import math
from typing import Any

from google.transit import gtfs_realtime_pb2 as realtime

from ..changes.applying import Told
from ..changes.words import Words
from ..schedule import Schedule

EFFECTS = {
    "detour": "DETOUR", "skip": "NO_SERVICE", "moved": "STOP_MOVED", "cancel": "REDUCED_SERVICE", "extra": "ADDITIONAL_SERVICE",
    "early_last": "REDUCED_SERVICE", "delay": "SIGNIFICANT_DELAYS", "suspend": "NO_SERVICE", "notice": "OTHER_EFFECT",
}  # fmt: skip
LANGUAGES = ("zh", "en")


def entity_id(change_id: int) -> str:
    """Of an alert, for as long as it lives."""
    return f"alert-{change_id}"


def fill_alert(alert: Any, schedule: Schedule, change: Told, words: Words, cause: int = 1, severity: int = 3) -> None:
    """Fills an Alert message: when, for whom, why, what, in Chinese and English."""
    period = alert.active_period.add(start=int(change.begin))
    if not math.isinf(change.end):
        period.end = int(change.end)
    alert.cause = cause if cause in realtime.Alert.Cause.values() else realtime.Alert.OTHER_CAUSE
    alert.effect = realtime.Alert.Effect.Value(EFFECTS.get(change.kind, "OTHER_EFFECT"))
    alert.severity_level = severity if severity in realtime.Alert.SeverityLevel.values() else realtime.Alert.UNKNOWN_SEVERITY
    _translated(alert.header_text, words.title, words.title_en)
    _translated(alert.description_text, words.text, words.text_en)
    for informed in _informed(schedule, change):
        alert.informed_entity.add(**informed)


def _translated(field: Any, zh: str, en: str) -> None:
    for language, text in zip(LANGUAGES, (zh, en), strict=True):
        if text:
            field.translation.add(text=text, language=language)


def _informed(schedule: Schedule, change: Told) -> list[dict[str, Any]]:
    """Selectors; what the timetable does not have is left out, and without any the whole network is meant."""
    stops = sorted(change.stops & schedule.stops.keys())
    trips = [schedule.trips[each] for each in sorted(change.trips) if each in schedule.trips]
    if trips:
        relation = "CANCELED" if change.kind == "cancel" else "SCHEDULED"
        return [
            {"route_id": trip.route_id,
             "trip": {"trip_id": trip.told_id, "route_id": trip.route_id, "schedule_relationship": relation}} for trip in trips
        ]  # fmt: skip
    routes = set(change.lines)
    like = schedule.trips.get(str(change.details.get("like", "")))
    if change.kind == "extra" and like is not None:
        routes.add(like.route_id)
    lines: list[dict[str, Any]] = [{"route_id": route} for route in sorted(routes & schedule.lines.keys())]
    if change.direction in ("0", "1"):
        lines = [{**line, "direction_id": int(change.direction)} for line in lines]
    if lines and stops:
        return [{**line, "stop_id": stop} for line in lines for stop in stops]
    if lines or stops:
        return lines or [{"stop_id": stop} for stop in stops]
    agencies = sorted({line.agency_id for line in schedule.lines.values()} - {""})
    kinds = sorted({int(line.kind) for line in schedule.lines.values() if line.kind.isdigit()})
    return [{"agency_id": agency} for agency in agencies] or [{"route_type": kind} for kind in kinds or [3]]
