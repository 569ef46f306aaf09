"""What is late, held or slowed by weather: the forecast of this trip and of the bus's next one goes by it."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.refused import Refused
from district.systems.transit.dispatch.actions import About, hold
from district.systems.transit.live.turns import Live
from district.systems.transit.models import (
    Assignment,
    Bus,
    Edition,
    Forecast,
    Order,
    Prediction,
    Run,
    Weather,
)
from district.systems.transit.tests import town
from district.systems.transit.tests.positions_stored import bus_with_terminal, store
from district.systems.transit.weather_kinds import effects, kind_of

DAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=CHINA).timestamp()
LAYOVER_S = 200.0
"""The town's buses come to the end after 13 hops of 80 s, and go back 14 hops and two minutes after their departure."""


def at(text: str) -> float:
    hours, minutes = text.split(":")
    return MIDNIGHT + int(hours) * 3600 + int(minutes) * 60


def when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, CHINA)


@pytest.fixture
def bus(db: None) -> Bus:
    Edition.objects.create(
        title="城", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), feed=town.feed(),
        sha256="0" * 64, published_at=when(MIDNIGHT) - timedelta(days=30),
    )  # fmt: skip
    bus = bus_with_terminal("1", ["line-o"])
    for trip, start in (("o16", "10:00:00"), ("b16", "10:20:40")):
        Assignment.objects.create(day=DAY, trip_id=trip, start_time=start, bus=bus)
    return bus


def driven(bus: Bus, begin: float, until: float) -> list[tuple]:
    """Out as planned from `begin` on, every ten seconds; before, it stands at the first stop."""
    rows = []
    for moment in np.arange(begin - 60, until, 10.0):
        along = max(moment - begin, 0.0) / town.HOP_S * town.APART_M
        rows.append((bus.device_id, moment, town.LAT, town.LON + along / town.METRES / np.cos(np.radians(town.LAT)), 18.0))
    return rows


def play(rows: list[tuple], begin: float, end: float, live: Live | None = None) -> Live:
    if live is None:
        live = Live()
        live.start(when(begin))
    for number in range(int((end - begin) // 30)):
        until = begin + (number + 1) * 30
        store([row for row in rows if until - 30 <= row[1] < until])
        live.turn(when(until))
    return live


def forecast_of(trip_id: str) -> Forecast:
    return Forecast.objects.get(run__trip_id=trip_id)


def test_a_late_bus_is_late_on_its_next_trip_less_its_rest_and_is_not_said_to_stay_away(bus: Bus) -> None:
    late_s = 900.0
    play(driven(bus, at("10:15"), at("10:40")), at("10:14"), at("10:26"))
    run, told = Run.objects.get(trip_id="b16"), forecast_of("b16")
    comes = at("10:20") + 40 + late_s - LAYOVER_S + 60
    assert (told.source, told.mark, told.reason["follows"]) == ("block", "no_model", "o16")
    assert told.departures[0] == pytest.approx(comes, abs=60)
    assert told.arrivals[5] == pytest.approx(comes + 5 * town.HOP_S, abs=75)
    assert all(a <= b <= c for a, b, c in zip(told.earliest, told.arrivals, told.latest, strict=True))
    assert (run.state, run.bus_id) == ("expected", None)
    assert Prediction.objects.filter(run_id=run.pk).exists()


def test_a_bus_on_time_begins_its_next_trip_on_time(bus: Bus) -> None:
    play(driven(bus, at("10:00"), at("10:40")), at("9:59"), at("10:10"))
    told = forecast_of("b16")
    assert told.departures[0] == at("10:20") + 40
    assert told.reason["delay_s"] == 0


def test_without_the_dispatchers_word_and_without_blocks_nothing_is_carried_on(bus: Bus) -> None:
    Assignment.objects.filter(trip_id="b16").delete()
    play(driven(bus, at("10:15"), at("10:40")), at("10:14"), at("10:20"))
    assert not Forecast.objects.filter(run__trip_id="b16", source="block").exists()


def test_an_order_to_wait_makes_all_later_stops_later_at_once_and_is_no_standing_still(bus: Bus) -> None:
    rows = driven(bus, at("10:00"), at("10:05"))
    live = play(rows, at("9:59"), at("10:05"))
    before = forecast_of("o16")
    with stopped_at(when(at("10:05"))):
        order = hold(bus, 6, 5, None, About(DAY, "o16", "10:00:00"))
    assert (order.place, order.hold_s) == (5, 360)
    rows = driven(bus, at("10:00"), at("10:06") + 40)
    rows += [(*rows[-1][:1], moment, *rows[-1][2:4], 0.0) for moment in np.arange(rows[-1][1] + 10, at("10:12"), 10.0)]
    play(rows, at("10:05"), at("10:06"), live)
    after = forecast_of("o16")
    shift = np.array(after.arrivals[-8:]) - np.array(before.arrivals[-8:])
    assert np.abs(shift - 360).max() < 25
    assert np.abs(np.array(after.earliest[-8:]) - np.array(before.earliest[-8:])).max() < 25
    assert np.abs(np.array(after.latest[-8:]) - np.array(before.latest[-8:]) - 360).max() < 25
    assert after.departures[5 - after.first_stop] - after.arrivals[5 - after.first_stop] == pytest.approx(360, abs=25)
    assert forecast_of("b16").reason["delay_s"] == pytest.approx(360 - LAYOVER_S + 60, abs=30)
    play(rows, at("10:06"), at("10:11") + 30, live)
    assert Run.objects.get(trip_id="o16").state == "running"
    still = forecast_of("o16")
    assert still.arrivals[6 - still.first_stop] == pytest.approx(at("10:12") + 40 + town.HOP_S, abs=40)


def test_an_order_that_did_not_reach_the_bus_changes_nothing(bus: Bus) -> None:
    rows = driven(bus, at("10:00"), at("10:08"))
    live = play(rows, at("9:59"), at("10:05"))
    with stopped_at(when(at("10:05"))):
        order = hold(bus, 6, 9, None, About(DAY, "o16", "10:00:00"))
    order.command.state = "timed_out"
    order.command.save()
    play(rows, at("10:05"), at("10:07"), live)
    assert "hold_s" not in forecast_of("o16").reason


@pytest.mark.parametrize(("place", "minutes", "code"), [(13, 2, "bad_stop"), (-1, 2, "bad_stop"), (3, 31, "hold_out_of_range")])
def test_nobody_waits_at_the_end_or_for_half_an_hour(bus: Bus, place: int, minutes: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        hold(bus, minutes, place, None, About(DAY, "o16", "10:00:00"))
    assert refused.value.code == code
    assert not Order.objects.exists()


def test_weather_that_was_learnt_makes_the_way_longer_and_is_said(bus: Bus) -> None:
    rows = driven(bus, at("10:00"), at("10:08"))
    live = play(rows, at("9:59"), at("10:04"))
    dry = forecast_of("o16")
    days = [{"day": DAY.isoformat(), "text": "中到大雪", "low": -5, "high": 1, "wind": ""}]
    Weather.objects.create(issued_at=when(at("9:00")), days=days, source="试")
    live.knowledge.learnt.factors["snow"] = 1.2
    play(rows, at("10:04"), at("10:05"), live)
    snow = forecast_of("o16")
    assert snow.reason["weather"] == "snow"
    assert snow.reason["weather_percent"] == 20
    way = 9 * town.HOP_S
    assert snow.arrivals[-1] - dry.arrivals[-1] == pytest.approx(0.2 * way, abs=25)


def test_weather_is_used_only_with_enough_days_that_differ() -> None:
    dry = {float(day): 1.0 + 0.01 * (-1) ** day for day in range(8)}
    wet = {float(day): 1.08 + 0.01 * (-1) ** day for day in range(8, 12)}
    kinds = dict.fromkeys(dry, "dry") | dict.fromkeys(wet, "rain")
    found = effects(dry | wet, kinds)
    assert found["rain"].is_used
    assert 1.05 < found["rain"].factor < 1.08
    few = effects(dry | {8.0: 1.3, 9.0: 1.3}, kinds)
    assert (few["rain"].days, few["rain"].is_used, few["rain"].factor, few["dry"].is_used) == (2, False, 1.0, False)
    alike = effects(dry | {day: 1.0 + 0.01 * (-1) ** int(day) for day in wet}, kinds)
    assert not alike["rain"].is_used
    assert effects({}, {}) == {}


@pytest.mark.parametrize(("text", "kind"), [("雨夹雪", "snow"), ("小雨转多云", "rain"), ("雷阵雨", "rain"), ("大雾", "fog"),
                                            ("晴转多云", "dry"), ("  ", "")])  # fmt: skip
def test_words_of_a_report_are_kinds_of_weather(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_a_bus_not_seen_for_minutes_makes_no_later_trip_late(bus: Bus) -> None:
    rows = [row for row in driven(bus, at("10:15"), at("10:40")) if row[1] < at("10:22")]
    live = play(rows, at("10:14"), at("10:22"))
    begins = forecast_of("b16").departures[0]
    play(rows, at("10:22"), at("10:32"), live)
    again = forecast_of("b16")
    assert again.source != "block" or again.made_at.timestamp() <= at("10:22") + 330
    assert begins > at("10:30")
