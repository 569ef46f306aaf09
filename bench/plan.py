"""Trip plans on one core: ours beside minotor, a planner by rounds for Node.js (npm, MIT), same feed, queries and answers.

`python -m bench.plan`. The feed is that of Tampa among the reference data (`DISTRICT_REFERENCE`) when there is one, else the
demonstration network. Both are given the trips of one weekday and the walks between stops that stand near each other
(every two stops of such a cluster, so that it does not matter whether a planner walks twice in a row), and asked for the
earliest arrival from a stop to another, with the journey. What the two do not answer alike is judged by a plain search
through every ride: were ours wrong once, the bench ends. Timed are the queries on which they agree.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from bench._decoders import node_program
from district.systems.transit.changes.applying import hhmmss, planned_on
from district.systems.transit.demo.network import feed as demo_feed
from district.systems.transit.planner.raptor import Footpaths, Network, Ride, Searcher, build
from district.systems.transit.planner.raptor.search import Way
from district.systems.transit.schedule import Schedule, read

QUERIES = 400
RUNS = 5
NEAR_M = 90.0
MOST_RIDES = 5
NEVER = 1 << 30

Query = tuple[int, int, int]


def the_feed() -> tuple[str, bytes | Path, date]:
    """Its name, itself, a weekday of it."""
    root = os.environ.get("DISTRICT_REFERENCE")
    tampa = Path(root, "data/transit/gtfs_static_real/hart_tampa_gtfs.zip") if root else None
    if tampa is not None and tampa.exists():
        return "HART Tampa", tampa, date(2016, 5, 17)
    return "演示线网 demo", demo_feed(date(2026, 1, 1), date(2026, 12, 31)), date(2026, 3, 3)


def rides_of(schedule: Schedule, day: date, numbers: dict[str, int]) -> list[Ride]:
    """All trips of a day, in whole seconds."""
    return [
        Ride(tuple(numbers[stop] for stop in each.trip.pattern.stop_ids), np.rint(each.trip.arrivals).astype(np.int32),
             np.rint(each.trip.departures).astype(np.int32), each.trip.trip_id)
        for each in planned_on(schedule, day)
    ]  # fmt: skip


def clusters(schedule: Schedule) -> Footpaths:
    """Walks between every two stops of a cluster of near ones."""
    places = schedule.plane.metres(
        np.array([stop.lat for stop in schedule.stops.values()]), np.array([stop.lon for stop in schedule.stops.values()])
    )
    near = cKDTree(places).query_pairs(NEAR_M, output_type="ndarray").reshape(-1, 2)
    joined = coo_array((np.ones(len(near)), near.T), shape=(len(places), len(places)))
    _count, belongs = connected_components(joined, directed=False)
    rows: list[tuple[int, int, int, int]] = []
    for cluster in np.flatnonzero(np.bincount(belongs) > 1):
        members = np.flatnonzero(belongs == cluster)
        for one in members.tolist():
            for other in members.tolist():
                if one != other:
                    metres = float(np.hypot(*(places[one] - places[other]))) * 1.3
                    rows.append((one, other, max(1, int(np.ceil(metres / 1.2))), round(metres)))
    columns = np.array(sorted(rows), dtype=np.int32).reshape(len(rows), 4)
    first = np.searchsorted(columns[:, 0], np.arange(len(places) + 1)).astype(np.int32)
    return Footpaths(first, columns[:, 1].copy(), columns[:, 2].copy(), columns[:, 3].copy())


def write_feed(path: Path, schedule: Schedule, rides: Sequence[Ride], walks: Footpaths) -> None:
    """The same network as a GTFS zip for the peer, which wants ids that do not look like numbers."""
    stops = list(schedule.stops.values())
    tables: dict[str, list[list[Any]]] = {
        "agency.txt": [["agency_id", "agency_name", "agency_url", "agency_timezone"], ["a", "a", "http://a", "UTC"]],
        "routes.txt": [["route_id", "agency_id", "route_short_name", "route_type"]],
        "calendar.txt": [["service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                          "start_date", "end_date"], ["d", 1, 1, 1, 1, 1, 1, 1, "20000101", "20991231"]],
        "trips.txt": [["route_id", "service_id", "trip_id"]],
        "stops.txt": [["stop_id", "stop_name", "stop_lat", "stop_lon"]]
        + [[f"s{number}", each.name or each.stop_id, each.lat, each.lon] for number, each in enumerate(stops)],
        "stop_times.txt": [["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"]],
        "transfers.txt": [["from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"]],
    }  # fmt: skip
    for one in range(len(stops)):
        for walk in range(int(walks.first[one]), int(walks.first[one + 1])):
            tables["transfers.txt"].append([f"s{one}", f"s{walks.to[walk]}", 2, int(walks.seconds[walk])])
    routes = {trip.route_id for trip in schedule.trips.values()}
    tables["routes.txt"] += [[f"r{route}", "a", route, 3] for route in sorted(routes)]
    for number, ride in enumerate(rides):
        tables["trips.txt"].append([f"r{schedule.trips[ride.tag].route_id}", "d", f"t{number}"])
        tables["stop_times.txt"] += [
            [f"t{number}", hhmmss(came), hhmmss(left), f"s{stop}", place]
            for place, (stop, came, left) in enumerate(zip(ride.stops, ride.arrivals, ride.departures, strict=True), 1)
        ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            archive.writestr(name, text.getvalue())


def queries_of(network: Network, walks: Footpaths) -> list[Query]:
    """From and to stops that are served and not a walk apart, at some time of the day. Always the same."""
    chance = random.Random(11)
    served = np.flatnonzero(np.diff(network.at_first) > 0).tolist()
    found: list[Query] = []
    while len(found) < QUERIES:
        one, other = chance.sample(served, 2)
        if other not in walks.to[walks.first[one] : walks.first[one + 1]]:
            found.append((one, other, chance.randrange(6 * 3600, 20 * 3600)))
    return found


def plainly(rides: Sequence[Ride], walks: Footpaths, query: Query) -> int | None:
    """The earliest arrival by trying every ride from every place, round by round."""
    begin, end, at = query
    ready = _on_foot({begin: at}, walks)
    best = NEVER
    for _ in range(MOST_RIDES):
        brought: dict[int, int] = {}
        for ride in rides:
            is_on = False
            for stop, came, left in zip(ride.stops, ride.arrivals.tolist(), ride.departures.tolist(), strict=True):
                if is_on and came < brought.get(stop, NEVER):
                    brought[stop] = came
                is_on = is_on or ready.get(stop, NEVER) <= left
        ready = _on_foot(brought, walks)
        best = min(best, ready.get(end, NEVER))
    return best if best < NEVER else None


def _on_foot(brought: dict[int, int], walks: Footpaths) -> dict[int, int]:
    ready = dict(brought)
    for stop, came in brought.items():
        for walk in range(int(walks.first[stop]), int(walks.first[stop + 1])):
            other, there = int(walks.to[walk]), came + int(walks.seconds[walk])
            ready[other] = min(ready.get(other, NEVER), there)
    return ready


def ours(searcher: Searcher, ways: dict[int, Way], queries: Sequence[Query]) -> list[int | None]:
    answers: list[int | None] = []
    for begin, end, at in queries:
        found = searcher.earliest(ways[begin], ways[end], at)
        answers.append(min((each.arrives for each in found), default=None))
    return answers


def theirs(command: str, feed: Path, day: date, queries: Sequence[Query]) -> Any:
    """{"arrivals", "seconds"} of the peer."""
    asked = feed.with_suffix(".json")
    named = [(f"s{begin}", f"s{end}", at) for begin, end, at in queries]
    asked.write_text(json.dumps({"most_rides": MOST_RIDES, "queries": named}))
    program = str(Path(__file__).with_name("plan_node.mjs"))
    done = subprocess.run([command, program, str(feed), str(day), str(asked), str(RUNS)], capture_output=True, check=True)
    return json.loads(done.stdout)


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    command = node_program()
    if command is None or not Path(__file__).parents[1].joinpath("node_modules/minotor").exists():
        print("没有 Node.js 或 minotor（npm ci 之后才有），无法对比（no peer: run npm ci）")
        return 1
    name, packed, day = the_feed()
    schedule = read(packed)
    stop_ids = list(schedule.stops)
    rides = rides_of(schedule, day, {stop: number for number, stop in enumerate(stop_ids)})
    walks = clusters(schedule)
    network = build(rides, len(stop_ids), walks)
    searcher = Searcher(network, MOST_RIDES, change_s=0)
    queries = queries_of(network, walks)
    ways = {stop: way_of(walks, stop) for query in queries for stop in query[:2]}
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder, "feed.zip")
        write_feed(feed, schedule, rides, walks)
        told = ours(searcher, ways, queries)
        peer = theirs(command, feed, day, queries)
        differing = [at for at in range(len(queries)) if told[at] != peer["arrivals"][at]]
        judged = sorted({*differing, *range(0, len(queries), len(queries) // 20)})
        wrong = [at for at in judged if told[at] != plainly(rides, walks, queries[at])]
        if wrong:
            raise SystemExit(f"我们的答案不对（ours are wrong）: {[(queries[at], told[at]) for at in wrong[:5]]}")
        agreed = [query for at, query in enumerate(queries) if at not in set(differing)]
        peer = theirs(command, feed, day, agreed)
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        answers = ours(searcher, ways, agreed)
        seconds.append(time.perf_counter() - began)
    assert answers == peer["arrivals"]
    ours_ms, peer_ms = (statistics.median(each) * 1e3 / len(agreed) for each in (seconds, peer["seconds"]))
    reached = sum(answer is not None for answer in answers)
    print(f"{name} {day}：{len(stop_ids)} 个站点、{len(rides)} 个班次、{len(network.arrivals)} 次到站；单核，{RUNS} 次取中位数")
    print(f"{len(queries)} 次查询：{len(agreed)} 次两者答案相同（{reached} 次可达），{len(differing)} 次不同，"
          f"逐一用朴素算法核对，均为我们正确；抽查 {len(judged)} 次")  # fmt: skip
    print(f"{'':24}{'ms/query':>12}{'queries/s':>12}")
    for label, each in (("ours", ours_ms), ("minotor 1.0.7 (Node.js)", peer_ms)):
        print(f"{label:24}{each:>12.3f}{1e3 / each:>12,.0f}")
    figures = {"feed": name, "ours_ms": round(ours_ms, 4), "peer_ms": round(peer_ms, 4), "peer": "minotor 1.0.7",
               "same_answers": len(agreed), "peer_wrong": len(differing)}  # fmt: skip
    ratios = {"ours_vs_peer": round(peer_ms / ours_ms, 2)}
    print(json.dumps({"bench": "plan", "ratios": ratios, "figures": figures}, ensure_ascii=False))
    return 0


def way_of(walks: Footpaths, stop: int) -> Way:
    """A stop and those that are a walk from it."""
    cut = slice(int(walks.first[stop]), int(walks.first[stop + 1]))
    around = zip(walks.to[cut].tolist(), walks.seconds[cut].tolist(), walks.metres[cut].tolist(), strict=True)
    return Way.of([(stop, 0, 0), *around])


if __name__ == "__main__":
    sys.exit(main())
