"""A change typed once is seen on phones, screens, in the trip planner, at the dispatcher's and in GTFS-Realtime, at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from google.transit import gtfs_realtime_pb2 as realtime

from district.kernel.clock import CHINA, now
from district.systems.transit.changes import actions
from district.systems.transit.feeds import publishing
from district.systems.transit.forecasts.planned import plan_of
from district.systems.transit.forecasts.queries import arrivals_at, run_ahead
from district.systems.transit.models import Bus, Edition, PublishedFeed, Run
from district.systems.transit.tests import town
from district.systems.transit.tests.editions import town_edition
from district.testing.people import account

pytestmark = pytest.mark.django_db
SIDE = {"name": "桥头临时站", "lat": town.LAT + 0.003, "lon": town.LON + 0.02}


@pytest.fixture
def edition() -> Edition:
    return town_edition()


@pytest.fixture
def nine(edition: Edition) -> datetime:
    """Nine o'clock tomorrow: no trip of it is over, whatever time it is now."""
    return now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


def announce(kind: str, nine: datetime, **fields):
    typed = actions.Typed(kind, nine - timedelta(hours=40), nine + timedelta(hours=40), lines=("line-o",), **fields)
    return actions.announce(typed, None)


def alerts(kind: str = "alerts") -> list[realtime.FeedEntity]:
    publishing.renew()
    body = bytes(PublishedFeed.objects.get(kind=kind).body)
    return list(realtime.FeedMessage.FromString(body).entity)


def test_a_stop_not_served_is_told_to_passengers_screens_planner_and_other_applications(client: Client, nine: datetime):
    change = announce("skip", nine, stops=("s9",))
    arrivals = arrivals_at(["s9"], nine, line="line-o")
    assert arrivals
    assert all(each.is_skipped and change.pk in each.changes for each in arrivals)
    board = client.get("/api/transit/arrivals?stops=s9")
    assert board.status_code == 200
    assert change.title in board.content.decode()
    assert change.title in client.get("/transit/stops/s9/").content.decode()
    assert change.title in client.get("/transit/lines/line-o/").content.decode()
    asked = {"from": "stop:s2", "to": "stop:s9", "at": f"{nine:%Y-%m-%dT%H:%M}"}
    rides = client.get("/api/transit/plan", asked)
    legs = [leg for journey in rides.json()["journeys"] for leg in journey["legs"] if leg["kind"] == "ride"]
    assert legs
    # The other line back still calls there.
    assert "s9" not in {leg["to"]["id"] for leg in legs if leg["line"] == "line-o"}
    assert [entity.id for entity in alerts()] == [f"alert-{change.pk}"]


def test_a_detour_with_a_temporary_stop_leaves_every_page_whole(client: Client, edition: Edition, nine: datetime):
    change = announce("detour", nine, details={"from_stop": "s3", "to_stop": "s6", "stops": [SIDE], "path": []})
    planned = next(each for each in plan_of(nine.date()).trips if each.state == "modified" and each.begins_at > nine.timestamp())
    run = Run.objects.create(
        day=planned.day, trip_id=planned.trip.trip_id, start_time=planned.start_time, edition=edition, route_id="line-o",
        direction="0", begins_at=nine, ends_at=nine, state="running", bus=Bus.objects.create(number="D9"), next_stop=4,
        seen_at=nine, lon=SIDE["lon"], lat=SIDE["lat"], along_m=1300, delay_s=60, speed_kmh=20,
    )  # fmt: skip
    assert [stop.name for stop in run_ahead(run.pk, nine)][3:6] == ["s3", "桥头临时站", "s6"]
    assert [each.stop_id for each in arrivals_at([f"tmp-{change.pk}-0"], nine)]
    client.force_login(account("transit.dispatcher", "transit.operator"))
    for address in ("live-map/", "board/", "diagram/", "changes/", f"changes/{change.pk}/", "stops/s4/", "lines/line-o/", ""):
        assert client.get(f"/transit/{address}").status_code == 200, address
    asked = {"from": "stop:s2", "to": "stop:s9", "at": f"{nine:%Y-%m-%dT%H:%M}"}
    assert client.get("/api/transit/plan", asked).status_code == 200
    assert "桥头临时站" in alerts()[0].alert.description_text.translation[0].text


def test_cancelled_and_extra_trips_are_in_the_plan_of_the_day(client: Client, nine: datetime):
    announce("early_last", nine, details={"last": "17:00"})
    announce("extra", nine, details={"like": "o3", "starts": ["09:07"]})
    plan = plan_of(nine.date())
    assert any(each.state == "added" and each.start_time == "09:07:00" for each in plan.trips)
    late = arrivals_at(["s5"], nine.replace(hour=17, minute=30), line="line-o")
    assert late
    assert all(each.is_cancelled for each in late if each.start_time > "17:00:00")
    soon = [each for each in arrivals_at(["s5"], nine) if "extra" in each.trip_id]
    assert [each.start_time for each in soon] == ["09:07:00"]
