"""Buses followed as their positions are stored: which trip, where, what is forecast, and what is said of those that fail."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from django.db import connection

from district.kernel.clock import CHINA
from district.kernel.devices import position_marks as marks
from district.systems.transit.forecasts.queries import arrivals_at
from district.systems.transit.live.turns import Live
from district.systems.transit.models import Assignment, Bus, Change, Edition, Forecast, Prediction, Run
from district.systems.transit.tests import town
from district.systems.transit.tests.positions_stored import bus_with_terminal, store

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=CHINA).timestamp()


def at(text: str) -> float:
    hours, minutes = text.split(":")
    return MIDNIGHT + int(hours) * 3600 + int(minutes) * 60


def when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, CHINA)


@pytest.fixture(scope="module")
def driven() -> pd.DataFrame:
    return town.day(DAY, 7, every_s=20.0).positions


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        title="城", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), feed=town.feed(),
        sha256="0" * 64, published_at=when(MIDNIGHT) - timedelta(days=30),
    )  # fmt: skip


@pytest.fixture
def buses(edition: Edition, driven: pd.DataFrame) -> dict[str, Bus]:
    return {name: bus_with_terminal(str(number), [f"line-{name[-1]}"])
            for number, name in enumerate(sorted(driven["vehicle"].unique()))}  # fmt: skip


def play(live: Live, positions: pd.DataFrame, buses: dict[str, Bus], begin: float, end: float, step: float = 60.0) -> None:
    """Stores what was driven in turn, and lets the process have its turns."""
    positions = positions[(positions["at"] >= begin) & (positions["at"] < end)]
    step_of = ((positions["at"] - begin) // step).astype(int)
    for number in range(int((end - begin) // step)):
        part = positions[step_of == number]
        store((buses[row.vehicle].device_id, row.at, row.lat, row.lon, 20.0) for row in part.itertuples())
        live.turn(when(begin + (number + 1) * step))


def started(begin: float) -> Live:
    live = Live()
    live.start(when(begin))
    return live


def test_buses_are_found_on_their_trips_followed_and_forecast(buses: dict[str, Bus], driven: pd.DataFrame) -> None:
    begin, end = at("9:55"), at("10:40")
    live = started(begin)
    play(live, driven, buses, begin, end)
    truth = driven[(driven["at"] > end - 120)].drop_duplicates("vehicle")
    under_way = {run.bus.number: run for run in Run.objects.filter(state="running").select_related("bus")}
    expected = {buses[row.vehicle].number: row.trip_id for row in truth[truth["at"] < end - 20].itertuples()}
    assert len(under_way) >= 2
    assert {number: run.trip_id for number, run in under_way.items()}.items() <= expected.items()
    ended = Run.objects.filter(state="ended", bus__isnull=False)
    assert ended.count() >= 2
    passages = town.day(DAY, 7, every_s=20.0).truth
    errors = [abs(passed.timestamp() - passages[run.trip_id, place])
              for run in ended for place, passed in enumerate(run.passed_at) if passed and place]  # fmt: skip
    assert np.median(errors) < 12.0
    assert not Run.objects.filter(state__in=("unlikely", "off_route", "standing", "silent")).exists()


def test_every_forecast_is_kept_and_the_newest_told_with_its_mark(buses: dict[str, Bus], driven: pd.DataFrame) -> None:
    begin, end = at("9:55"), at("10:20")
    live = started(begin)
    play(live, driven, buses, begin, end)
    run = Run.objects.filter(state="running").latest("seen_at")
    told = Forecast.objects.get(run=run)
    assert told.mark == "no_model"
    assert told.arrivals == sorted(told.arrivals)
    assert all(a <= b <= c for a, b, c in zip(told.earliest, told.arrivals, told.latest, strict=True))
    assert Prediction.objects.filter(run_id=run.pk).count() >= 5
    arrival = next(each for each in arrivals_at([f"s{told.first_stop + 3}", f"s{10 - told.first_stop}"], when(end))
                   if each.run_id == run.pk)  # fmt: skip
    assert arrival.bus
    assert arrival.earliest <= arrival.expected_at <= arrival.latest


def test_the_process_takes_up_its_work_where_it_fell(buses: dict[str, Bus], driven: pd.DataFrame) -> None:
    begin, middle, end = at("9:55"), at("10:20"), at("10:40")
    play(started(begin), driven, buses, begin, middle)
    before = {run.pk: (run.trip_id, run.bus_id) for run in Run.objects.filter(state="running")}
    again = started(middle)
    assert {run.pk: (run.planned.trip.trip_id, run.bus_id) for run in again.board.under_way() if run.state == "running"} == before
    play(again, driven, buses, middle, end)
    for run in Run.objects.filter(pk__in=before, state="ended"):
        assert sum(each is not None for each in run.passed_at) >= town.STOPS - 1


def _line(trip_start: float, device: int, end: float, *, stop_m: float | None = None, east_m: float = 0.0) -> list[tuple]:
    """A bus that drives out as planned, every 10 s; up to `stop_m`, `east_m` beside its line to the north."""
    rows = []
    for moment in np.arange(trip_start - 30, end, 10.0):
        along = max(moment - trip_start, 0.0) / town.HOP_S * town.APART_M
        along = min(along, stop_m) if stop_m is not None else along
        lat = town.LAT + (east_m if along > 1200 else 0.0) / town.METRES
        rows.append((device, moment, lat, town.LON + along / town.METRES / np.cos(np.radians(town.LAT)), 18.0))
    return rows


def _drive(live: Live, rows: list[tuple], begin: float, end: float, step: float = 30.0, **stored: object) -> None:
    for number in range(int((end - begin) // step)):
        until = begin + (number + 1) * step
        store([row for row in rows if begin + number * step <= row[1] < until], **stored)
        live.turn(when(until))


def test_a_bus_that_stands_leaves_its_line_or_falls_silent_is_said_so(edition: Edition) -> None:
    stands, strays, silent = (bus_with_terminal(str(number), ["line-o"]) for number in range(3))
    starts = [at("10:00"), at("10:15"), at("10:30")]
    live = started(at("9:58"))
    rows = _line(starts[0], stands.device_id, at("10:40"), stop_m=2100.0)
    rows += _line(starts[1], strays.device_id, at("10:40"), east_m=600.0)
    rows += [row for row in _line(starts[2], silent.device_id, at("10:40")) if row[1] < at("10:34")]
    _drive(live, rows, at("9:58"), at("10:38"))
    states = dict(Run.objects.filter(bus__isnull=False).values_list("bus__number", "state"))
    assert (states["0"], states["1"], states["2"]) == ("standing", "off_route", "silent")
    assert set(Forecast.objects.filter(run__bus=silent).values_list("mark", flat=True)) == {"old_position"}
    assert set(Forecast.objects.filter(run__bus=strays).values_list("mark", flat=True)) == {"off_route"}


def test_a_trip_that_nobody_drives_is_unlikely_within_five_minutes(buses: dict[str, Bus], driven: pd.DataFrame) -> None:
    begin, end = at("9:25"), at("10:36")
    missing = driven["trip_id"] == "o18"
    live = started(begin)
    play(live, driven[~missing], buses, begin, at("10:30"))
    assert Run.objects.get(trip_id="o18").state == "expected"
    play(live, driven[~missing], buses, at("10:30"), end)
    run = Run.objects.get(trip_id="o18")
    assert run.state == "unlikely"
    assert run.forecast.mark == "unlikely"
    assert not Run.objects.filter(state="unlikely").exclude(pk=run.pk).exists()


def test_a_bus_that_turns_back_early_is_found_on_its_way_back(edition: Edition) -> None:
    bus = bus_with_terminal("1", [])
    begin, turn = at("10:00"), at("10:08")
    rows = [row for row in _line(begin, bus.device_id, turn)]
    far = (turn - begin) / town.HOP_S * town.APART_M
    for moment in np.arange(turn, at("10:16"), 10.0):
        along = far - (moment - turn) / town.HOP_S * town.APART_M
        rows.append((bus.device_id, moment, town.LAT, town.LON + along / town.METRES / np.cos(np.radians(town.LAT)), 18.0))
    live = started(at("9:58"))
    _drive(live, rows, at("9:58"), at("10:14"))
    assert Run.objects.get(trip_id="o16").state == "unlikely"
    assert Run.objects.get(bus=bus, state="running").route_id == "line-b"


def test_a_wrong_word_of_the_dispatcher_is_found_out(edition: Edition) -> None:
    bus = bus_with_terminal("1", [])
    Assignment.objects.create(day=DAY, trip_id="b16", start_time="10:20:40", bus=bus)
    Assignment.objects.create(day=DAY, trip_id="b15", start_time="10:05:40", bus=bus)
    live = started(at("9:58"))
    _drive(live, _line(at("10:00"), bus.device_id, at("10:16")), at("9:58"), at("10:14"))
    run = Run.objects.get(state="running")
    assert (run.trip_id, run.assigned_by, run.bus_id) == ("o16", "found", bus.pk)


def test_the_dispatchers_word_is_taken_when_positions_bear_it_out(edition: Edition) -> None:
    bus = bus_with_terminal("1", [])
    Assignment.objects.create(day=DAY, trip_id="o15", start_time="09:45:00", bus=bus)
    live = started(at("9:58"))
    _drive(live, _line(at("10:00"), bus.device_id, at("10:10")), at("9:58"), at("10:08"))
    run = Run.objects.get(state="running")
    assert (run.trip_id, run.assigned_by) == ("o15", "told")
    assert run.delay_s == pytest.approx(900, abs=30)


def test_of_several_trips_told_the_one_driven_is_taken_when_the_process_starts_in_the_middle(edition: Edition) -> None:
    bus = bus_with_terminal("1", [])
    for trip, start in (("o15", "09:45:00"), ("o16", "10:00:00"), ("b16", "10:20:40")):
        Assignment.objects.create(day=DAY, trip_id=trip, start_time=start, bus=bus)
    rows = _line(at("10:00"), bus.device_id, at("10:16"))
    store([row for row in rows if row[1] < at("10:06")])
    _drive(started(at("10:06")), rows, at("10:06"), at("10:10"))
    run = Run.objects.get(state="running")
    assert (run.trip_id, run.assigned_by) == ("o16", "told")
    assert run.delay_s == pytest.approx(0, abs=30)


def test_buses_that_were_swapped_are_found_on_what_they_drive_and_nothing_runs_twice(edition: Edition) -> None:
    before, first, second = (bus_with_terminal(number, ["line-o"]) for number in "123")
    for trip, start, bus in (("o15", "09:45:00", before), ("o16", "10:00:00", first), ("o17", "10:15:00", second)):
        Assignment.objects.create(day=DAY, trip_id=trip, start_time=start, bus=bus)
    live = started(at("9:44"))
    rows = [row for start, bus in (("9:45", before), ("10:00", second), ("10:15", first))
            for row in _line(at(start), bus.device_id, at("10:30"))]  # fmt: skip
    _drive(live, sorted(rows, key=lambda row: row[1]), at("9:44"), at("10:26"))
    driven = {run.trip_id: run.bus_id for run in Run.objects.exclude(bus=None).exclude(state__in=["expected", "unlikely"])}
    assert driven == {"o15": before.pk, "o16": second.pk, "o17": first.pk}


def test_cancelled_trips_are_cancelled_at_the_next_look(edition: Edition) -> None:
    live = started(at("9:58"))
    live.turn(when(at("9:58")))
    Change.objects.create(kind="cancel", title="取消", trips=["o16"], state="published", begin_at=when(at("9:50")),
                          published_at=when(at("9:59")))  # fmt: skip
    live.turn(when(at("10:00")))
    assert Run.objects.get(trip_id="o16").state == "cancelled"


def test_when_the_timetable_is_withdrawn_nothing_is_forecast_any_more(edition: Edition) -> None:
    bus = bus_with_terminal("1", ["line-o"])
    live = started(at("9:58"))
    rows = _line(at("10:00"), bus.device_id, at("10:16"))
    _drive(live, rows, at("9:58"), at("10:06"))
    made_at = Forecast.objects.get(run__bus=bus).made_at
    Edition.objects.update(state="withdrawn")
    _drive(live, rows, at("10:06"), at("10:08"))
    assert not live.board.runs
    assert Forecast.objects.get(run__bus=bus).made_at - made_at < timedelta(seconds=31)


def test_wrong_clocks_and_no_fix_are_told_with_a_mark_or_not_at_all(edition: Edition) -> None:
    good, wrong, nowhere = (bus_with_terminal(str(number), ["line-o"]) for number in range(3))
    live = started(at("9:58"))
    lines = [_line(start, bus.device_id, at("10:40"))
             for start, bus in ((at("10:00"), good), (at("10:15"), wrong), (at("10:15"), nowhere))]  # fmt: skip
    for number in range(int((at("10:22") - at("9:58")) // 30)):
        span = at("9:58") + number * 30, at("9:58") + (number + 1) * 30
        parts = [[row for row in rows if span[0] <= row[1] < span[1]] for rows in lines]
        store(parts[0])
        store(parts[0])
        store([(row[0], row[1] + 4000.0, *row[2:]) for row in parts[1]], received_s=span[1] - 1)
        store(parts[2], mark=marks.NO_FIX)
        live.turn(when(span[1]))
    told = {each.run.bus_id: each.mark for each in Forecast.objects.select_related("run")}
    assert told[wrong.pk] == "bad_clock"
    assert nowhere.pk not in told


def test_positions_that_come_late_complete_the_passages_and_move_nothing(edition: Edition) -> None:
    bus = bus_with_terminal("1", ["line-o"])
    live = started(at("9:58"))
    rows = _line(at("10:00"), bus.device_id, at("10:16"))
    hidden = [row for row in rows if at("10:04") <= row[1] < at("10:08")]
    _drive(live, [row for row in rows if row not in hidden], at("9:58"), at("10:10"))
    before = Run.objects.get(state="running")
    store(hidden, received_s=at("10:10"), mark=marks.BLIND_AREA)
    _drive(live, rows, at("10:10"), at("10:11"))
    after = Run.objects.get(pk=before.pk)
    assert after.seen_at > before.seen_at
    passed = [each.timestamp() for each in after.passed_at if each]
    assert passed == sorted(passed)
    planned = [at("10:00") + place * town.HOP_S for place in range(1, 8)]
    assert [abs(a.timestamp() - b) < 12 for a, b in zip(after.passed_at[1:8], planned, strict=True)] == [True] * 7


def test_a_number_that_is_committed_late_is_read_all_the_same(edition: Edition) -> None:
    bus = bus_with_terminal("1", ["line-o"])
    live = started(at("9:58"))
    store(_line(at("10:00"), bus.device_id, at("10:01")))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE devices_position SET number = number + 1000 WHERE number % 2 = 0")
        cursor.execute("SELECT count(*) FROM devices_position")
        stored = cursor.fetchone()[0]
    first = live.turn(when(at("10:01")))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE devices_position SET number = number - 1 WHERE number % 2 = 0")
    assert first == stored
    assert live.turn(when(at("10:02"))) > 0
