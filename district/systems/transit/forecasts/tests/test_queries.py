"""What is told of buses to come, from the timetable and from forecasts."""

from datetime import date, datetime, timedelta

import pytest

from district.kernel.clock import CHINA
from district.systems.transit.forecasts.planned import plan_of
from district.systems.transit.forecasts.queries import arrivals_at, run_ahead, vehicles
from district.systems.transit.models import Bus, Change, Edition, Forecast, Run
from district.systems.transit.tests import town

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
EIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=CHINA)


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        title="城", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), feed=town.feed(),
        sha256="0" * 64, published_at=EIGHT - timedelta(days=30),
    )  # fmt: skip


def test_without_a_run_the_timetable_is_told_with_its_mark(edition: Edition) -> None:
    found = arrivals_at(["s3"], EIGHT, with_ending=True)
    assert found
    assert {each.mark for each in found} == {"timetable_only"}
    assert [each.expected_at for each in found] == sorted(each.expected_at for each in found)
    outward = next(each for each in found if each.line.route_id == "line-o")
    assert outward.planned_at == EIGHT + timedelta(seconds=240)
    assert outward.earliest is None


def test_the_last_bus_of_the_day_is_said_so_and_ending_ones_are_left_out(edition: Edition) -> None:
    evening = EIGHT.replace(hour=18)
    assert [each.is_last for each in arrivals_at(["s3"], evening) if each.line.route_id == "line-o"][-1]
    assert not [each for each in arrivals_at(["s13"], EIGHT) if each.line.route_id == "line-o"]


def _run(edition: Edition, **fields: object) -> Run:
    plan = plan_of(DAY)
    assert plan is not None
    planned = plan.by_key[DAY, "o8", "08:00:00"]
    bus = Bus.objects.create(number="D001", is_accessible=True)
    begin = datetime.fromtimestamp(planned.begins_at, CHINA)
    return Run.objects.create(**({
        "day": DAY, "trip_id": "o8", "start_time": "08:00:00", "edition": edition, "route_id": "line-o", "direction": "0",
        "begins_at": begin, "ends_at": datetime.fromtimestamp(planned.ends_at, CHINA), "bus": bus, "state": "running",
        "seen_at": begin, "lon": 117.86, "lat": 36.8, "along_m": 500.0, "delay_s": 60.0, "next_stop": 2,
    } | fields))  # fmt: skip


def _forecast(run: Run, made_at: datetime) -> None:
    at = [int(EIGHT.timestamp()) + 200 + 80 * each for each in range(12)]
    Forecast.objects.create(
        run=run, made_at=made_at, first_stop=2, arrivals=at, departures=at, earliest=[each - 40 for each in at],
        latest=[each + 90 for each in at], source="model",
    )  # fmt: skip


def test_a_forecast_is_told_with_interval_delay_and_way_to_go(edition: Edition) -> None:
    _forecast(_run(edition), EIGHT)
    arrival = next(each for each in arrivals_at(["s5"], EIGHT) if each.trip_id == "o8")
    assert (arrival.mark, arrival.source, arrival.bus, arrival.is_accessible) == ("", "model", "D001", True)
    assert arrival.expected_at == EIGHT + timedelta(seconds=440)
    assert arrival.delay_s == 40
    assert arrival.stops_away == 3
    assert arrival.metres_away == pytest.approx(1500, abs=5)


def test_a_bus_that_has_passed_is_told_no_more(edition: Edition) -> None:
    _forecast(_run(edition), EIGHT)
    assert "o8" not in [each.trip_id for each in arrivals_at(["s1"], EIGHT)]


def test_a_forecast_that_nobody_renews_is_marked_and_then_gives_way_to_the_timetable(edition: Edition) -> None:
    _forecast(_run(edition), EIGHT - timedelta(minutes=5))
    assert next(each for each in arrivals_at(["s9"], EIGHT) if each.trip_id == "o8").mark == "old_position"
    Forecast.objects.update(made_at=EIGHT - timedelta(minutes=20))
    arrival = next(each for each in arrivals_at(["s9"], EIGHT) if each.trip_id == "o8")
    assert (arrival.mark, arrival.source, arrival.delay_s) == ("timetable_only", "timetable", 0.0)


def test_a_cancelled_trip_is_told_as_such_at_once(edition: Edition) -> None:
    assert not next(each for each in arrivals_at(["s9"], EIGHT) if each.trip_id == "o8").is_cancelled
    Change.objects.create(kind="cancel", title="取消", trips=["o8"], state="published", begin_at=EIGHT, published_at=EIGHT)
    assert next(each for each in arrivals_at(["s9"], EIGHT) if each.trip_id == "o8").is_cancelled


def test_vehicles_and_all_stops_of_a_run(edition: Edition) -> None:
    run = _run(edition)
    _forecast(run, EIGHT)
    (bus,) = vehicles("line-o", EIGHT)
    assert (bus.bus, bus.next_stop_id, bus.state) == ("D001", "s2", "running")
    stops = run_ahead(run.pk, EIGHT)
    assert len(stops) == 14
    assert stops[1].is_passed
    assert stops[2].expected_at is not None
    assert not stops[2].is_passed
