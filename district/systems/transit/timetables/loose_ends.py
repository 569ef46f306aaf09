"""Files that are passed on unchanged, without the rows whose line, stop, trip or zone is gone. Pure."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Container

from .network import Network

REFERENCES: dict[str, dict[str, str]] = {
    "fare_rules.txt": {"fare_id": "fare", "route_id": "line", "origin_id": "zone", "destination_id": "zone",
                       "contains_id": "zone"},
    "transfers.txt": {"from_stop_id": "stop", "to_stop_id": "stop", "from_route_id": "line", "to_route_id": "line",
                      "from_trip_id": "trip", "to_trip_id": "trip"},
    "pathways.txt": {"from_stop_id": "stop", "to_stop_id": "stop"},
    "stop_areas.txt": {"stop_id": "stop"}, "route_networks.txt": {"route_id": "line"},
    "attributions.txt": {"route_id": "line", "trip_id": "trip"},
}  # fmt: skip


NEEDED = {"fare_rules.txt": "fare_id", "fare_attributes.txt": "fare_id"}
"""Without these columns a file says nothing."""


def carried(network: Network) -> tuple[dict[str, str], Counter[str]]:
    """The files as they can be published, and how many rows of each were left out."""
    zones = {each.extra.get("zone_id", "") for each in network.stops.values()}
    fares = {row.get("fare_id", "") for row in csv.DictReader(io.StringIO(network.carried.get("fare_attributes.txt", "")))}
    known: dict[str, Container[str]] = {"stop": network.stops, "line": network.lines, "trip": network.trips, "zone": zones,
                                        "fare": fares}  # fmt: skip
    kept: dict[str, str] = {}
    left_out: Counter[str] = Counter()
    for name, text in network.carried.items():
        references = REFERENCES.get(name)
        if references is None:
            kept[name] = text
            continue
        reader = csv.reader(io.StringIO(text), skipinitialspace=True)
        head = [column.strip() for column in next(reader, [])]
        places = [(head.index(column), known[kind]) for column, kind in references.items() if column in head]
        rows = [row for row in reader if any(row)]
        if NEEDED.get(name, "") not in ("", *head):
            left_out[name] += len(rows)
            continue
        sound = [row for row in rows if all(_holds(row, place, there) for place, there in places)]
        if len(sound) < len(rows):
            left_out[name] += len(rows) - len(sound)
        if sound:
            made = io.StringIO()
            csv.writer(made, lineterminator="\n").writerows([head, *sound])
            kept[name] = made.getvalue() if len(sound) < len(rows) else text
    return kept, left_out


def _holds(row: list[str], place: int, there: Container[str]) -> bool:
    """Whether a reference is empty or to something there is."""
    value = row[place].strip() if place < len(row) else ""
    return not value or value in there
