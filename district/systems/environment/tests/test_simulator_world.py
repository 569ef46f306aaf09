"""The simulated world: believable, the same whenever it is asked, and wrong only where the script says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from district.protocols.hj212 import decode, findings, upload_of
from district.systems.environment.credit_code import fault_in, fault_in_permit_number
from district.systems.environment.simulator import faults, fleet, readings, recorded, sounds
from district.systems.environment.simulator.air import station_columns
from district.systems.environment.simulator.fleet import Fault, Fleet
from district.systems.environment.simulator.logger import Logger, Parcel
from district.systems.environment.simulator.weather import BEIJING, hours_of, moment_of, rain, weather
from district.systems.environment.simulator.world import SEED, World
from district.systems.environment.source_tracing import Emitter, WindRecord, trace

YEAR = hours_of(datetime(2025, 1, 1, tzinfo=BEIJING)) + np.arange(365 * 24)
DAY = int(hours_of(datetime(2025, 7, 1, tzinfo=BEIJING)) // 24)
AT = datetime(2025, 7, 1, tzinfo=BEIJING)


def months(column: np.ndarray) -> list[float]:
    return [float(part.mean()) for part in np.array_split(column, 12)]


def without_faults() -> World:
    known = fleet()
    return World(Fleet(known.devices, known.enterprises, (), ()))


def scripted(device, kind: str, **more) -> World:
    """A world where that device has one fault, every day from 10 to 12."""
    known = fleet()
    fault = Fault(device.code, kind, "", 1, 0, 10, 2, **more)
    return World(Fleet(known.devices, known.enterprises, (fault,), ()))


@pytest.fixture(scope="module")
def air() -> dict[str, np.ndarray]:
    return station_columns(SEED, "a station", (117.87, 36.80), 1.1, YEAR)


def test_the_year_has_a_cold_dry_winter_and_a_warm_wet_summer():
    made = weather(SEED, YEAR)
    warmth, wetness = months(made.temperature_c), months(made.rain_mm)
    assert -5 < warmth[0] < 3
    assert 24 < warmth[6] < 30
    assert 350 < made.rain_mm.sum() < 950
    assert sum(wetness[5:8]) > 4 * sum(wetness[0:2] + wetness[11:])
    assert made.humidity_percent.min() >= 5
    assert made.humidity_percent.max() <= 100


def test_wind_comes_from_all_sides_and_lasts():
    made = weather(SEED, YEAR)
    sides = Counter((made.wind_from_deg // 45).astype(int).tolist())
    assert len(sides) == 8
    assert min(sides.values()) > 0.03 * len(YEAR)
    assert np.corrcoef(made.east[:-3], made.east[3:])[0, 1] > 0.5
    assert 1.0 < made.wind_speed.mean() < 3.5


def test_haze_is_heavy_in_winter_lasts_for_days_and_is_washed_out_by_rain(air):
    pm25 = air["a34004"]
    by_month = months(pm25)
    assert np.mean([by_month[0], by_month[11]]) > 1.4 * np.mean(by_month[6:8])
    assert 25 < pm25.mean() < 70
    logs = np.log(pm25)
    assert np.corrcoef(logs[:-24], logs[24:])[0, 1] > 0.35
    wet = rain(SEED, YEAR) > 1
    assert np.median(pm25[wet]) < 0.6 * np.median(pm25[~wet])


def test_ozone_peaks_on_summer_afternoons_and_is_eaten_by_night(air):
    by_hour = air["a05024"].reshape(-1, 24)
    assert 12 <= int(by_hour[150:240].mean(axis=0).argmax()) <= 16
    assert by_hour[150:240].max() > 160
    assert by_hour[:, 14].mean() > 2 * by_hour[:, 4].mean()
    assert months(air["a05024"])[6] > 2 * months(air["a05024"])[0]
    night = YEAR % 24 < 5
    assert np.corrcoef(air["a05024"][night], air["a21004"][night])[0, 1] < -0.2


def test_nitrogen_dioxide_has_two_rush_hours(air):
    by_hour = air["a21004"].reshape(-1, 24).mean(axis=0)
    assert by_hour[8] > by_hour[13]
    assert by_hour[19] > by_hour[13]


def test_stations_move_together_but_are_not_the_same(air):
    other = station_columns(SEED, "another", (117.80, 36.70), 0.8, YEAR)
    likeness = np.corrcoef(np.log(air["a34004"]), np.log(other["a34004"]))[0, 1]
    assert 0.8 < likeness < 0.995


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 20_000), some.integers(0, 287), some.integers(0, 41))
def test_a_value_is_the_same_whenever_and_with_whatever_it_is_asked(day, slot, place):
    device = fleet().devices[place]
    whole = World(fleet()).slots(device, day)
    alone = World(fleet()).true_columns(device, whole.hours[slot : slot + 1])
    freely = World(fleet()).true_columns(device, whole.hours)
    for item, value in alone.items():
        assert value[0] == pytest.approx(freely[item][slot], rel=1e-12)


def test_another_process_gives_the_same_frame():
    code = (
        "from datetime import datetime, timezone, timedelta\n"
        "from district.systems.environment.simulator import World, fleet\n"
        "from district.systems.environment.simulator.logger import Logger, Parcel\n"
        "at = datetime(2025, 7, 1, 9, tzinfo=timezone(timedelta(hours=8)))\n"
        "logger = Logger(World(fleet()), fleet().devices[3])\n"
        "print(logger.frames(Parcel('hour', at), at)[0].decode())\n"
    )
    at = datetime(2025, 7, 1, 9, tzinfo=BEIJING)
    here = Logger(World(fleet()), fleet().devices[3]).frames(Parcel("hour", at), at)[0].decode()
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert there.strip() == here.strip()


def test_every_report_of_two_days_decodes_without_a_finding_but_the_scripted_ones():
    world = World(fleet())
    unexpected = []
    for device in fleet().devices:
        logger = Logger(world, device)
        parcels = list(logger.past(AT, AT + timedelta(days=2)))
        parcels += [Parcel(period, AT + timedelta(hours=7, minutes=10)) for period in
                    ("realtime", "minute", "state", "runtime", "info", "heartbeat")]
        for parcel in parcels:
            for frame in logger.frames(parcel, parcel.at):
                message = decode(frame)
                assert message.mn == device.code
                assert message.version == device.version
                for finding in findings(message):
                    known = [one for one in logger.faults if one.kind == "absurd_value" and finding.item in one.items]
                    unexpected += [] if known else [(device.name, parcel.period, finding)]
    assert unexpected == []


def test_the_hour_is_the_mean_of_its_minutes_and_the_day_of_its_hours():
    world = without_faults()
    device = next(one for one in fleet().of_kind("air"))
    item = next(one for one in device.items if one.code == "a34002")

    def avg(found):
        return next(one.value for one in found if one.item == item.code and one.statistic == "avg")

    start = DAY * 24.0
    for hour in (0, 9, 23):
        minutes = [avg(readings.minute(world, device, start + hour + part / 6, 10)) for part in range(6)]
        assert avg(readings.hour(world, device, start + hour)) == pytest.approx(np.mean(minutes))
    hours = [avg(readings.hour(world, device, start + hour)) for hour in range(24)]
    assert avg(readings.day(world, device, start)) == pytest.approx(np.mean(hours))


def test_a_day_in_water_is_weighed_by_flow_and_the_mass_is_their_product():
    world = without_faults()
    device = next(one for one in fleet().of_kind("water_outlet") if one.version == 2017)
    found = {(one.item, one.statistic): one.value for one in readings.day(world, device, DAY * 24.0)}
    slots = world.slots(device, DAY)
    volume = slots.values["w00000"] * 300 / 1000
    mass = (slots.values["w01018"] * volume).sum() / 1000
    assert found["w00000", "cou"] == pytest.approx(volume.sum())
    assert found["w01018", "cou"] == pytest.approx(mass)
    assert found["w01018", "avg"] == pytest.approx(mass / volume.sum() * 1000)


def test_a_device_of_2005_uses_its_own_codes_and_the_decoder_turns_them_back():
    device = next(one for one in fleet().devices if one.version == 2005)
    frame = Logger(without_faults(), device).frames(Parcel("hour", AT), AT)[0]
    upload = upload_of(decode(frame))
    assert {one.item for one in upload.readings} == {one.code for one in device.items}
    assert all(one.code != one.item for one in upload.readings)


def test_a_stopped_line_is_marked_as_stopped_and_emits_nothing():
    world = without_faults()
    device = next(one for one in fleet().of_kind("gas_outlet") if one.attributes["model"]["stops"] == "nightly")
    night = readings.hour(world, device, DAY * 24.0 + 2)
    assert {one.mark for one in night} == {"F"}
    assert next(one.value for one in night if one.item == "a00000" and one.statistic == "cou") == 0
    assert [one.value for one in readings.state(world, device, DAY * 24.0 + 2)] == [0, 0]
    assert [one.value for one in readings.state(world, device, DAY * 24.0 + 12)] == [1, 1]


def test_calibration_is_marked_once_a_week_and_maintenance_once_a_month():
    world = without_faults()
    device = next(one for one in fleet().of_kind("gas_outlet") if one.attributes["model"]["stops"] == "never")
    item = device.items[0].code
    marks = Counter(str(mark) for day in range(DAY, DAY + 28) for mark in world.slots(device, day).marks[item])
    assert marks["C"] == 4 * 12
    assert marks["M"] == 30


def test_noise_levels_are_in_order_and_nights_are_quieter():
    world = without_faults()
    for device in fleet().of_kind("noise"):
        levels = []
        for hour in range(24):
            found = {one.item: one.value for one in readings.hour(world, device, DAY * 24.0 + hour)}
            order = [found[name] for name in ("LMn", "L95", "L90", "L50", "L10", "L5", "LMx")]
            assert order == sorted(order)
            levels.append(found["Leq"])
        day = {one.item: one.value for one in readings.day(world, device, DAY * 24.0)}
        assert day["Ld"] > day["Ln"]
        assert day["Ldn"] == pytest.approx(sounds.day_night(np.array(levels))["Ldn"], abs=0.01)


def test_water_is_warm_in_summer_and_turbid_after_rain():
    world = without_faults()
    device = fleet().of_kind("surface_water")[0]
    found = world.true_columns(device, YEAR)
    assert months(found["w01010"])[6] > 20 > 8 > months(found["w01010"])[0]
    assert months(found["w01009"])[0] > months(found["w01009"])[6]
    wet = sum(rain(SEED, YEAR - back) for back in (1, 3, 6)) > 3
    assert np.median(found["w01003"][wet]) > 1.8 * np.median(found["w01003"][~wet])
    assert found["w01001"].min() > 6
    assert found["w01001"].max() < 9.5


def test_treatment_removes_and_never_adds():
    world = without_faults()
    for inlet in fleet().of_kind("gas_inlet", "water_inlet"):
        behind = fleet().device(inlet.attributes["after"])
        before, after = world.slots(inlet, DAY), world.slots(behind, DAY)
        runs = before.state == 1
        for item in behind.attributes["model"]["clean"]:
            assert np.all(after.values[item][runs] < before.values[item][runs]), (inlet.name, item)


GAS = next(one for one in fleet().of_kind("gas_outlet") if "DA001" in one.name and "热电" in one.name)
INSIDE, OUTSIDE = slice(10 * 12, 12 * 12), slice(0, 10 * 12)


def of_fault(kind: str, **more):
    """The faulty and the faultless day of an outlet, for NOx."""
    return scripted(GAS, kind, items=("a21002",), **more).slots(GAS, DAY), without_faults().slots(GAS, DAY)


def test_over_limit_multiplies_what_is_shown_and_what_is_really_emitted():
    wrong, right = of_fault("over_limit", factor=2.5)
    assert wrong.values["a21002"][INSIDE] == pytest.approx(2.5 * right.values["a21002"][INSIDE])
    assert wrong.values["zs:a21002"][INSIDE] == pytest.approx(2.5 * right.values["zs:a21002"][INSIDE])
    assert wrong.values["a21002"][OUTSIDE] == pytest.approx(right.values["a21002"][OUTSIDE])
    emitted = [world.emissions(GAS, right.hours)["a21002"] for world in
               (scripted(GAS, "over_limit", items=("a21002",), factor=2.5), without_faults())]
    assert emitted[0][INSIDE] == pytest.approx(2.5 * emitted[1][INSIDE])


@pytest.mark.parametrize(
    ("kind", "more", "shown"),
    [("zero", {}, 0.0), ("absurd_value", {"value": -9999.0}, -9999.0), ("constant", {}, None), ("missing", {}, None)],
)
def test_a_sick_instrument_shows_something_else_and_nothing_else_is_emitted(kind, more, shown):
    wrong, right = of_fault(kind, **more)
    inside = wrong.values["a21002"][INSIDE]
    if kind == "missing":
        assert np.isnan(inside).all()
        hour = readings.hour(scripted(GAS, kind, items=("a21002",)), GAS, DAY * 24.0 + 10)
        assert "a21002" not in {one.item for one in hour}
    else:
        assert len(set(inside)) == 1
        assert inside[0] == (right.values["a21002"][INSIDE][0] if shown is None else shown)
    assert wrong.values["a21026"] == pytest.approx(right.values["a21026"])


def test_a_spike_a_fault_mark_and_a_reversal_show_where_they_should():
    wrong, right = of_fault("spike", factor=9.0)
    assert wrong.values["a21002"][INSIDE] == pytest.approx(9 * right.values["a21002"][INSIDE])
    marked, _ = of_fault("fault", mark="D")
    assert set(marked.marks["a21002"][INSIDE]) == {"D"}
    assert "D" not in marked.marks["a21002"][OUTSIDE]
    reversed_, _ = of_fault("illogical", factor=1.2)
    inlet = next(one for one in fleet().of_kind("gas_inlet") if one.attributes["after"] == GAS.code)
    before = without_faults().slots(inlet, DAY)
    assert np.all(reversed_.values["a21002"][INSIDE] > before.values["a21002"][INSIDE])


@given(some.integers(1, 12), some.data(), some.floats(0, 23.9), some.floats(0.1, 20), some.floats(0, 1e6))
def test_a_fault_comes_again_and_again_for_exactly_its_hours(every, data, start, length, hour):
    fault = Fault("x", "zero", "", every, data.draw(some.integers(0, every - 1)), start, min(length, 24 * every - 0.1))
    on = faults.is_active(fault, np.arange(hour, hour + 24 * every, 0.05))
    assert on.mean() == pytest.approx(fault.hours / (24 * every), abs=0.01)
    begun = faults.begun_at(fault, np.array([hour]))
    if np.isfinite(begun[0]):
        late = (begun[0] - fault.from_hour) / 24 - fault.on_day
        assert late / every == pytest.approx(round(late / every), abs=1e-6)


def test_the_fleet_is_whole_fictional_and_inside_the_district():
    known = fleet()
    assert len({one.code for one in known.devices}) == len(known.devices) == 42
    assert Counter(one.kind for one in known.devices)["air"] == 11
    assert {one.version for one in known.devices} == {2005, 2017, 2025}
    for device in known.devices:
        assert 117.69 < device.lon < 118.02
        assert 36.62 < device.lat < 36.89
        assert len(device.code) == (14 if device.version == 2005 else 24)
        assert len(device.password) == 6
    for enterprise in known.enterprises:
        assert enterprise["name"].startswith("示例")
        assert fault_in(enterprise["credit_code"]) is None
        assert fault_in_permit_number(enterprise["permit"]["number"]) is None
        codes = {one["code"] for one in enterprise["facilities"]}
        for outlet in enterprise["outlets"]:
            assert outlet["treatment"] in codes
            assert {one for one in (outlet["device"], outlet["inlet_device"]) if one} <= {
                one.code for one in known.devices}
    assert {one.kind for one in known.faults} == faults.KINDS
    for fault in known.faults:
        assert set(fault.items) <= {one.code for one in known.device(fault.device).items}


def test_inside_the_real_boundary():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: the district's boundary is not at hand")
    from shapely.geometry import Point, shape

    path = Path(reference) / "data/divisions/zhoucun_boundary.geojson"
    border = shape(json.loads(path.read_text("utf-8"))["features"][0]["geometry"]).buffer(0.004)
    assert [one.name for one in fleet().devices if not border.contains(Point(one.lon, one.lat))] == []


def test_recorded_days_are_played_at_the_same_calendar_hour():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: no recorded air quality at hand")
    found = recorded.recordings(Path(reference) / "data/environment/air")
    world = World(fleet(), recordings=found)
    device = fleet().of_kind("air")[0]
    at = datetime(2026, 5, 3, 14, tzinfo=BEIJING)
    shown = world.true_columns(device, np.array([hours_of(at)]))
    twin = found[0].columns["a34004"][int(hours_of(at.replace(year=2014)) - found[0].first_hour)]
    assert shown["a34004"][0] == pytest.approx(twin)
    assert {one.code for one in device.items} <= set(shown)
    leap = world.true_columns(device, np.array([hours_of(datetime(2028, 2, 29, 12, tzinfo=BEIJING))]))
    assert np.isfinite(leap["a01001"]).all()


def test_tracing_finds_the_outlet_behind_a_scripted_episode():
    """Sulphur dioxide breaks through at one stack on a day of steady wind; a station downwind is asked who it was."""
    known = fleet()
    world = without_faults()
    stacks = [one for one in known.of_kind("gas_outlet") if "a21026" in one.attributes["model"]["clean"]]
    found = 0
    asked = 0
    for station in known.of_kind("air"):
        for culprit in stacks:
            day = _steady_day_towards(world, culprit, station)
            if day is None:
                continue
            fault = Fault(culprit.code, "over_limit", "", 100_000, day, 11, 4, items=("a21026",), factor=30.0)
            episode = World(replace(known, faults=(fault,)))
            asked += 1
            found += _traced(episode, known, stacks, station, day)[0] == culprit.name
    assert asked >= 5
    assert found / asked >= 0.8, (found, asked)


def _steady_day_towards(world: World, culprit, station) -> int | None:
    """A day of two months on which the plume of one stack would lie heavily on the station from 12 to 15."""
    days = DAY + np.arange(60)
    hours = (days[:, None] * 24 + np.arange(12, 15, 0.5)).ravel()
    daily = Fault(culprit.code, "over_limit", "", 1, 0, 11, 4, items=("a21026",), factor=30.0)
    dirty = World(replace(fleet(), faults=(daily,))).true_columns(station, hours)["a21026"]
    added = (dirty - world.true_columns(station, hours)["a21026"]).reshape(len(days), -1).mean(axis=1)
    return int(days[np.argmax(added)]) if added.max() > 15 else None


def _traced(world: World, known: Fleet, stacks, station, day: int) -> list[str]:
    hours = day * 24 + np.arange(24) + 0.5
    winds = []
    for mast in known.of_kind("air"):
        columns = world.true_columns(mast, hours)
        winds.append(WindRecord(mast.lon, mast.lat, columns["a01007"], columns["a01008"]))
    emitters = [
        Emitter(one.code, one.name, one.lon, one.lat, world.emissions(one, hours),
                {item: float(np.median(values)) for item, values in world.emissions(one, hours - 24 * 7).items()},
                known.outlet_of(one)["height_m"])
        for one in stacks
    ]
    so2 = np.mean([world.true_columns(station, hours + part)["a21026"] for part in (-0.25, 0, 0.25)], axis=0)
    made = trace(station.lon, station.lat, "SO2", so2, winds, emitters, window=(11, 16))
    return [one.name for one in made.suspects]


def test_moments_and_hours_are_the_same_thing():
    for hours in (0.0, 485_000.25, 486_123.999722):
        assert hours_of(moment_of(hours)) == pytest.approx(hours, abs=1e-6)
