from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.cases.calendar import is_working_day
from district.kernel.cases.clock_columns import due_many, elapsed_many, lights_many
from district.kernel.cases.clocks import (
    OFFICE,
    Kind,
    Light,
    Limit,
    Office,
    due_at,
    elapsed,
    late_at,
    light,
    limit_until,
    time_left,
    warn_at,
)
from district.kernel.clock import CHINA

KINDS = list(Kind)
HOURS = [Kind.NATURAL_HOURS, Kind.WORKING_HOURS]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


instants = st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=CHINA)
)
limits = st.one_of(
    st.integers(1, 30).map(lambda amount: Limit(Kind.WORKING_DAYS, amount)),
    st.tuples(st.sampled_from(HOURS), st.integers(1, 600)).map(lambda pair: Limit(pair[0], pair[1] / 4)),
)


@st.composite
def starts_and_pauses(draw):
    start = draw(instants)
    edges = sorted(draw(st.lists(st.integers(0, 60 * 24 * 60), max_size=6, unique=True)))
    moments = [start + timedelta(minutes=edge) for edge in edges]
    return start, list(zip(moments[::2], moments[1::2], strict=False))


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-26 10:00", Limit("working_days", 1), "2026-11-27 17:30"),
        ("2026-11-27 18:00", Limit("working_days", 1), "2026-11-30 17:30"),
        ("2026-11-28 09:00", Limit("working_days", 1), "2026-11-30 17:30"),
        ("2026-09-30 10:00", Limit("working_days", 3), "2026-10-10 17:30"),
        ("2026-02-13 10:00", Limit("working_days", 2), "2026-02-24 17:30"),
        ("2026-11-26 11:00", Limit("working_hours", 2), "2026-11-26 14:30"),
        ("2026-11-26 12:30", Limit("working_hours", 4), "2026-11-26 17:30"),
        ("2026-11-26 16:30", Limit("working_hours", 4), "2026-11-27 11:30"),
        ("2026-11-28 03:00", Limit("working_hours", 7.5), "2026-11-30 17:30"),
        ("2026-09-30 17:00", Limit("working_hours", 1), "2026-10-08 09:00"),
        ("2026-09-30 17:00", Limit("natural_hours", 24), "2026-10-01 17:00"),
        ("2026-12-31 23:30", Limit("natural_hours", 0.5), "2027-01-01 00:00"),
    ],
)
def test_a_limit_is_used_up_when_a_person_with_a_calendar_says_so(start: str, limit: Limit, due: str):
    assert due_at(at(start), limit) == at(due)


def test_suspended_time_is_not_counted():
    pause = [(at("2026-11-26 10:00"), at("2026-11-27 10:00"))]
    start = at("2026-11-26 09:00")
    assert due_at(start, Limit("natural_hours", 24), pause) == at("2026-11-28 09:00")
    assert due_at(start, Limit("working_hours", 3), pause) == at("2026-11-27 12:00")
    assert due_at(at("2026-11-25 09:00"), Limit("working_days", 2), pause) == at("2026-11-30 17:30")


def test_pauses_that_overlap_count_once():
    pauses = [
        (at("2026-11-26 10:00"), at("2026-11-26 12:00")), (at("2026-11-26 11:00"), at("2026-11-26 15:00")),
        (at("2026-11-26 10:30"), at("2026-11-26 10:30")),
    ]  # fmt: skip
    assert due_at(at("2026-11-26 09:00"), Limit("natural_hours", 2), pauses) == at("2026-11-26 16:00")


@pytest.mark.parametrize("kind", KINDS)
def test_a_suspension_without_end_leaves_no_deadline(kind: Kind):
    pause = [(at("2026-11-26 10:00"), None)]
    assert due_at(at("2026-11-26 09:00"), Limit(kind, 30), pause) is None


def test_an_extension_counts_on_from_where_the_limit_ends():
    start = at("2026-11-26 10:00")
    assert due_at(start, Limit("working_days", 5), extensions=[Limit("working_days", 3)]) == due_at(
        start, Limit("working_days", 8)
    )
    assert due_at(start, Limit("working_hours", 1), extensions=[Limit("natural_hours", 2)]) == at(
        "2026-11-26 13:00"
    )


@pytest.mark.parametrize(
    ("now", "colour"),
    [
        ("2026-11-26 17:00", "green"), ("2026-11-26 17:30", "yellow"), ("2026-11-27 17:30", "yellow"),
        ("2026-11-28 12:00", "yellow"), ("2026-11-30 08:29", "yellow"), ("2026-11-30 08:30", "red"),
    ],
)  # fmt: skip
def test_cards_of_working_days_follow_the_hotline_rule(now: str, colour: str):
    assert light(at(now), at("2026-11-20 10:00"), at("2026-11-27 17:30")) == colour


@pytest.mark.parametrize(
    ("now", "colour"),
    [
        ("2026-11-26 11:59", "green"),
        ("2026-11-26 12:00", "yellow"),
        ("2026-11-26 14:30", "yellow"),
        ("2026-11-26 14:31", "red"),
    ],
)
def test_cards_of_hours_are_yellow_in_the_last_quarter(now: str, colour: str):
    start, due = at("2026-11-26 09:00"), due_at(at("2026-11-26 09:00"), Limit("working_hours", 4))
    assert due == at("2026-11-26 14:30")
    assert light(at(now), start, due, "working_hours") == colour


def test_without_a_deadline_the_light_is_green():
    assert light(at("2026-11-26 09:00"), at("2020-01-01 09:00"), None) is Light.GREEN


@pytest.mark.parametrize("amount", [0, 1.5, -1, float("nan")])
def test_a_limit_of_working_days_is_whole(amount: float):
    with pytest.raises(ValueError, match="amount"):
        Limit("working_days", amount)


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        due_at(datetime(2026, 11, 26), Limit("natural_hours", 1))


def test_other_office_hours_are_a_setting():
    through = Office(spans=((time(0), time(23, 59)),), is_working=lambda day: True)
    assert due_at(at("2026-11-28 10:00"), Limit("working_days", 1), office=through) == at("2026-11-29 23:59")
    with pytest.raises(ValueError, match="spans"):
        Office(spans=((time(12), time(9)),))


@given(starts_and_pauses(), limits)
def test_the_clock_of_a_limit_stands_at_its_amount_when_it_is_due(case, limit: Limit):
    start, pauses = case
    due = due_at(start, limit, pauses)
    assert elapsed(start, due, limit.kind, pauses) == pytest.approx(limit.amount)
    assert elapsed(start, due - timedelta(seconds=1), limit.kind, pauses) < limit.amount


@given(starts_and_pauses(), limits, st.integers(1, 10 * 86_400))
def test_a_later_start_is_never_due_earlier(case, limit: Limit, later: int):
    start, pauses = case
    assert due_at(start, limit, pauses) <= due_at(start + timedelta(seconds=later), limit, pauses)


@given(starts_and_pauses(), st.sampled_from(KINDS), st.integers(0, 90 * 86_400), st.integers(0, 20 * 86_400))
def test_a_clock_never_runs_backwards(case, kind: Kind, first: int, more: int):
    start, pauses = case
    one = elapsed(start, start + timedelta(seconds=first), kind, pauses)
    assert 0 <= one <= elapsed(start, start + timedelta(seconds=first + more), kind, pauses)


@given(instants, st.integers(0, 10 * 24 * 4))
def test_a_working_clock_stands_still_at_night_and_on_days_off(start: datetime, quarters: int):
    moment = start.replace(minute=0, second=0) + timedelta(minutes=15 * quarters)
    ran = elapsed(start, moment + timedelta(minutes=15), "working_hours") - elapsed(
        start, moment, "working_hours"
    )
    inside = time(8, 30) <= moment.time() < time(12) or time(13, 30) <= moment.time() < time(17, 30)
    if is_working_day(moment.date()) and inside and moment >= start:
        assert ran == pytest.approx(0.25)
    elif moment >= start:
        assert ran == 0


@given(instants, st.integers(1, 20))
def test_working_days_are_due_at_the_close_of_a_working_day_after_the_start(start: datetime, days: int):
    due = due_at(start, Limit("working_days", days))
    between = [
        start.date() + timedelta(days=ahead) for ahead in range(1, (due.date() - start.date()).days + 1)
    ]
    assert due.time() == time(17, 30)
    assert is_working_day(due.date())
    assert sum(is_working_day(day) for day in between) == days


@given(starts_and_pauses(), limits)
def test_suspension_and_extension_never_bring_a_deadline_forward(case, limit: Limit):
    start, pauses = case
    assert due_at(start, limit, pauses) >= due_at(start, limit)
    assert due_at(start, limit, pauses, [Limit("working_hours", 1)]) > due_at(start, limit, pauses)


@given(instants, limits, st.integers(-5 * 86_400, 40 * 86_400), st.integers(0, 10 * 86_400))
def test_a_light_only_ever_gets_worse(start: datetime, limit: Limit, first: int, more: int):
    due = due_at(start, limit)
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    one, other = (
        order.index(light(start + timedelta(seconds=ahead), start, due, limit.kind))
        for ahead in (first, first + more)
    )
    assert one <= other


@given(instants, limits)
def test_yellow_comes_before_due_and_red_after(start: datetime, limit: Limit):
    due = due_at(start, limit)
    warn, late = warn_at(start, due, limit.kind), late_at(due, limit.kind)
    assert start <= warn <= due <= late
    if warn > start:
        assert light(warn - timedelta(seconds=1), start, due, limit.kind) == Light.GREEN
    assert light(warn, start, due, limit.kind) != Light.GREEN
    assert light(due, start, due, limit.kind) == Light.YELLOW
    assert time_left(warn, due) <= OFFICE.day_length or limit.kind == Kind.NATURAL_HOURS


def columns(moments: list[datetime]) -> np.ndarray:
    return np.array([np.datetime64(int(moment.timestamp()), "s") for moment in moments])


@given(st.lists(instants, min_size=1, max_size=20), limits, st.integers(-86_400, 60 * 86_400))
def test_many_clocks_at_once_show_what_each_shows_alone(starts: list[datetime], limit: Limit, ahead: int):
    dues = [due_at(start, limit) for start in starts]
    assert list(due_many(columns(starts), limit)) == list(columns(dues))
    moment = starts[0] + timedelta(seconds=ahead)
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    assert [
        order[each] for each in lights_many(columns([moment])[0], columns(starts), columns(dues), limit.kind)
    ] == [light(moment, start, due, limit.kind) for start, due in zip(starts, dues, strict=True)]
    ats = [start + timedelta(seconds=ahead) for start in starts]
    assert list(elapsed_many(columns(starts), columns(ats), limit.kind)) == pytest.approx(
        [elapsed(start, moment, limit.kind) for start, moment in zip(starts, ats, strict=True)]
    )


def test_an_unknown_instant_stays_unknown():
    starts = np.array(["NaT", "2026-11-26T02:00:00"], dtype="datetime64[s]")
    for kind in KINDS:
        dues = due_many(starts, Limit(kind, 1))
        assert np.isnat(dues[0])
        assert not np.isnat(dues[1])
        assert np.isnan(elapsed_many(starts, dues, kind)[0])
        assert lights_many(np.datetime64("2027-06-01"), starts, dues, kind).tolist() == [0, 2]


def test_none_at_all_are_no_trouble():
    none = np.array([], dtype="datetime64[s]")
    assert len(due_many(none, Limit("working_days", 2))) == 0
    assert len(lights_many(np.datetime64("2026-11-26"), none, none)) == 0


def test_a_day_in_no_notice_is_still_reckoned():
    assert due_at(at("2031-12-31 10:00"), Limit("working_days", 2)).date() >= date(2032, 1, 2)


@given(instants, st.integers(1, 80))
def test_a_limit_until_a_day_ends_with_its_last_working_day(start: datetime, days: int):
    last = start.date() + timedelta(days=days)
    due = due_at(start, limit_until(start, last))
    assert due is not None
    after = [start.date() + timedelta(days=ahead) for ahead in range(1, 120)]
    working = [day for day in after if is_working_day(day)]
    until = [day for day in working if day <= last]
    assert due == OFFICE.closes(until[-1] if until else working[0])
