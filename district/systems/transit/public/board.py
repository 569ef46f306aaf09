"""The board of a stop, of a line and the alerts, as data: one shape for pages, screens, the interface and the stream.

Instants are Unix seconds. Nothing here depends on who asks, so that one answer serves everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from district.kernel.clock import now

from ..changes import queries as changes
from ..forecasts.planned import plan_of
from ..forecasts.queries import Arrival, arrivals_at, vehicles
from ..forecasts.reasons import reasons_of
from ..models import Change
from .kept import Kept
from .network import Network, network_in_force

KEPT_S = 2.0
HORIZON_S = 5400
MOST_ARRIVALS = 60
MOST_STOPS = 12

boards: Kept[dict[str, Any]] = Kept(KEPT_S)


def known_stops(stop_ids: Iterable[str], network: Network | None = None) -> tuple[str, ...]:
    """Those that some bus halts at, each once, in a fixed order, at most MOST_STOPS."""
    network = network or network_in_force()
    if network is None:
        return ()
    return tuple(sorted({stop_id for stop_id in stop_ids if stop_id in network.halts}))[:MOST_STOPS]


def board_of(stop_ids: tuple[str, ...]) -> dict[str, Any]:
    """`{"made_at", "stops": [{"id", "name"}], "arrivals": [arrival …], "alerts": [alert …]}`, kept for KEPT_S."""
    return boards.get(("stops", stop_ids), lambda: _board(stop_ids))


def fresh_board(stop_ids: tuple[str, ...]) -> dict[str, Any]:
    """As it is this very moment: what a notice has just told of must not be answered from before."""
    return boards.put(("stops", stop_ids), _board(stop_ids))


def _board(stop_ids: tuple[str, ...]) -> dict[str, Any]:
    network = network_in_force()
    at = now()
    found = arrivals_at(stop_ids, at, HORIZON_S, MOST_ARRIVALS) if network else []
    lines = {way.line.route_id for stop_id in stop_ids for way in (network.halts.get(stop_id, ()) if network else ())}
    return {
        "made_at": round(at.timestamp()),
        "stops": [{"id": stop_id, "name": network.stop_name(stop_id)} for stop_id in stop_ids] if network else [],
        "arrivals": [arrival_of(each) for each in found],
        "alerts": [alert_of(change) for change in concerning(lines, stop_ids)],
    }


def arrival_of(arrival: Arrival) -> dict[str, Any]:
    """An arrival as data. `mark` is why it is not like others, "" when it is; `minutes` is left to who shows it."""
    return {
        "line": arrival.line.route_id, "name": arrival.line.name, "colour": arrival.line.colour,
        "text_colour": arrival.line.text_colour, "direction": arrival.direction, "headsign": arrival.headsign,
        "stop": arrival.stop_id, "trip": arrival.trip_id, "start": arrival.start_time, "day": arrival.day.isoformat(),
        "run": arrival.run_id, "bus": arrival.bus, "planned": _unix(arrival.planned_at), "expected": _unix(arrival.expected_at),
        "earliest": _unix(arrival.earliest), "latest": _unix(arrival.latest), "delay_s": round(arrival.delay_s),
        "source": arrival.source, "mark": arrival.mark, "state": arrival.state, "seen": _unix(arrival.seen_at),
        "stops_away": arrival.stops_away, "metres_away": None if arrival.metres_away is None else round(arrival.metres_away),
        "accessible": arrival.is_accessible, "occupancy": arrival.occupancy, "last": arrival.is_last,
        "cancelled": arrival.is_cancelled, "skipped": arrival.is_skipped, "alerts": list(arrival.changes),
        "reasons": reasons_of(arrival.source, arrival.reason),
    }  # fmt: skip


def buses_of(route_id: str) -> dict[str, Any]:
    """`{"made_at", "buses": [bus …], "alerts"}` of a line, kept for KEPT_S."""
    return boards.get(("line", route_id), lambda: _line_board(route_id))


def _line_board(route_id: str) -> dict[str, Any]:
    at = now()
    rows = [
        {
            "run": each.run_id, "bus": each.bus, "direction": each.direction, "trip": each.trip_id, "next": each.next_stop_id,
            "state": each.state, "mark": each.mark, "lon": round(each.lon, 5), "lat": round(each.lat, 5),
            "bearing": each.bearing, "seen": _unix(each.seen_at),
            "delay_s": None if each.delay_s is None else round(each.delay_s), "occupancy": each.occupancy,
            "accessible": each.is_accessible,
        }
        for each in vehicles(route_id, at)
    ]  # fmt: skip
    alerts = [alert_of(change) for change in concerning({route_id}, ())]
    return {"made_at": round(at.timestamp()), "line": route_id, "buses": rows, "alerts": alerts}


def alerts_in_force() -> list[dict[str, Any]]:
    """All of now and of the next days, the gravest first."""
    return boards.get(("alerts",), lambda: {"alerts": [alert_of(each) for each in _by_weight(changes.in_force(now()))]})["alerts"]


def concerning(lines: Iterable[str], stop_ids: Sequence[str]) -> list[Change]:
    """Changes in force that are about one of the lines or stops, or about all."""
    wanted_lines, wanted_stops = set(lines), set(stop_ids)
    found = [
        change for change in changes.in_force()
        if (not change.lines or wanted_lines & set(change.lines))
        and (not change.stops or not wanted_stops or wanted_stops & set(change.stops) or change.lines)
    ]  # fmt: skip
    return _by_weight(found)


def _by_weight(found: list[Change]) -> list[Change]:
    return sorted(found, key=lambda change: (-change.severity, -change.pk))


def alert_of(change: Change) -> dict[str, Any]:
    return {
        "id": change.pk, "kind": change.kind, "title": change.title, "text": change.text,
        "title_en": change.title_en or change.title, "text_en": change.text_en or change.text, "severity": change.severity,
        "lines": list(change.lines), "stops": list(change.stops), "direction": change.direction,
        "from": _unix(change.begin_at), "until": _unix(change.end_at),
    }  # fmt: skip


def departures_of(stop_ids: tuple[str, ...], day: date) -> list[dict[str, Any]]:
    """The timetable of stops for a day with its changes: what a device keeps for when it has no line."""
    plan = plan_of(day)
    if plan is None:
        return []
    found = []
    for stop_id in stop_ids:
        for visit in plan.by_stop.get(stop_id, ()):
            trip = visit.planned.trip
            if visit.place == len(trip.pattern.stop_ids) - 1:
                continue
            line = plan.schedule.lines.get(trip.route_id)
            found.append({
                "line": trip.route_id, "name": line.name if line else trip.route_id, "colour": line.colour if line else "",
                "text_colour": line.text_colour if line else "", "direction": trip.direction,
                "headsign": trip.headsign or plan.schedule.stops[trip.pattern.stop_ids[-1]].name, "stop": stop_id,
                "planned": round(visit.leaves), "accessible": trip.is_accessible, "last": visit.is_last,
                "cancelled": visit.planned.state == "cancelled", "added": visit.planned.state == "added",
                "skipped": visit.place in visit.planned.skipped,
            })  # fmt: skip
    return sorted(found, key=lambda row: (row["planned"], row["name"]))


def _unix(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp())
