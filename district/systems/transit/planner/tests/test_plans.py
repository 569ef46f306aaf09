"""Trip plans over the demonstration's timetable: on time, late, cancelled, changed, without steps, by page and interface."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from district.kernel.clock import CHINA, stopped_at

from ...demo.network import feed
from ...forecasts.planned import plan_of
from ...models import Bus, Change, Edition, Forecast, Run
from ..planning import Asked, Spot
from ..queries import find_journeys, network_of_day, networks

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=CHINA)
FEED = feed(NOON.date() - timedelta(days=3), NOON.date() + timedelta(days=3))
FROM, TO = "北郊镇公交站", "永安街道公交站"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def edition() -> Iterator[Edition]:
    with stopped_at(NOON):
        networks.clear()
        yield Edition.objects.create(
            pk=77_011, title="演示", state="published", valid_from=NOON.date() - timedelta(days=3),
            valid_to=NOON.date() + timedelta(days=3),
            feed=FEED, sha256="0" * 64, published_at=NOON,
        )  # fmt: skip
    networks.clear()


def spot(name: str) -> Spot:
    net = network_of_day(NOON.date())
    assert net is not None
    stops = [stop for stop in net.schedule.stops.values() if stop.name == name]
    return Spot(stops[0].lat, stops[0].lon, name, tuple(stop.stop_id for stop in stops))


def asked(**fields: Any) -> Asked:
    return Asked(**({"begin": spot(FROM), "end": spot(TO), "at": NOON.timestamp()} | fields))


def run_of(planned: Any, edition: Edition, **fields: Any) -> Run:
    return Run.objects.create(**({
        "day": planned.day, "trip_id": planned.trip.trip_id, "start_time": planned.start_time, "edition": edition,
        "route_id": planned.trip.route_id, "direction": planned.trip.direction, "state": "running",
        "begins_at": datetime.fromtimestamp(planned.begins_at, CHINA), "ends_at": datetime.fromtimestamp(planned.ends_at, CHINA),
    } | fields))  # fmt: skip


def first_ride(**fields: Any) -> Any:
    found = find_journeys(asked(**fields))
    assert found
    return found[0], next(leg for leg in found[0].legs if leg.trip is not None)


def test_a_direct_line_is_found_with_its_planned_times_and_said_to_be_from_the_timetable():
    journey, ride = first_ride()
    assert (ride.trip.trip.route_id, journey.rides, ride.is_live) == ("L1", 1, False)
    assert journey.leaves >= NOON.timestamp()
    assert all(call.at == pytest.approx(call.planned, abs=1) for call in ride.calls)


def test_arriving_by_an_instant_leaves_as_late_as_can_be_and_no_later_arrival_is_told():
    by = NOON.timestamp() + 7200
    found = find_journeys(asked(at=by, is_arrival=True))
    assert found
    assert all(each.arrives <= by for each in found)
    leaving = [each.leaves for each in found]
    assert leaving == sorted(leaving, reverse=True)
    later = find_journeys(asked(at=leaving[0] + 1))
    assert later is not None
    assert all(each.arrives > by or each.rides == 0 for each in later)


def test_a_late_bus_is_late_in_the_plan_too_and_one_that_has_passed_cannot_be_caught(edition: Edition):
    _journey, ride = first_ride()
    planned, late_s = ride.trip, 900
    run = run_of(planned, edition, bus=Bus.objects.create(number="D001"))
    times = [round(planned.midnight + each) + late_s for each in planned.trip.arrivals]
    Forecast.objects.create(run=run, made_at=NOON, first_stop=0, arrivals=times, departures=times, earliest=times,
                            latest=times, source="model")  # fmt: skip
    networks.clear()
    found = find_journeys(asked()) or []
    same = [leg for each in found for leg in each.legs if leg.live is not None and leg.live.run_id == run.pk]
    assert same
    assert same[0].is_live
    assert same[0].calls[0].at - same[0].calls[0].planned == pytest.approx(late_s, abs=25)
    Forecast.objects.filter(run=run).update(first_stop=5, arrivals=times[5:], departures=times[5:])
    networks.clear()
    assert not [leg for each in find_journeys(asked()) or [] for leg in each.legs
                if leg.live is not None and leg.live.run_id == run.pk]  # fmt: skip


@pytest.mark.parametrize("state", ["cancelled", "unlikely"])
def test_what_will_not_come_is_in_no_plan(edition: Edition, state: str):
    _journey, ride = first_ride()
    run_of(ride.trip, edition, state=state)
    networks.clear()
    _other, next_ride = first_ride()
    assert next_ride.trip.key != ride.trip.key


def test_a_skipped_stop_is_walked_around_and_the_change_is_told(client: Client):
    _journey, ride = first_ride()
    gone = ride.begin_id
    change = Change.objects.create(kind="skip", title="北郊站停靠取消", stops=[gone], lines=["L1"], state="published",
                                   begin_at=NOON - timedelta(hours=1), published_at=NOON)  # fmt: skip
    networks.clear()
    told = client.get("/api/transit/plan", {"from": FROM, "to": TO, "at": "2026-11-25T12:00"}).json()
    rides = [leg for each in told["journeys"] for leg in each["legs"] if leg["kind"] == "ride" and leg["line"] == "L1"]
    assert rides
    assert all(leg["from"]["id"] != gone for leg in rides)
    assert [alert["id"] for alert in told["alerts"]] == [change.pk]


def test_without_steps_only_known_stops_and_buses_are_used():
    found = find_journeys(asked(begin=spot("城北路街道公交站")), only_accessible=True)
    net = network_of_day(NOON.date())
    assert found is not None
    assert net is not None
    for leg in (leg for each in found for leg in each.legs if leg.trip is not None):
        assert leg.trip.trip.is_accessible
        assert net.schedule.stops[leg.begin_id].is_accessible
        assert net.schedule.stops[leg.end_id].is_accessible


def test_the_page_answers_in_words_and_a_position_sent_by_post_stands_in_no_address(client: Client):
    body = client.get("/transit/plan/", {"from": FROM, "to": TO, "at": "2026-11-25T12:00"}).content.decode()
    assert "演示1路" in body
    assert "按时刻表，无实时位置" in body
    answer = client.post("/transit/plan/", {"from": "36.856,117.884", "to": TO, "at": "2026-11-25T12:00"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "步行" in answer.content.decode()


@pytest.mark.parametrize(("given", "field", "code"), [
    ({"from": "没有这个地方", "to": TO}, "from", "spot_unknown"),
    ({"from": "大街", "to": TO}, "from", "spot_ambiguous"),
    ({"from": "0,0", "to": TO}, "from", "spot_far"),
    ({"from": "12,abc", "to": TO}, "from", "spot_not_numbers"),
    ({"from": "stop:nowhere", "to": TO}, "from", "stop_unknown"),
    ({"from": "", "to": TO}, "from", "spot_missing"),
    ({"from": TO, "to": TO}, "to", "same_place"),
    ({"from": FROM, "to": TO, "at": "yesterday"}, "at", "at_unreadable"),
    ({"from": FROM, "to": TO, "at": "2031-01-01T00:00"}, "at", "at_far"),
    ({"from": FROM, "to": TO, "at": "2026-12-20T08:00"}, "at", "no_timetable"),
    ({"from": FROM, "to": TO, "walk": "far"}, "walk", "walk_unreadable"),
    ({"from": FROM, "to": TO, "by": "bike"}, "by", "by_unknown"),
])  # fmt: skip
def test_what_cannot_be_answered_is_refused_by_field_with_a_code(client: Client, given: dict[str, str], field: str, code: str):
    answer = client.get("/api/transit/plan", given)
    assert (answer.status_code, answer.json()["errors"][field]["code"]) == (400, code)
    assert client.get("/transit/plan/", given).status_code == (200 if code == "spot_missing" and not any(given.values()) else 400)


def test_the_drawing_of_the_network_lies_where_the_stops_are(client: Client):
    drawing = client.get("/transit/plan/network.json").json()
    lats = [lat for line in drawing["lines"] for lat, _lon in line["points"]]
    assert len(drawing["lines"]) == 6
    assert 36.6 < min(lats) < max(lats) < 36.95
    assert plan_of(NOON.date()) is not None
