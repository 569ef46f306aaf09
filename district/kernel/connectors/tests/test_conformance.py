"""Values against items: the fast way and the slow way agree; what people write is read, what is unclear is refused."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.connectors.conformance import Wanted, batch_of, check, converted_to
from district.kernel.connectors.value_reading import (
    READERS,
    Unreadable,
    read_boolean,
    read_date,
    read_datetime,
    read_integer,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年3月5日", date(2021, 3, 5)), ("2021.3.5", date(2021, 3, 5)), ("2021/03/05", date(2021, 3, 5)),
        ("２０２１－０３－０５", date(2021, 3, 5)), ("20210305", date(2021, 3, 5)), ("44260", date(2021, 3, 5)),
        ("2021-03-05 00:00:00", date(2021, 3, 5)), ("", None), ("—", None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text: str, day: date | None):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021年3月", "incomplete_date"),
        ("2021", "incomplete_date"),
        ("2021-02-30", "no_such_day"),
        ("明天", "bad_date"),
        ("2021-03-051", "bad_date"),
    ],
)
def test_a_date_that_is_not_clear_is_not_guessed(text: str, code: str):
    with pytest.raises(Unreadable) as caught:
        read_date(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-03-05 08:30:00", datetime(2021, 3, 5, 0, 30, tzinfo=UTC)),
        ("2021年3月5日 下午2时5分", datetime(2021, 3, 5, 6, 5, tzinfo=UTC)),
        ("2021-03-05T08:30:00Z", datetime(2021, 3, 5, 8, 30, tzinfo=UTC)),
        ("2021-03-05T08:30:00+09:00", datetime(2021, 3, 4, 23, 30, tzinfo=UTC)),
        ("44260.5", datetime(2021, 3, 5, 4, 0, tzinfo=UTC)), ("2021/3/5 8:30", datetime(2021, 3, 5, 0, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_moments_are_those_of_china_unless_they_say_otherwise(text: str, moment: datetime):
    assert read_datetime(text) == moment


def test_numbers_as_people_write_them():
    assert [read_number(text) for text in ("1,234.5", "１２．５", " 7 ", "-0.5", "1e3")] == [
        1234.5,
        12.5,
        7.0,
        -0.5,
        1000.0,
    ]
    assert [read_integer(text) for text in ("1,234", "12.0", "-3")] == [1234, 12, -3]
    assert [read_boolean(text) for text in ("是", "否", "√", "0")] == [True, False, True, False]
    for text in ("12万", "12 万元", "3.5%"):
        with pytest.raises(Unreadable) as caught:
            read_number(text)
        assert caught.value.code == "unit_in_value"
    for text in ("1,23", "1.2.3", "0x1F", "１２个月半", "99999999999999999999"):
        with pytest.raises(Unreadable):
            read_integer(text)


WRITTEN = st.one_of(
    st.sampled_from(["", " ", "12", "1,234", "-5", "3.0", "1e5", "nan", "inf", "007", "+3", "12万", "x", "2021-03-05",
                     "2021年3月5日", "2021-02-30",
                     "2021-03-05 08:30:00", "44260", "是", "否", "无", "９", "—"]),
    st.text(alphabet="0123456789-/.:, 年月日e+", max_size=12),
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(kind=st.sampled_from(sorted(READERS)), values=st.lists(st.one_of(st.none(), WRITTEN), max_size=12))
def test_whole_columns_come_to_the_same_as_their_values_one_by_one(kind: str, values: list[str | None]):
    together, unreadable = converted_to(kind, pa.array(values, pa.string()))
    for index, value in enumerate(values):
        alone, error = converted_to(kind, pa.array([value], pa.string()))
        assert together[index] == alone[0] or (together[index].as_py() is None and alone[0].as_py() is None)
        assert (index in unreadable) == bool(error)


@settings(deadline=None, max_examples=100)
@given(kind=st.sampled_from(["integer", "number", "date"]), values=st.lists(WRITTEN, max_size=12))
def test_the_fast_way_takes_nothing_the_reader_of_the_type_would_refuse(kind: str, values: list[str]):
    together, unreadable = converted_to(kind, pa.array(values, pa.string()))
    for index, value in enumerate(values):
        try:
            wanted = READERS[kind](value)
        except Unreadable:
            assert index in unreadable
        else:
            assert together[index].as_py() == wanted


def test_a_row_is_refused_for_the_first_item_it_fails_and_the_others_stay():
    items = [Wanted("a", "甲", "integer", is_required=True), Wanted("b", "乙", length=2)]
    checked = check(
        batch_of([{"a": "1", "b": "xy"}, {"a": "?", "b": "xyz"}, {"a": "2", "b": "xyz"}, {"b": "x"}]),
        items,
        {"a": "a", "b": "b"},
    )
    assert checked.good.to_pylist() == [{"a": 1, "b": "xy"}]
    assert [(problem.index, problem.item, problem.code) for problem in checked.problems] == [
        (1, "a", "bad_integer"), (2, "b", "too_long"), (3, "a", "required"),
    ]  # fmt: skip


def test_typed_columns_are_taken_without_a_detour():
    batch = pa.record_batch(
        {"n": pa.array([1.0, 2.0]), "t": pa.array([7, None]), "d": pa.array([datetime(2021, 3, 5, 23), None])}
    )
    items = [Wanted("n", "数", "integer"), Wanted("t", "文", "text"), Wanted("d", "日", "date")]
    good = check(batch, items, {"n": "n", "t": "t", "d": "d"}).good
    assert good.to_pylist() == [{"n": 1, "t": "7", "d": date(2021, 3, 5)}, {"n": 2, "t": None, "d": None}]


def test_an_empty_delivery_conforms():
    assert (
        check(
            pa.record_batch({"a": pa.array([], pa.string())}), [Wanted("a", "甲", "date")], {"a": "a"}
        ).good.num_rows
        == 0
    )
