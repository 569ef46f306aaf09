"""The door for programs: answers are JSON, and no request makes it fall over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.assess import KINDS, assess

SIX = {"PM2.5": 35, "PM10": 50, "SO2": 10, "NO2": 20, "CO": 0.8, "O3": 100}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4), max_leaves=8)
FIELDS = ("on", "averaging", "concentrations", "pollutant", "concentration", "standard", "unit", "units", "values",
          "water", "target_class", "temperature", "oxygen_percent", "hourly", "first_hour", "level", "mean_level",
          "background", "zone", "scope", "burst", "period", "day", "night", "town")
LIKELY = st.sampled_from(["2026-03-01", "24h", "8h", "1h", "PM2.5", "O3", "35", "lake", "2", "night", SIX,
                          {"DO": 6, "TP": "0.02L"}, [50] * 24, 50, -31.6, "1e999999999", 10**400, "1e-390", 1e300])


def test_an_index_by_the_day_of_the_data():
    got = assess({"kind": "aqi", "on": "2026-03-01", "averaging": "24h", "concentrations": SIX | {"PM2.5": 61}})
    assert got["ok"] is True
    assert (got["aqi"], got["standard"], got["category"]) == (101, "HJ 633-2026", "轻度污染")
    assert got["primary_pollutants"] == got["exceeding_pollutants"] == ["PM2.5"]
    assert got["iaqi"] == {"PM2.5": 101, "PM10": 50, "SO2": 10, "NO2": 25, "CO": 20, "O3": 50}
    earlier = assess({"kind": "aqi", "on": "2026-02-28", "concentrations": SIX | {"PM2.5": 61}})
    assert earlier["aqi"] == 83


def test_units_are_converted_before_rounding():
    in_milligrams = {"PM2.5": "0.0605", "SO2": 0.01}
    got = assess({"kind": "aqi", "standard": "HJ 633-2012", "concentrations": SIX | in_milligrams,
                  "units": {"PM2.5": "mg/m³", "SO2": "mg/m3"}})
    assert [one["concentration"] for one in got["sub_indices"]][:3] == [60, 50, 10]
    carbon = assess({"kind": "iaqi", "pollutant": "CO", "averaging": "24h", "concentration": 1250, "unit": "µg/m³",
                     "standard": "HJ 633-2012"})
    assert (carbon["concentration"], carbon["iaqi"]) == (1.2, 30)
    bad = assess({"kind": "iaqi", "pollutant": "O3", "averaging": "1h", "concentration": 1, "unit": "ppb",
                  "on": "2026-03-01"})
    assert bad["error"] == "unknown_unit"


def test_a_missing_pollutant_is_named_and_withheld_by_the_new_rule():
    partial = {key: value for key, value in SIX.items() if key != "CO"} | {"NO2": None}
    got = assess({"kind": "aqi", "on": "2026-05-01", "concentrations": partial})
    assert (got["aqi"], got["computed_aqi"], got["status"]) == (None, 50, "withheld")
    assert set(got["missing"]) == {"CO", "NO2"}
    assert assess({"kind": "aqi", "on": "2025-05-01", "concentrations": partial})["aqi"] == 50


def test_a_sub_index_that_is_not_computed_says_what_to_use():
    got = assess({"kind": "iaqi", "pollutant": "SO2", "averaging": "1h", "concentration": 801,
                  "standard": "HJ 633-2012"})
    assert (got["ok"], got["iaqi"], got["rule"], got["use_averaging"]) == (True, None, "above_column", "24h")
    assert assess({"kind": "iaqi", "pollutant": "o3_8h", "concentration": 801, "standard": "2026"})["iaqi"] == 300


@pytest.mark.parametrize("name", ["PM2.5", "pm25", "PM2_5", "PM₂.₅", "a34004"])
def test_pollutants_are_known_by_their_usual_spellings(name):
    got = assess({"kind": "iaqi", "pollutant": name, "averaging": "24h", "concentration": 35,
                  "standard": "HJ633-2012"})
    assert (got["pollutant"], got["iaqi"]) == ("PM2.5", 50)


def test_a_section_is_answered_in_the_names_of_the_request():
    got = assess({"kind": "water", "water": "river",
                  "values": {"氨氮": 1.8, "dissolved oxygen": 6.5, "COD": 18, "w01001": 7.2, "TN": 8}})
    assert (got["class"], got["class_number"], got["quality"]) == ("V", 5, "中度污染")
    assert (got["deciding"], got["deciding_keys"]) == (["氨氮"], ["NH3-N"])
    assert got["exceed_multiples"] == {"氨氮": pytest.approx(0.8)}
    assert got["ignored"] == ["TN"]


def test_water_units_detection_limits_and_saturation():
    got = assess({"kind": "water", "water": "reservoir", "units": {"TP": "ug/L"},
                  "values": {"TP": 25, "Hg": "0.00004L", "Cu": "<0.01", "DO": 7.2, "水温": 28, "TN": 3}})
    assert {one["key"]: one["class_number"] for one in got["items"]} == {"TP": 2, "Hg": 1, "Cu": 1, "DO": 1}
    assert [(one["key"], one["class_number"]) for one in got["apart"]] == [("TN", 6)]


def test_noise_by_hours_by_levels_and_at_a_source():
    day = assess({"kind": "noise", "zone": "2", "hourly": [50] * 6 + [60] * 16 + [50] * 2})
    assert (day["Ld"], day["day"]["is_exceeding"], day["night"]["is_exceeding"]) == (pytest.approx(60), False, False)
    pair = assess({"kind": "noise", "zone": "4a", "day": 71, "night": 55})
    assert (pair["day"]["excess"], pair["night"]["excess"]) == (1, 0)
    source = assess({"kind": "noise", "level": 62, "background": 58, "zone": 2, "scope": "factory", "period": "day"})
    assert (source["corrected"], source["is_exceeding"]) == (60, False)
    assert assess({"kind": "noise", "level": 62, "background": 60, "zone": 2, "scope": "factory",
                   "period": "day"})["must_repeat"] is True
    assert assess({"kind": "noise", "mean_level": 55.1, "period": "day"})["level_number"] == 3


@pytest.mark.parametrize(("request_", "code"), [
    ([], "bad_request"), ({}, "unknown_kind"), ({"kind": "radon"}, "unknown_kind"),
    ({"kind": "aqi", "concentrations": SIX}, "no_date"), ({"kind": "aqi", "on": "1 March"}, "bad_date"),
    ({"kind": "aqi", "on": "2026-03-01"}, "missing_field"),
    ({"kind": "aqi", "on": "2026-03-01", "averaging": "annual", "concentrations": SIX}, "unknown_averaging"),
    ({"kind": "aqi", "on": "2026-03-01", "concentrations": {"PM2.5": -5}}, "negative"),
    ({"kind": "aqi", "on": "2026-03-01", "concentrations": {"PM2.5": 5, "pm25": 6}}, "given_twice"),
    ({"kind": "iaqi", "pollutant": "Pb", "averaging": "24h", "concentration": 1, "on": "2026-03-01"},
     "unknown_pollutant"),
    ({"kind": "iaqi", "pollutant": "SO2", "averaging": "24h", "concentration": 1, "standard": "HJ 633-1999"},
     "unknown_standard"),
    ({"kind": "water", "values": {"gold": 1}}, "unknown_item"),
    ({"kind": "water", "values": {"DO": 1}, "water": "sea"}, "unknown_water"),
    ({"kind": "trophic", "values": {"TP": 1}}, "missing"),
    ({"kind": "noise", "level": 50, "period": "day", "zone": "9"}, "unknown_zone"),
    ({"kind": "noise"}, "missing_field"),
])
def test_refusals_carry_a_code_and_a_reason(request_, code):
    got = assess(request_)
    assert got["ok"] is False
    assert got["error"] == code
    assert got["detail"]


@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.sampled_from(FIELDS), LIKELY | JSON, max_size=8))
def test_any_request_is_answered_in_strict_json(kind, rest):
    got = assess(rest | {"kind": kind})
    assert isinstance(got["ok"], bool)
    json.dumps(got, allow_nan=False)


@given(st.dictionaries(st.sampled_from(["DO", "TP", "pH", "COD", "TN", "chl-a", "CODMn", "SD", "PM2.5", "O3", "x"]),
                       LIKELY | JSON, max_size=5), st.sampled_from(["water", "trophic", "aqi"]))
def test_any_values_are_answered_in_strict_json(values, kind):
    got = assess({"kind": kind, "values": values, "concentrations": values, "on": "2026-03-01"})
    json.dumps(got, allow_nan=False)
