"""What anybody gets at our addresses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from google.transit import gtfs_realtime_pb2 as realtime

from district.kernel.clock import CHINA, now
from district.systems.transit.changes import actions
from district.systems.transit.editions.queries import schedule_in_force
from district.systems.transit.feeds.building import KINDS
from district.systems.transit.feeds.tests.rules import broken
from district.systems.transit.forecasts.planned import plan_of
from district.systems.transit.models import Bus, Edition, Forecast, PublishedFeed, Run
from district.systems.transit.tests.editions import town_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten_o_clock(monkeypatch: pytest.MonkeyPatch):
    """The clock stands at ten in the morning, moved on by the test."""
    at = [now().astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0)]
    for module in ("feeds.publishing", "changes.actions"):
        monkeypatch.setattr(f"district.systems.transit.{module}.now", lambda: at[0])
    return at


@pytest.fixture
def edition() -> Edition:
    return town_edition()


def feed(client: Client, kind: str) -> realtime.FeedMessage:
    return realtime.FeedMessage.FromString(client.get(f"/transit/gtfs-rt/{kind}.pb").content)


def drive(edition: Edition, at, late_s: int = 90) -> list[Run]:
    """All trips of the hour as the live process would write them."""
    made = []
    for number, planned in enumerate(plan_of(at.date()).trips):
        arrivals = planned.midnight + planned.trip.arrivals + late_s
        if planned.ends_at < at.timestamp() or planned.begins_at > at.timestamp() + 1800:
            continue
        first = int((arrivals <= at.timestamp()).sum())
        if first == len(arrivals):
            continue
        along = np.interp(at.timestamp(), arrivals, planned.trip.pattern.stops_at)
        pattern, schedule = planned.trip.pattern, schedule_in_force()
        east = float(np.interp(along, pattern.at, pattern.line[:, 0]))
        lon = schedule.plane.longitude + east / 111_194.93 / np.cos(np.radians(schedule.plane.latitude))
        bus = Bus.objects.create(number=f"T{number:03d}", plate=f"演示T{number:04d}", is_accessible=True)
        run = Run.objects.create(
            day=planned.day, trip_id=planned.trip.trip_id, start_time=planned.start_time, edition=edition, bus=bus,
            route_id=planned.trip.route_id, direction=planned.trip.direction, state="running" if first else "expected",
            begins_at=at, ends_at=at, seen_at=at - timedelta(seconds=7) if first else None, lon=lon, lat=schedule.plane.latitude,
            speed_kmh=30, along_m=along, next_stop=first, occupancy=35,
        )  # fmt: skip
        times = [round(each) for each in arrivals[first:]]
        Forecast.objects.create(
            run=run, made_at=at - timedelta(seconds=4), seen_at=at, first_stop=first, arrivals=times, departures=times,
            earliest=[each - 30 for each in times], latest=[each + 50 for each in times], source="model",
        )  # fmt: skip
        made.append(run)
    return made


def test_live_runs_are_told_and_break_no_rule_with_the_published_timetable(client: Client, edition, ten_o_clock, tmp_path: Path):
    runs = drive(edition, ten_o_clock[0])
    kinds = ("trip-updates", "vehicle-positions", "alerts")
    bodies = {kind: client.get(f"/transit/gtfs-rt/{kind}.pb").content for kind in kinds}
    assert len(feed(client, "trip-updates").entity) == len(runs)
    assert len(feed(client, "vehicle-positions").entity) == sum(run.state == "running" for run in runs) > 0
    found = broken(tmp_path, client.get("/transit/gtfs.zip").getvalue(), bodies, ten_o_clock[0].timestamp())
    assert set(found) <= {"W002", "W003"}


def test_a_change_just_published_is_told_everywhere_within_a_minute(client: Client, edition: Edition, ten_o_clock):
    drive(edition, ten_o_clock[0])
    assert not feed(client, "alerts").entity
    yesterday = ten_o_clock[0] - timedelta(days=1)
    change = actions.announce(actions.Typed("skip", yesterday, None, lines=("line-o",), stops=("s9",)), None)
    ten_o_clock[0] += timedelta(seconds=11)
    assert [entity.id for entity in feed(client, "alerts").entity] == [f"alert-{change.pk}"]
    skipped = [
        entity.trip_update.trip.route_id for entity in feed(client, "trip-updates").entity
        for stop in entity.trip_update.stop_time_update if stop.schedule_relationship == 1 and stop.stop_id == "s9"
    ]  # fmt: skip
    assert set(skipped) == {"line-o"}
    assert change.title in client.get("/transit/stops/s9/").content.decode()
    actions.end(change, None)
    ten_o_clock[0] += timedelta(seconds=11)
    assert not feed(client, "alerts").entity


def test_all_processes_tell_the_same_bytes_until_they_are_renewed(client: Client, edition: Edition, ten_o_clock):
    first = client.get("/transit/gtfs-rt/all.pb")
    assert first["Content-Type"] == "application/x-protobuf"
    assert client.get("/transit/gtfs-rt/all.pb", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    assert client.get("/transit/gtfs-rt/all.pb", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    ten_o_clock[0] += timedelta(seconds=9)
    assert client.get("/transit/gtfs-rt/all.pb").content == first.content
    ten_o_clock[0] += timedelta(seconds=2)
    later = client.get("/transit/gtfs-rt/all.pb", HTTP_IF_NONE_MATCH=first["ETag"])
    assert later.status_code == 200
    made = realtime.FeedMessage.FromString(later.content).header.timestamp
    assert made == int(ten_o_clock[0].timestamp()) > realtime.FeedMessage.FromString(first.content).header.timestamp


def test_the_same_is_to_be_seen_as_json_and_what_is_not_told_is_not_there(client: Client, edition: Edition):
    seen = client.get("/transit/gtfs-rt/alerts.json").json()
    assert seen["header"]["gtfs_realtime_version"] == "2.0"
    assert client.get("/transit/gtfs-rt/passwords.pb").status_code == 404
    assert PublishedFeed.objects.count() == len(KINDS)


def test_the_page_of_open_data_names_every_address(client: Client, edition: Edition):
    shown = client.get("/transit/open-data/").content.decode()
    feeds = ("trip-updates.pb", "vehicle-positions.pb", "alerts.pb", "all.json")
    for address in ("gtfs.zip", *(f"gtfs-rt/{each}" for each in feeds)):
        assert address in shown
