"""What planners type: days by the Chinese calendar, departures by the hour, blocks."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..blocks import Leg, strung
from ..day_types import as_week, days_of, from_week, season_of, spring_festival, type_of
from ..departures import Unreadable, by_speed, entered, profile_at, scaled
from ..network import Profile
from ..realigning import realigned

days = st.integers(0, 400).map(lambda each: date(2026, 1, 1) + timedelta(days=each))


def test_days_are_what_the_notice_of_the_state_council_says():
    assert [type_of(date(2025, 1, day)) for day in (25, 26, 27, 28, 29)] == ["rest", "work", "work", "holiday", "holiday"]
    assert type_of(date(2025, 2, 8)) == "work"
    assert type_of(date(2025, 10, 4)) == "holiday"
    assert [type_of(date(2025, 4, day)) for day in (4, 5, 6, 12)] == ["holiday", "holiday", "holiday", "rest"]


def test_the_spring_rush_is_forty_days_from_half_a_month_before_spring_festival():
    assert (spring_festival(2025), spring_festival(2026)) == (date(2025, 1, 29), date(2026, 2, 17))
    assert [season_of(day) for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 13), date(2026, 3, 14))] == [
        "plain", "spring", "spring", "plain"]  # fmt: skip
    assert season_of(date(2026, 7, 15)) == "summer"
    assert season_of(date(2026, 7, 5), ("0710", "0825")) == "plain"


def test_the_three_kinds_of_days_part_the_year():
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    kinds = [days_of((kind,), (), first, last) for kind in ("work", "rest", "holiday")]
    assert sum(map(len, kinds)) == len(set().union(*kinds)) == 365
    seasons = [days_of(("work",), (season,), first, last) for season in ("plain", "spring", "summer")]
    assert set().union(*seasons) == kinds[0]


@given(st.sets(days, max_size=60))
def test_days_written_as_weeks_and_exceptions_are_the_same_days(chosen: set[date]):
    assert from_week(*as_week(chosen)) == chosen


def test_departures_are_read_as_people_write_them():
    assert [each // 60 for each in entered("06:00–07:00 每20分钟").starts] == [360, 380, 400, 420]
    assert entered("6:00至7:00每隔30分").starts == entered("06:00-07:00 30").starts == entered("6:00 6:30, 7:00").starts
    assert entered("5:40；24:10\n23:50").starts == [20_400, 85_800, 87_000]
    assert entered("6:00-6:20 每10分钟\n6:20-7:00 每20分钟").starts[-1] == 25_200


@pytest.mark.parametrize(("text", "rule"), [
    ("", "请填写"), ("七点", "应为"), ("6:00-5:00 每10分钟", "止早于起"), ("6:00-7:00 每0分", "不能为 0"), ("6:75", "应为"),
    ("6:00-31:00 每9分", "不合法"),
])  # fmt: skip
def test_what_cannot_be_read_says_line_value_and_rule(text: str, rule: str):
    with pytest.raises(Unreadable, match=rule) as refused:
        entered(text)
    assert refused.value.line == 1


def test_running_times_follow_period_speed_and_stretching():
    whole, rush = Profile(1, "p", (0, 600), (0, 600)), Profile(2, "p", (0, 900), (0, 900), from_s=25_200, to_s=32_400)
    assert [profile_at([whole, rush], at) for at in (20_000, 25_200, 32_399, 32_400)] == [1, 2, 2, 1]
    imported = [Profile(3, "p", (0, 600), (0, 600)), Profile(4, "p", (0, 700), (0, 700))]
    assert [profile_at(imported, at, [(21_600, 3), (25_200, 4)]) for at in (20_000, 24_000)] == [3, 4]
    arrivals, departures = by_speed([0, 500, 1500], 36, 20)
    assert (arrivals, departures) == ([0, 50, 170], [0, 70, 170])
    assert scaled(Profile(1, "p", (0, None, 600), (0, None, 600)), 1200) == ([0, None, 1200], [0, None, 1200])


def test_times_of_stops_that_stay_are_kept_when_the_stops_change():
    row = SimpleNamespace(arrivals=[0, 100, 200, 300], departures=[0, 110, 210, 300], columns={"timepoint": ["1", "0", "0", "1"]})
    before = ["a", "b", "c", "d"]
    assert realigned(row, before, ["a", "x", "c", "d"]) == ([0, None, 200, 300], [0, None, 210, 300],
                                                            {"timepoint": ["1", "", "0", "1"]})  # fmt: skip
    assert realigned(row, before, ["b", "c", "d"])[:2] == ([-10, 90, 190], [0, 100, 190])
    assert realigned(row, before, ["a", "b", "y"])[0][-1] == 200


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 900), st.integers(0, 2), st.integers(0, 2)), max_size=40),
       st.integers(0, 600))  # fmt: skip
def test_a_block_is_what_one_bus_can_drive(drawn: list[tuple[int, int, int, int]], layover: int):
    legs = [Leg(f"t{number}", begin, begin + lasts, came, left) for number, (begin, lasts, came, left) in enumerate(drawn)]
    blocks = strung(legs, layover)
    assert blocks.keys() == {leg.key for leg in legs}
    for block in set(blocks.values()):
        mine = sorted((leg for leg in legs if blocks[leg.key] == block), key=lambda leg: leg.begins_s)
        for one, other in itertools.pairwise(mine):
            assert one.ends_at == other.begins_at
            assert other.begins_s >= one.ends_s + layover
