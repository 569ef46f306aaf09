"""AQI against the standard's own vectors, an independent calculation in fractions, and properties."""

import csv
import os
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment.air_quality import (
    IAQI_NODES,
    POLLUTANTS,
    aqi_standard,
    breakpoints,
    daily_index,
    grade_of,
    realtime_index,
    sub_index,
)
from district.systems.environment.air_quality_columns import (
    ABOVE_COLUMN,
    MISSING,
    index_columns,
    index_columns_by_day,
    pollutants_of,
    sub_index_column,
)
from district.systems.environment.quantities import BadQuantity
from district.systems.environment.standards import table

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
GOLDEN = Path(__file__).parent / "golden" / "aqi_vectors.csv"
COLUMNS = sorted({(row["pollutant"], row["averaging"]) for row in table("aqi_breakpoints")})
CLEAN: dict[str, Any] = {"PM2.5": 10, "PM10": 20, "SO2": 5, "NO2": 10, "CO": "0.5", "O3": 60}


def vectors():
    with GOLDEN.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for standard, key in ((OLD, "iaqi_hj633_2012"), (NEW, "iaqi_hj633_2026")):
                wanted = int(row[key]) if row[key].isdigit() else None
                yield pytest.param(
                    row["pollutant"],
                    row["averaging"],
                    row["concentration"],
                    standard,
                    wanted,
                    id=f"{row['pollutant']}-{row['averaging']}-{row['concentration']}-{standard}",
                )


def reference_iaqi(pollutant, averaging, text, standard):
    """The same rule written another way: decimals, and a linear search through the table's own text."""
    row = next(
        row
        for row in table("aqi_breakpoints")
        if (row["standard"], row["pollutant"], row["averaging"]) == (standard, pollutant, averaging)
    )
    step = Decimal("0.1") if pollutant == "CO" else Decimal(1)
    c = Decimal(text).quantize(step, ROUND_HALF_EVEN)
    nodes = [(Decimal(row[f"c_at_iaqi_{iaqi}"]), iaqi) for iaqi in IAQI_NODES if row[f"c_at_iaqi_{iaqi}"]]
    for (low, iaqi_low), (high, iaqi_high) in pairwise(nodes):
        if low <= c <= high:
            exact = Fraction(iaqi_high - iaqi_low) / Fraction(high - low) * Fraction(c - low) + iaqi_low
            whole = (Decimal(exact.numerator) / exact.denominator).to_integral_value(ROUND_CEILING)
            return int(whole)
    if nodes[-1][1] == 500:
        return 500
    return None if standard == OLD else nodes[-1][1]


@pytest.mark.parametrize(("pollutant", "averaging", "concentration", "standard", "wanted"), list(vectors()))
def test_every_vector_of_the_standard_comes_out(pollutant, averaging, concentration, standard, wanted):
    assert sub_index(pollutant, averaging, concentration, standard).iaqi == wanted
    assert sub_index(pollutant, averaging, float(concentration), standard).iaqi == wanted
    column = sub_index_column(pollutant, averaging, np.array([float(concentration)]), standard)
    assert column[0] == (ABOVE_COLUMN if wanted is None else wanted)


@pytest.mark.parametrize("standard", [OLD, NEW])
@pytest.mark.parametrize(("pollutant", "averaging"), COLUMNS)
def test_each_node_gives_exactly_its_index_and_one_step_more_gives_more(pollutant, averaging, standard):
    scale = 10 if pollutant == "CO" else 1
    for steps, iaqi in zip(breakpoints(standard, pollutant, averaging), IAQI_NODES, strict=False):
        assert sub_index(pollutant, averaging, Decimal(steps) / scale, standard).iaqi == iaqi
        above = sub_index(pollutant, averaging, Decimal(steps + 1) / scale, standard).iaqi
        assert (
            above is None
            or above > iaqi
            or above == IAQI_NODES[len(breakpoints(standard, pollutant, averaging)) - 1]
        )


@pytest.mark.parametrize("standard", [OLD, NEW])
@pytest.mark.parametrize(("pollutant", "averaging"), COLUMNS)
def test_every_step_and_every_tie_agrees_with_an_independent_calculation(pollutant, averaging, standard):
    scale = 10 if pollutant == "CO" else 1
    last = breakpoints(standard, pollutant, averaging)[-1]
    texts = [str(Decimal(half) / 2 / scale) for half in range(2 * last + 9)]
    wanted = [reference_iaqi(pollutant, averaging, text, standard) for text in texts]
    assert [sub_index(pollutant, averaging, text, standard).iaqi for text in texts] == wanted
    column = sub_index_column(pollutant, averaging, np.array([float(text) for text in texts]), standard)
    assert column.tolist() == [ABOVE_COLUMN if iaqi is None else iaqi for iaqi in wanted]


@given(
    st.sampled_from(COLUMNS),
    st.sampled_from([OLD, NEW]),
    st.floats(0, 5000, allow_nan=False) | st.integers(0, 100_000).map(lambda n: n / 20),
)
def test_the_column_form_equals_the_exact_form_for_any_float(column, standard, value):
    pollutant, averaging = column
    around = [value, np.nextafter(value, 0), np.nextafter(value, 1e9)]
    exact = [sub_index(pollutant, averaging, one, standard).iaqi for one in around]
    fast = sub_index_column(pollutant, averaging, np.array(around), standard).tolist()
    assert fast == [ABOVE_COLUMN if iaqi is None else iaqi for iaqi in exact]


@given(
    st.sampled_from(COLUMNS),
    st.sampled_from([OLD, NEW]),
    st.decimals(0, 4000, places=2),
    st.decimals(0, 4000, places=2),
)
def test_more_pollution_never_gives_a_lower_index(column, standard, one, other):
    pollutant, averaging = column
    low, high = (sub_index(pollutant, averaging, value, standard).iaqi for value in sorted((one, other)))
    assert high is None or (low is not None and low <= high)


def test_ties_go_to_the_even_digit():
    def used(pollutant, value):
        return sub_index(pollutant, "24h", value, OLD).concentration

    assert used("PM2.5", 35.5) == 36
    assert used("PM2.5", 36.5) == 36
    assert used("PM2.5", "35.49999999999999999999") == 35
    assert used("CO", 1.25) == Decimal("1.2")
    assert used("CO", 1.35) == Decimal("1.4")
    assert used("CO", 0.15) == Decimal("0.2")
    assert sub_index("PM2.5", "24h", 35.5, OLD).iaqi == 52


def test_the_new_standard_starts_on_the_first_of_march_2026():
    assert aqi_standard(date(2026, 2, 28)) == OLD
    assert aqi_standard(date(2026, 3, 1)) == NEW
    assert aqi_standard(date(2013, 12, 2)) == OLD


def test_the_day_decides_which_breakpoints_count():
    values = CLEAN | {"PM2.5": 60}
    before, after = daily_index(values, date(2026, 2, 28)), daily_index(values, date(2026, 3, 1))
    assert (before.aqi, after.aqi) == (82, 100)
    assert (before.grade, after.grade) == (grade_of(82), grade_of(100))
    assert daily_index(CLEAN | {"PM2.5": 61}, date(2026, 3, 1)).exceeding == ("PM2.5",)


def test_primary_pollutants_are_all_that_reach_the_index_above_fifty():
    tied = daily_index(CLEAN | {"PM2.5": 75, "PM10": 150, "O3": 160}, standard=OLD)
    assert tied.aqi == 100
    assert set(tied.primary) == {"PM2.5", "PM10", "O3"}
    assert tied.exceeding == ()
    assert daily_index(CLEAN | {"PM2.5": 35, "PM10": 50}, standard=OLD).primary == ()
    assert daily_index(CLEAN | {"PM2.5": 36}, standard=OLD).primary == ("PM2.5",)


@pytest.mark.parametrize(
    ("aqi", "zh"),
    [
        (0, "优"),
        (50, "优"),
        (51, "良"),
        (100, "良"),
        (101, "轻度污染"),
        (150, "轻度污染"),
        (151, "中度污染"),
        (200, "中度污染"),
        (201, "重度污染"),
        (300, "重度污染"),
        (301, "严重污染"),
        (500, "严重污染"),
    ],
)
def test_grades_change_at_their_edges(aqi, zh):
    assert grade_of(aqi).zh == zh


def test_under_2012_ozone_above_its_column_takes_the_one_hour_index():
    beyond = daily_index(CLEAN | {"O3": 801, "O3_1h": 900}, standard=OLD)
    assert (beyond.aqi, beyond.status, beyond.primary) == (350, "complete", ("O3",))
    alone = daily_index(CLEAN | {"O3": 801}, standard=OLD)
    assert (alone.status, alone.not_computed) == ("incomplete", ("O3",))
    assert daily_index(CLEAN | {"O3": 801}, standard=NEW).aqi == 300


def test_sulphur_dioxide_above_its_hourly_column():
    hour = CLEAN | {"SO2": 801, "SO2_24h": 475}
    assert realtime_index(hour, standard=OLD).aqi == 150
    assert realtime_index(hour, standard=NEW).aqi == 200
    assert sub_index("SO2", "1h", "800.5", OLD).iaqi == 200, "rounded to 800 before the column is looked at"


def test_companions_are_reported_but_do_not_count():
    hour = realtime_index(CLEAN | {"PM2.5_24h": 300, "O3_8h": 300}, standard=NEW)
    assert hour.aqi == hour.computed_aqi == 20
    assert {(one.pollutant, one.averaging) for one in hour.companions} == {("PM2.5", "24h"), ("O3", "8h")}


@pytest.mark.parametrize("pollutant", POLLUTANTS)
def test_an_incomplete_set_is_withheld_from_2026_on_unless_it_is_above_one_hundred(pollutant):
    partial = {key: value for key, value in CLEAN.items() if key != pollutant}
    old, new = daily_index(partial, standard=OLD), daily_index(partial, standard=NEW)
    assert (old.status, old.missing) == ("incomplete", (pollutant,))
    assert old.aqi is not None
    assert (new.status, new.aqi, new.grade, new.primary) == ("withheld", None, None, ())
    assert new.computed_aqi is not None
    dirty = "NO2" if pollutant != "NO2" else "SO2"
    loud = daily_index(partial | {dirty: 700}, standard=NEW)
    assert loud.status == "incomplete"
    assert loud.aqi == loud.computed_aqi == max(one.iaqi or 0 for one in loud.sub_indices) > 100
    assert loud.primary == (dirty,)


def test_none_and_nan_are_missing_and_nothing_at_all_is_no_data():
    partial = daily_index(CLEAN | {"CO": None, "O3": float("nan")}, standard=OLD)
    assert set(partial.missing) == {"CO", "O3"}
    empty = daily_index({}, standard=OLD)
    assert (empty.status, empty.aqi, empty.grade) == ("no_data", None, None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"PM2.5": -1}, "negative"),
        ({"PM2.5": "high"}, "not_a_number"),
        ({"PM2.5": float("inf")}, "not_a_number"),
        ({"PM2.5": True}, "not_a_number"),
        ({"Pb": 1}, "unknown_pollutant"),
        ({"NO2_8h": 1}, "unknown_averaging"),
        ({"O3": 1, "O3_8h": 1}, "given_twice"),
    ],
)
def test_bad_concentrations_are_refused_with_a_code(values, code):
    with pytest.raises(BadQuantity) as refused:
        daily_index(values, standard=NEW)
    assert refused.value.code == code


def test_columns_equal_single_reports_including_the_gaps():
    random = np.random.default_rng(370306)
    rows = 400
    values = {
        key: np.round(random.gamma(1.2, scale, rows), 2)
        for key, scale in (
            ("PM2.5", 80),
            ("PM10", 120),
            ("SO2", 200),
            ("NO2", 90),
            ("CO", 3),
            ("O3", 300),
            ("O3_1h", 350),
        )
    }
    for column in values.values():
        column[random.random(rows) < 0.05] = np.nan
    days = np.datetime64("2026-03-01") + random.integers(-200, 200, rows)
    fast = index_columns_by_day("daily", values, days)
    for row in range(rows):
        slow = daily_index({key: column[row] for key, column in values.items()}, days[row].item())
        assert fast.aqi[row] == (MISSING if slow.aqi is None else slow.aqi)
        assert fast.computed[row] == (MISSING if slow.computed_aqi is None else slow.computed_aqi)
        assert pollutants_of(fast.primary[row]) == slow.primary
        assert set(pollutants_of(fast.missing[row])) == {*slow.missing, *slow.not_computed}


def test_bad_readings_in_a_column_are_missing_not_zero():
    column = sub_index_column("SO2", "24h", np.array([np.nan, -1.0, np.inf, 0.0]), NEW)
    assert column.tolist() == [MISSING, MISSING, MISSING, 0]


@pytest.mark.skipif(
    "DISTRICT_REFERENCE" not in os.environ,
    reason="DISTRICT_REFERENCE is unset: no recorded days to compare with",
)
def test_published_daily_indices_of_a_city_are_reproduced():
    path = Path(os.environ["DISTRICT_REFERENCE"]) / "data/environment/air/beijing_daily_aqi_2013_2017.csv"
    with path.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    keys = {"PM2.5": "pm25", "PM10": "pm10", "SO2": "so2", "NO2": "no2", "CO": "co", "O3": "o3_8h"}
    values = {ours: np.array([float(row[theirs]) for row in rows]) for ours, theirs in keys.items()}
    published = np.array([int(row["aqi"]) for row in rows])
    ours = index_columns("daily", values, OLD).aqi
    # Until the end of 2015 the standard was on trial and indices were published from preliminary values.
    in_force = np.array([row["date"] >= "2016" for row in rows])
    assert in_force.sum() > 700
    assert (ours == published)[in_force].all()
    assert (ours == published).mean() >= 0.85
    assert (np.abs(ours - published) <= 1).mean() >= 0.95
