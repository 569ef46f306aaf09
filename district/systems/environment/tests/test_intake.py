from __future__ import annotations

import pytest

from district.systems.environment.intake import late_after_s, series_facts


@pytest.mark.parametrize(
    ("item", "statistic", "unit"),
    [
        ("a34004", "avg", "ug/m3"), ("w01018", "avg", "mg/L"), ("w01018", "cou", "kg"), ("w00000", "cou", "m³"),
        ("SB1", "rs", ""), ("SB1", "rt", "h"), ("vendor", "rtd", ""),
    ],
)  # fmt: skip
def test_a_series_has_the_unit_of_its_item(item: str, statistic: str, unit: str):
    assert series_facts(item, statistic, "hour").unit == unit


def test_what_the_standard_bounds_is_bounded_and_the_unknown_is_not():
    assert (series_facts("w01001", "avg", "hour").low, series_facts("w01001", "avg", "hour").high) == (0.0, 14.0)
    assert (series_facts("SB1", "rs", "state").low, series_facts("SB1", "rs", "state").high) == (0.0, 5.0)
    assert series_facts("vendor", "rtd", "realtime").high is None


def test_longer_periods_may_come_later():
    periods = ["realtime", "minute", "hour", "day"]
    assert [late_after_s(each) for each in periods] == sorted(late_after_s(each) for each in periods)
    assert late_after_s("hour") > 3600
