from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from district.systems.transit import schedule
from district.systems.transit.matching import matched
from district.systems.transit.passages import runs_of
from district.systems.transit.plane import Plane, lengths_along, projected
from district.systems.transit.schedule import FeedError, Pattern, Schedule, Trip, stops_along

from . import town


@pytest.fixture(scope="module")
def timetable() -> Schedule:
    return schedule.read(town.feed())


@pytest.fixture(scope="module")
def driven() -> town.Day:
    return town.days(1)[0]


def around_the_block() -> Trip:
    """A loop that begins and ends at one place, and passes one street twice."""
    line = np.array([[0, 0], [800, 0], [800, 600], [0, 600], [0, 0], [800, 0], [1600, 0]], dtype=float)
    at = lengths_along(line)
    pattern = Pattern(0, "loop", tuple("abcdefg"), line, at, at, True)
    planned = at / 8.0
    return Trip("t", "loop", "daily", "0", "", pattern, planned, planned, np.zeros(7, dtype=bool))


def test_passages_are_found_again_from_noisy_positions(timetable: Schedule, driven: town.Day):
    runs = runs_of(timetable, driven.positions)
    assert len(runs) == len(timetable.trips)
    errors = [run.passed_at[stop] - driven.truth[run.trip.trip_id, stop]
              for run in runs for stop in range(1, town.STOPS) if np.isfinite(run.passed_at[stop])]  # fmt: skip
    assert len(errors) > 0.97 * len(runs) * (town.STOPS - 1)
    assert np.quantile(np.abs(errors), 0.95) < 30


def test_a_passage_is_not_known_before_the_position_behind_it(timetable: Schedule, driven: town.Day):
    for run in runs_of(timetable, driven.positions):
        known = np.isfinite(run.passed_at)
        assert (run.known_at[known] >= run.passed_at[known]).all()
        assert (np.diff(run.passed_at[known]) >= 0).all()


def test_trips_are_found_where_vehicles_do_not_say_them(timetable: Schedule, driven: town.Day):
    runs = runs_of(timetable, driven.positions.assign(trip_id="", route_id=""))
    told = {(run.vehicle, run.trip.trip_id) for run in runs_of(timetable, driven.positions)}
    found = {(run.vehicle, run.trip.trip_id) for run in runs}
    assert len(found & told) >= 0.9 * len(told)
    assert len(found - told) <= 0.05 * len(told)
    assert len({run.trip.trip_id for run in runs}) == len(runs)


def test_trips_are_found_where_one_bus_goes_out_and_back_between_drives_to_the_depot(timetable: Schedule):
    """Sparse positions; the row before a trip lies off its line, that at the terminal belongs to both trips."""
    driven = town.day(date(2026, 3, 2), seed=5, every_s=150.0).positions
    driven["vehicle"] = driven["vehicle"].str[:-1]
    depot = driven.groupby("trip_id", sort=False).first().reset_index()
    depot = depot.assign(at=depot["at"] - 100.0, lat=depot["lat"] + 0.02).loc[lambda rows: rows["trip_id"].str[0] == "o"]
    rows = pd.concat([driven, depot]).sort_values(["vehicle", "at"], ignore_index=True)
    runs = runs_of(timetable, rows.assign(trip_id="", route_id=""))
    # In the rush hours a bus is later than the next one is planned: which trip it is nobody can tell.
    quiet = {f"{way}{number}" for way in "ob" for number in range(16, 36)}
    told = {(vehicle, trip) for vehicle, trip in zip(driven["vehicle"], driven["trip_id"], strict=True) if trip in quiet}
    assert len({(run.vehicle, run.trip.trip_id) for run in runs} & told) >= 0.9 * len(told)


def test_the_two_passes_of_a_loop_are_told_apart():
    trip = around_the_block()
    at = np.arange(0.0, trip.arrivals[-1], 20.0)
    chance = np.random.default_rng(1)
    truth = np.interp(at, trip.arrivals, trip.pattern.stops_at)
    line, along = trip.pattern.line, trip.pattern.at
    places = np.column_stack([np.interp(truth, along, line[:, axis]) for axis in (0, 1)]) + chance.normal(0, 15, (len(at), 2))
    found = matched(places, at + 120.0, trip, 0.0)
    assert np.abs(found.along - truth).max() < 80


def test_positions_off_the_line_are_not_put_on_it():
    trip = around_the_block()
    at = np.arange(0.0, 200.0, 20.0)
    places = np.column_stack((np.interp(at, trip.arrivals, trip.pattern.stops_at), np.zeros(len(at))))
    places[4] = (400.0, -2000.0)
    found = matched(places, at, trip, 0.0)
    assert found.is_on.tolist() == [number != 4 for number in range(len(at))]


def test_stops_along_a_line_never_go_back():
    trip = around_the_block()
    found = stops_along(trip.pattern.line, trip.pattern.at, trip.pattern.line)
    assert found is not None
    assert np.allclose(found, trip.pattern.at)
    assert stops_along(trip.pattern.line, trip.pattern.at, np.array([[0.0, 0.0], [0.0, 5000.0]])) is None


def test_a_place_is_projected_on_the_nearest_of_a_piece():
    line = np.array([[0.0, 0.0], [100.0, 0.0]])
    distance, along = projected(np.array([[50.0, 30.0], [150.0, 0.0]]), line, lengths_along(line))
    assert distance[:, 0].tolist() == [30.0, 50.0]
    assert along[:, 0].tolist() == [50.0, 100.0]


def test_metres_of_a_degree_are_those_of_the_sphere():
    plane = Plane(36.8, 117.86)
    east, north = plane.metres(np.array([36.81]), np.array([117.87]))[0]
    assert (round(north), round(east)) == (1112, 890)


@pytest.mark.parametrize(("content", "code"), [(b"no zip", "feed_not_zip"), (None, "feed_file_missing")])
def test_a_feed_of_no_use_says_why(content: bytes | None, code: str):
    import io
    import zipfile

    if content is None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("agency.txt", "agency_timezone\nAsia/Shanghai\n")
        content = made.getvalue()
    with pytest.raises(FeedError) as refused:
        schedule.read(content)
    assert refused.value.code == code


def test_times_between_timepoints_are_filled_by_distance(timetable: Schedule):
    trip = timetable.trips["o0"]
    blank = trip.arrivals.copy()
    blank[1:-1] = np.nan
    arrivals, _departures = schedule._filled(blank, blank, trip.pattern.stops_at) or (None, None)
    assert arrivals is not None
    assert np.allclose(arrivals, trip.arrivals, atol=2)
