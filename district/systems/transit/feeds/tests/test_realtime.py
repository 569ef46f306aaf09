"""What we tell in GTFS-Realtime: right by the rules, and readable by the stock bindings."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from google.transit import gtfs_realtime_pb2 as realtime

from district.systems.transit.changes.applying import PlannedTrip, Told, midnight_of_day, planned_on
from district.systems.transit.changes.words import words_of
from district.systems.transit.feeds.building import ToldAlert, feeds_of
from district.systems.transit.feeds.tests.rules import broken
from district.systems.transit.feeds.told import BusFacts, ForecastFacts, PlaceFacts, RunFacts
from district.systems.transit.feeds.trip_modifications import polyline
from district.systems.transit.schedule import read
from district.systems.transit.tests import town

DAY = date(2026, 3, 4)
FEED = town.feed()
SCHEDULE = read(FEED)
MIDNIGHT = midnight_of_day(SCHEDULE, DAY)
AT = MIDNIGHT + 10 * 3600
OUT = frozenset({"line-o"})
NONE: frozenset[str] = frozenset()
SIDE = {"name": "临时站", "lat": town.LAT + 0.004, "lon": town.LON + 0.02}
UNAVOIDABLE = {"W002", "W003", "P008", "S024", "S025"}
"""Warnings, no errors: a trip not yet begun has no bus and no position (W002, W003) and may have no forecast (P008); ADDED and
`active_period` are what readers know, though the newest text has other words for them (S024, S025)."""
NO_DATA = realtime.TripUpdate.StopTimeUpdate.NO_DATA
SKIPPED = realtime.TripUpdate.StopTimeUpdate.SKIPPED


def told(number: int, kind: str, details: dict | None = None, **fields) -> Told:
    return Told(number, kind, fields.get("lines", OUT), "", fields.get("stops", NONE), fields.get("trips", NONE),
                fields.get("begin", AT - 3600), fields.get("end", math.inf), details or {})  # fmt: skip


def driven(planned: PlannedTrip, number: int, late: float = 60.0, mark: str = "", **fields) -> RunFacts:
    """A run as the live process knows it at AT."""
    trip = planned.trip
    arrivals = planned.midnight + trip.arrivals + late
    first = int((arrivals <= AT).sum())
    if first == len(arrivals):
        return RunFacts(planned, is_ended=True)
    times = [round(each) for each in arrivals[first:]]
    forecast = ForecastFacts(AT - 5, first, times, times, [each - 40 for each in times], [each + 60 for each in times], mark)
    is_driven = first > 0
    along = (AT - planned.midnight - late - trip.arrivals[0]) / town.HOP_S * town.APART_M
    ahead = along if trip.route_id == "line-o" else (town.STOPS - 1) * town.APART_M - along
    lon = town.LON + ahead / town.METRES / math.cos(math.radians(town.LAT))
    place = PlaceFacts(AT - 8, town.LAT, lon, 90.0, 8.0, first, False, 42) if is_driven else None
    bus = BusFacts(str(number), f"D{number:03d}", f"演示D{number:04d}", number % 2 == 0)
    return RunFacts(planned, bus, forecast, place, is_driven=is_driven, **fields)


def day_told(*changes: Told) -> tuple[list[RunFacts], list[ToldAlert]]:
    runs = []
    for number, planned in enumerate(planned_on(SCHEDULE, DAY, changes)):
        if planned.ends_at > AT - 600 and planned.begins_at < AT + 7200:
            is_known = planned.is_driven and planned.begins_at < AT + 1800
            runs.append(driven(planned, number) if is_known else RunFacts(planned))
    return runs, [ToldAlert(each, words_of(SCHEDULE, each), 10, 3) for each in changes]


def messages(feeds: dict[str, bytes]) -> dict[str, realtime.FeedMessage]:
    return {kind: realtime.FeedMessage.FromString(body) for kind, body in feeds.items()}


CHANGES = [
    told(1, "skip", stops=frozenset({"s9"})),
    told(2, "detour", {"from_stop": "s3", "to_stop": "s6", "stops": [SIDE], "path": []}),
    told(3, "cancel", lines=frozenset({"line-b"}), begin=AT + 600, end=AT + 1700), told(4, "early_last", {"last": "11:00"}),
    told(5, "extra", {"like": "b3", "starts": ["10:07", "10:21"]}, lines=NONE), told(6, "delay", {"minutes": 9}, begin=AT + 1800),
    told(7, "moved", {"lat": town.LAT + 0.0005, "lon": town.LON + 0.0402}, stops=frozenset({"s9"})),
    told(8, "notice", lines=NONE), told(9, "suspend", begin=AT + 5000), told(10, "cancel", trips=frozenset({"b20"}), lines=NONE),
]  # fmt: skip


def test_a_plain_day_breaks_no_rule(tmp_path: Path):
    runs, alerts = day_told()
    feeds = feeds_of(SCHEDULE, runs, alerts, AT)
    assert set(broken(tmp_path, FEED, feeds, AT)) <= {"W002", "W003"}
    assert len(messages(feeds)["vehicle-positions"].entity) > 1


@pytest.mark.parametrize("changes", [*([each] for each in CHANGES), CHANGES], ids=lambda each: "+".join(one.kind for one in each))
def test_a_day_with_changes_breaks_no_rule(changes: list[Told], tmp_path: Path):
    runs, alerts = day_told(*changes)
    assert set(broken(tmp_path, FEED, feeds_of(SCHEDULE, runs, alerts, AT), AT)) <= UNAVOIDABLE


@pytest.mark.parametrize("mark", ["old_position", "bad_clock", "off_route", "unlikely", "timetable_only"])
def test_a_marked_forecast_is_told_as_no_data_and_breaks_no_rule(mark: str, tmp_path: Path):
    runs, _alerts = day_told()
    marked = [replace(run, forecast=replace(run.forecast, mark=mark) if run.forecast else None, is_off_route=mark == "off_route")
              for run in runs]  # fmt: skip
    feeds = feeds_of(SCHEDULE, marked, [], AT)
    assert set(broken(tmp_path, FEED, feeds, AT)) <= UNAVOIDABLE
    updates = [entity.trip_update for entity in messages(feeds)["trip-updates"].entity]
    assert updates
    stops = [stop for each in updates for stop in each.stop_time_update]
    assert all(stop.schedule_relationship == NO_DATA and not stop.HasField("arrival") for stop in stops)
    assert all(entity.vehicle.HasField("trip") == (mark != "off_route") for entity in messages(feeds)["vehicle-positions"].entity)


def updates_of(*changes: Told) -> dict[str, realtime.TripUpdate]:
    runs, alerts = day_told(*changes)
    found = messages(feeds_of(SCHEDULE, runs, alerts, AT))["trip-updates"]
    return {entity.trip_update.trip.trip_id: entity.trip_update for entity in found.entity}


def test_stops_not_served_are_skipped_and_those_after_keep_their_times():
    stops = updates_of(CHANGES[0])["o17"].stop_time_update
    assert [(stop.stop_sequence, stop.stop_id) for stop in stops] == [(n + 1, f"s{n}") for n in range(town.STOPS)]
    assert [stop.stop_id for stop in stops if stop.schedule_relationship == SKIPPED] == ["s9"]
    assert all(stop.arrival.time and stop.arrival.uncertainty == 50 for stop in stops if stop.stop_id != "s9")


def test_a_bus_on_its_way_round_is_told_by_the_stops_of_the_timetable():
    stops = updates_of(CHANGES[1])["o17"].stop_time_update
    assert [stop.stop_id for stop in stops if stop.schedule_relationship == SKIPPED] == ["s4", "s5"]
    times = [stop.arrival.time for stop in stops if stop.schedule_relationship == 0]
    assert times == sorted(times)
    assert all(stop.stop_id in SCHEDULE.stops for stop in stops)


def test_a_bus_that_has_left_the_stops_behind_tells_only_those_ahead():
    for changes in ((), (CHANGES[0],), (CHANGES[1],)):
        runs, _alerts = day_told(*changes)
        for run in runs:
            found = messages(feeds_of(SCHEDULE, [run], [], AT))["trip-updates"].entity
            if found and run.is_driven and run.forecast:
                own = run.planned.original or run.planned.trip
                behind = {run.planned.trip.pattern.stop_ids[place] for place in range(run.forecast.first_stop)}
                told_stops = [stop.stop_id for stop in found[0].trip_update.stop_time_update]
                assert told_stops == list(own.pattern.stop_ids[-len(told_stops) :])
                assert not behind & set(told_stops)


def test_cancelled_added_and_delayed_trips_say_so():
    assert updates_of(CHANGES[2])["b16"].trip.schedule_relationship == realtime.TripDescriptor.CANCELED
    assert not updates_of(CHANGES[2])["b16"].stop_time_update
    added = updates_of(CHANGES[4])["b3-extra5-100700"]
    assert (added.trip.schedule_relationship, added.trip.start_time) == (realtime.TripDescriptor.ADDED, "10:07:00")
    assert len(added.stop_time_update) == town.STOPS
    assert updates_of(CHANGES[5])["o20"].stop_time_update[0].arrival.delay == 540
    assert not [name for name in updates_of(CHANGES[4], replace(CHANGES[3], change_id=11, lines=NONE, details={"last": "10:10"}))
                if name == "b3-extra5-102100"]  # fmt: skip


def test_an_alert_speaks_both_languages_and_names_whom_it_concerns():
    runs, alerts = day_told(CHANGES[0])
    alert = messages(feeds_of(SCHEDULE, runs, alerts, AT))["alerts"].entity[0].alert
    assert {each.language: each.text for each in alert.header_text.translation} == {
        "zh": "1路不停靠s9", "en": "Route 1: no service at s9",
    }  # fmt: skip
    assert [(each.route_id, each.stop_id) for each in alert.informed_entity] == [("line-o", "s9")]
    assert (alert.effect, alert.cause) == (realtime.Alert.NO_SERVICE, realtime.Alert.CONSTRUCTION)


def test_ids_last_and_the_same_facts_make_the_same_bytes():
    first, again, later = (feeds_of(SCHEDULE, *day_told(*CHANGES), at) for at in (AT, AT, AT + 10))
    assert first == again
    ids = [{entity.id for entity in message["all"].entity} for message in map(messages, (first, later))]
    assert ids[0] == ids[1]
    assert len(ids[0]) == len(messages(first)["all"].entity)


def test_a_bus_on_two_trips_is_told_on_the_one_it_was_seen_on_last():
    runs, _alerts = day_told()
    seen = [run for run in runs if run.is_driven][:2]
    twice = [replace(seen[0], bus=seen[1].bus, place=replace(seen[0].place, at=AT - 30)), seen[1]]
    found = messages(feeds_of(SCHEDULE, twice, [], AT))
    assert [entity.vehicle.trip.trip_id for entity in found["vehicle-positions"].entity] == [seen[1].planned.trip.trip_id]
    assert sum(entity.trip_update.HasField("vehicle") for entity in found["trip-updates"].entity) == 1


def test_a_position_too_old_is_not_told():
    runs, _alerts = day_told()
    old = [replace(run, place=replace(run.place, at=AT - 91)) if run.place else run for run in runs]
    assert not messages(feeds_of(SCHEDULE, old, [], AT))["vehicle-positions"].entity


def test_without_a_timetable_the_feeds_are_empty_and_whole():
    for message in messages(feeds_of(None, [], [], AT)).values():
        assert (message.header.gtfs_realtime_version, message.header.timestamp, len(message.entity)) == ("2.0", int(AT), 0)


def decoded(text: str) -> list[tuple[float, float]]:
    """The other way round than `polyline`, as the format's description says."""
    values, value, shift = [], 0, 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits < 0x20:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat = lon = 0
    points = []
    for north, east in zip(values[::2], values[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append((lat / 1e5, lon / 1e5))
    return points


def test_a_polyline_is_written_as_the_format_says():
    assert polyline([38.5, 40.7, 43.252], [-120.2, -120.95, -126.453]) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


def test_a_detour_is_told_whole_to_those_who_know_trip_modifications():
    runs, alerts = day_told(CHANGES[1])
    feed = messages(feeds_of(SCHEDULE, runs, alerts, AT))
    entities = feed["trip-modifications"].entity
    (shape,) = [each.shape for each in entities if each.HasField("shape")]
    (stop,) = [each.stop for each in entities if each.HasField("stop")]
    (told_of_it,) = [each.trip_modifications for each in entities if each.HasField("trip_modifications")]
    planned = next(run.planned for run in runs if -1 in run.planned.origin)
    assert (stop.stop_id, stop.stop_name.translation[0].text) == ("tmp-2-0", "临时站")
    assert (round(stop.stop_lat, 4), round(stop.stop_lon, 4)) == (round(SIDE["lat"], 4), round(SIDE["lon"], 4))
    way = decoded(shape.encoded_polyline)
    assert min(abs(lat - SIDE["lat"]) + abs(lon - SIDE["lon"]) for lat, lon in way) < 2e-4
    trips = told_of_it.selected_trips[0]
    assert trips.shape_id == shape.shape_id
    assert set(trips.trip_ids) == {run.planned.trip.trip_id for run in runs if -1 in run.planned.origin}
    assert list(told_of_it.service_dates) == ["20260304"]
    (piece,) = told_of_it.modifications
    assert (piece.start_stop_selector.stop_id, piece.end_stop_selector.stop_id) == ("s4", "s5")
    assert (piece.start_stop_selector.stop_sequence, piece.end_stop_selector.stop_sequence) == (5, 6)
    assert [each.stop_id for each in piece.replacement_stops] == ["tmp-2-0"]
    assert 0 < piece.replacement_stops[0].travel_time_to_stop == round(planned.trip.arrivals[4] - planned.trip.arrivals[3])
    assert piece.propagated_modification_delay == round(planned.trip.arrivals[5] - planned.original.arrivals[6])
    assert piece.service_alert_id in {each.id for each in feed["alerts"].entity}
    assert not [each for each in feed["all"].entity if each.HasField("trip_modifications")]


def test_without_a_detour_nothing_is_modified():
    runs, alerts = day_told(CHANGES[0])
    assert not messages(feeds_of(SCHEDULE, runs, alerts, AT))["trip-modifications"].entity
