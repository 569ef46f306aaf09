"""When values say the same, and when what several say contradicts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.affairs.consistency.comparing import Meaning
from district.systems.affairs.consistency.judging import Claim, contradicting, latest, out_of_order

START = datetime(2026, 11, 1, tzinfo=UTC)
TEXT, NUMBER, DAY, TRUTH = Meaning(), Meaning("number"), Meaning("date"), Meaning("boolean")


def claim(value, origin="form:a", day=0):
    return Claim(value, START + timedelta(days=day), origin, f"write:{day}")


@pytest.mark.parametrize(
    ("meaning", "one", "other"),
    [
        (NUMBER, "1,200", "1200.0"), (NUMBER, "１２", "12"), (DAY, "2020-1-2", "2020年01月02日"), (DAY, "20200102", "2020/1/2"),
        (DAY, "2020-01-02T00:00:00+08:00", "2020-01-02"), (TRUTH, "是", "true"), (TRUTH, "0", "否"),
        (TEXT, "王村镇 苏李村", "王村镇苏李村"), (TEXT, "（演示）甲", "(演示)甲"),
        (Meaning(codes={"1": "男", "2": "女"}), "男", "1"),
        (Meaning("number", percent=Decimal(5)), "100", "104"), (Meaning("number", absolute=Decimal("0.5")), "3", "3.5"),
    ],
)  # fmt: skip
def test_ways_of_writing_one_value_agree(meaning, one, other):
    assert meaning.agree(one, other)


@pytest.mark.parametrize(
    ("meaning", "one", "other"),
    [
        (NUMBER, "1200", "1201"), (NUMBER, "十二", "12"), (DAY, "2020-02-30", "2020-03-01"), (TRUTH, "是", "否"),
        (TEXT, "甲", "乙"),
        (Meaning(codes={"1": "男", "2": "女"}), "男", "2"), (Meaning("number", percent=Decimal(5)), "100", "106"),
        (TRUTH, "不详", "是"), (NUMBER, "NaN", "1"),
    ],
)  # fmt: skip
def test_values_that_differ_do_not_agree(meaning, one, other):
    assert not meaning.agree(one, other)
    assert not meaning.all_agree([one, other])


@given(st.lists(st.decimals(-10_000, 10_000, places=2), min_size=2, max_size=6), st.decimals(0, 50, places=1))
def test_numbers_all_agree_exactly_when_each_two_do(values, tolerance):
    meaning = Meaning("number", absolute=tolerance)
    texts = [str(each) for each in values]
    assert meaning.all_agree(texts) == all(meaning.agree(a, b) for a in texts for b in texts)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_is_read_however_it_is_written(day):
    written = [f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}"]
    assert DAY.all_agree(written)


def test_who_repeats_himself_says_nothing_new():
    said = [claim("3", "source:police", 0), claim("4", "form:a", 1), claim("3", "source:police", 9)]
    assert [(each.value, each.at.day) for each in latest(said)] == [("3", 1), ("4", 2)]
    assert [each.value for each in latest([claim("3", day=0), claim("4", day=1)])] == ["4"]


def test_two_origins_contradict_until_one_comes_round():
    said = [claim("3", "source:police", 0), claim("4", "form:a", 1)]
    assert [each.value for each in contradicting(said, NUMBER)] == ["3", "4"]
    assert contradicting([*said, claim("4.0", "source:police", 5)], NUMBER) == []


def test_a_settled_thing_is_raised_by_a_new_value_alone():
    said = [claim("3", "source:police", 0), claim("4", "form:a", 1)]
    again = [*said, claim("3", "form:b", 7), claim("4", "form:a", 8)]
    assert contradicting(again, NUMBER, settled="4", known=("3", "4")) == []
    new = contradicting([*again, claim("5", "form:b", 9)], NUMBER, settled="4", known=("3", "4"))
    assert [each.value for each in new] == ["5"]


SAYINGS = st.tuples(st.sampled_from("34"), st.sampled_from(("form:a", "form:b", "source:c")), st.integers(0, 90))


@given(st.lists(SAYINGS, max_size=12))
def test_whatever_order_old_values_come_back_in_they_raise_nothing(said):
    claims = [claim(value, origin, day) for value, origin, day in said]
    assert contradicting(claims, NUMBER, settled="3", known=("3", "4")) == []


def test_change_in_the_course_of_time_is_no_contradiction():
    said = [claim("9000", "form:a", 0), claim("12000", "form:b", 200)]
    assert contradicting(said, NUMBER, within=timedelta(days=90)) == []
    assert len(contradicting(said, NUMBER, within=timedelta(days=200))) == 2


def test_order_of_two_items_is_judged_where_both_can_be_read():
    assert out_of_order("5", "le", "4", NUMBER)
    assert not out_of_order("4", "le", "4.0", NUMBER)
    assert out_of_order("4", "lt", "4.0", NUMBER)
    assert out_of_order("2020-01-02", "ge", "2020年1月3日", DAY)
    assert not out_of_order("不详", "le", "4", NUMBER)
