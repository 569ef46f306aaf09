"""Journeys as data: one shape for the page and the interface. Instants are Unix seconds; texts are names only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..models import Change
from ..public.board import alert_of
from ..public.network import Network
from .planning import Asked, Journey, Leg, Spot


def plan_of_asked(asked: Asked, found: Sequence[Journey], network: Network, made_at: float) -> dict[str, Any]:
    """`{"made_at", "from", "to", "at", "is_arrival", "journeys": [...], "alerts": [...]}`."""
    ids = {change for each in found for leg in each.legs if leg.trip is not None for change in leg.trip.changes}
    alerts = [alert_of(change) for change in Change.objects.filter(pk__in=ids).order_by("-severity", "-pk")]
    return {
        "made_at": round(made_at), "from": _spot(asked.begin), "to": _spot(asked.end), "at": round(asked.at),
        "is_arrival": asked.is_arrival, "journeys": [journey_of(each, network) for each in found], "alerts": alerts,
    }  # fmt: skip


def journey_of(journey: Journey, network: Network) -> dict[str, Any]:
    """`mark`: timetable_only when no ride of it is forecast, "" else."""
    rides = [leg for leg in journey.legs if leg.trip is not None]
    return {
        "leaves": round(journey.leaves), "arrives": round(journey.arrives), "changes": max(len(rides) - 1, 0),
        "walk_m": journey.walk_m, "labels": list(journey.labels),
        "mark": "timetable_only" if rides and not any(leg.is_live for leg in rides) else "",
        "legs": [leg_of(leg, network) for leg in journey.legs],
    }  # fmt: skip


def leg_of(leg: Leg, network: Network) -> dict[str, Any]:
    """A walk or a ride; `delay_s`: of getting on, None where nothing is forecast."""
    part: dict[str, Any] = {
        "kind": "walk" if leg.trip is None else "ride", "from": _stop(leg.begin_id, network), "to": _stop(leg.end_id, network),
        "leaves": round(leg.leaves), "arrives": round(leg.arrives), "metres": leg.metres,
    }  # fmt: skip
    if leg.trip is None:
        return part
    trip = leg.trip.trip
    line = network.line(trip.route_id)
    return part | {
        "line": trip.route_id, "name": line.name, "colour": line.colour, "direction": trip.direction,
        "headsign": trip.headsign or network.stop_name(trip.pattern.stop_ids[-1]), "trip": trip.told_id,
        "day": leg.trip.day.isoformat(), "start": leg.trip.start_time, "run": leg.live.run_id if leg.live else None,
        "is_live": leg.is_live, "mark": leg.live.mark if leg.is_live and leg.live else "timetable_only",
        "state": leg.live.state if leg.live else "", "accessible": trip.is_accessible,
        "delay_s": round(leg.calls[0].at - leg.calls[0].planned) if leg.is_live else None,
        "headway_s": round(trip.headway_s) if trip.is_headway else None, "is_added": leg.trip.state == "added",
        "alerts": list(leg.trip.changes), "stops": len(leg.calls) - 1,
        "calls": [{**(_stop(call.stop_id, network) or {}), "at": round(call.at), "planned": round(call.planned)}
                  for call in leg.calls],
    }  # fmt: skip


def _stop(stop_id: str, network: Network) -> dict[str, Any] | None:
    stop = network.schedule.stops.get(stop_id)
    if stop is None:
        return None
    return {"id": stop_id, "name": stop.name, "lat": round(stop.lat, 6), "lon": round(stop.lon, 6)}


def _spot(spot: Spot) -> dict[str, Any]:
    return {"name": spot.name, "lat": round(spot.lat, 6), "lon": round(spot.lon, 6), "stops": list(spot.stop_ids)}
