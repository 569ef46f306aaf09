"""Feeds of others, good and bad, as bytes."""

from __future__ import annotations

import bz2
import os
from pathlib import Path

import pytest
from google.transit import gtfs_realtime_pb2 as realtime
from hypothesis import given, settings
from hypothesis import strategies as st

from district.systems.transit.feeds.fetching import headers_of
from district.systems.transit.feeds.reading import FeedUnreadable, read_feed

AT = 1_772_600_000
SAMPLES = Path(os.environ.get("DISTRICT_REFERENCE", "/nowhere")) / "data" / "transit" / "gtfsrt_samples"


def feed(*vehicles: dict, version: str = "2.0", at: int = AT, **header) -> bytes:
    message = realtime.FeedMessage()
    message.header.gtfs_realtime_version, message.header.timestamp = version, at
    for name, value in header.items():
        setattr(message.header, name, value)
    for number, told in enumerate(vehicles):
        entity = message.entity.add(id=str(number))
        entity.vehicle.MergeFrom(realtime.VehiclePosition(**told))
    return message.SerializeToString()


def bus(name: str = "7", lat: float = 36.8, lon: float = 117.87, at: int = AT - 5, **more) -> dict:
    return {"vehicle": {"id": name}, "position": {"latitude": lat, "longitude": lon}, "timestamp": at, **more}


def code_of(body: bytes) -> str:
    with pytest.raises(FeedUnreadable) as refused:
        read_feed(body, AT)
    assert str(refused.value)
    return refused.value.code


def test_what_is_no_feed_is_refused_with_a_code():
    assert code_of(b"") == "empty"
    assert code_of(b"<!doctype html><title>502</title>") == "not_protobuf"
    assert code_of(b"\x89PNG\r\n\x1a\n" + bytes(200)) == "not_protobuf"
    assert code_of(feed(bus(), version="9.9")) == "bad_version"
    assert code_of(feed(bus(), at=AT * 1000)) == "bad_header_time"
    assert code_of(feed(bus(), incrementality=realtime.FeedHeader.DIFFERENTIAL)) == "differential"
    assert code_of(feed(bus())[:-9]) == "not_protobuf"


def test_a_vehicle_that_cannot_be_used_does_not_keep_the_others_out():
    found = read_feed(feed(
        bus("good"), bus("nowhere", 0, 0), bus("off the earth", 91, 0), bus("tomorrow", at=AT + 86400),
        bus("last week", at=AT - 604800), bus("in ms", at=AT * 1000), {"vehicle": {"id": "no place"}},
        bus("late", at=AT - 600), bus("late", at=AT - 300),
    ), AT)  # fmt: skip
    assert [(each.vehicle_id, each.is_late) for each in found.positions] == [("good", False), ("late", True)]
    assert found.left_out == {"no_place": 3, "future": 1, "too_old": 1, "bad_time": 1, "twice": 1}
    assert found.positions[1].at == AT - 300


def test_a_vehicle_without_a_time_has_that_of_the_feed_and_without_an_id_that_of_its_label_or_entity():
    told = bus()
    told.pop("timestamp")
    told["vehicle"] = {"label": "8路3号"}
    nameless = {**bus(), "vehicle": {}}
    found = read_feed(feed(told, nameless), AT + 30).positions
    assert [(each.vehicle_id, each.at) for each in found] == [("8路3号", AT), ("1", AT - 5)]


def test_trips_and_occupancy_are_kept():
    told = bus(trip={"trip_id": "t1", "route_id": "r", "start_time": "08:00:00", "direction_id": 1}, occupancy_status=3)
    found = read_feed(feed(told, bus("8", occupancy_percentage=55)), AT).positions
    assert (found[0].trip_id, found[0].route_id, found[0].start_time, found[0].direction) == ("t1", "r", "08:00:00", "1")
    assert [each.occupancy for each in found] == [60, 55]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes):
    try:
        found = read_feed(body, AT)
    except FeedUnreadable:
        return
    assert all(-90 <= each.lat <= 90 and each.vehicle_id for each in found.positions)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_feed_with_one_wrong_byte_is_read_or_refused(place: int, value: int):
    body = bytearray(feed(*(bus(str(number), trip={"trip_id": f"t{number}"}) for number in range(9))))
    body[place % len(body)] = value
    try:
        found = read_feed(bytes(body), AT)
    except FeedUnreadable:
        return
    assert len({each.vehicle_id for each in found.positions}) == len(found.positions)


def test_headers_are_lines_and_some_are_not_to_be_set():
    assert headers_of("X-Api-Key: abc=1\n\nApiKey:2 ") == {"X-Api-Key": "abc=1", "ApiKey": "2"}
    for wrong in ("Host: x", "no colon", "bad name: 1", "X: \x01", "键: 1"):
        with pytest.raises(ValueError):
            headers_of(wrong)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs DISTRICT_REFERENCE with data/transit/gtfsrt_samples")
@pytest.mark.parametrize(("name", "vehicles", "trips"), [
    ("bullrunner-vehicle-positions.pb", 10, 0), ("louisville-positions.pb.bz2", 78, 78),
    ("nyc-vehicle-positions.pb.bz2", 3018, 3018), ("nyc-trip-updates.pb.bz2", 0, 0),
    ("nyc-service-alerts.pb.bz2", 0, 0), ("louisville-updates.pb.bz2", 0, 0),
])  # fmt: skip
def test_recorded_feeds_of_agencies_are_read(name: str, vehicles: int, trips: int):
    body = (SAMPLES / name).read_bytes()
    body = bz2.decompress(body) if name.endswith(".bz2") else body
    made = realtime.FeedMessage.FromString(body).header.timestamp
    found = read_feed(body, made)
    assert len(found.positions) + sum(found.left_out.values()) == vehicles
    assert sum(bool(each.trip_id) for each in found.positions) >= trips * 0.97
    assert len(found.positions) >= vehicles * 0.97
