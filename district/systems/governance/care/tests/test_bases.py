"""The closed table of statutes and the terms it allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.systems.governance.care.bases import (
    bases,
    is_two_person,
    latest_expiry,
    months_later,
    term_problem,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_every_basis_names_statute_article_purpose_and_term():
    for basis in bases().values():
        assert all((basis.statute, basis.article, basis.gist, basis.purpose, basis.term_source)), basis.key
        assert basis.article.startswith("第")
        assert basis.article.endswith("条")
        assert basis.term in ("document", "review", "adult"), basis.key
        assert basis.max_months > 0
        assert 0 <= basis.keep_days <= 30
        assert basis.withheld_by or not basis.withheld


def test_the_terms_are_those_of_the_law():
    start = date(2026, 3, 1)
    latest = {key: latest_expiry(basis, start, date(2016, 5, 4)) for key, basis in bases().items()}
    assert latest["aftercare"] == date(2031, 3, 1)
    assert latest["community_detox"] == latest["community_recovery"] == date(2029, 3, 1)
    assert latest["correction_control"] == date(2029, 3, 1)
    assert latest["correction_probation"] == date(2031, 3, 1)
    assert latest["minor_hardship"] == latest["minor_left_behind"] == date(2034, 5, 4)
    assert latest["mental_care"] == date(2027, 3, 1)


def test_only_what_is_reviewed_can_be_renewed():
    assert {key for key, basis in bases().items() if basis.is_renewable} == {
        key for key, basis in bases().items() if basis.term == "review"
    }


def test_a_minor_without_day_of_birth_has_no_term():
    basis = bases()["minor_hardship"]
    assert term_problem(basis, date(2026, 1, 1), date(2027, 1, 1)) == "birth_missing"


@given(day=DAYS, extra=st.integers(1, 4000), key=st.sampled_from(sorted(bases())))
@settings(deadline=None)
def test_a_term_stands_exactly_until_the_latest_day(day: date, extra: int, key: str):
    basis = bases()[key]
    latest = latest_expiry(basis, day, day)
    assert term_problem(basis, day, latest, day) is None
    assert term_problem(basis, day, latest + timedelta(days=extra), day) == "longer_than_law"
    assert term_problem(basis, day, day, day) == "ends_before_start"


@given(day=DAYS, months=st.integers(0, 300))
@settings(deadline=None)
def test_months_are_added_as_on_the_calendar(day: date, months: int):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("recorded", "wanted"), [(None, False), (0, False), (2, False), (3, True), (5, True)]
)
def test_the_gravest_class_is_opened_by_two(recorded: int | None, wanted: bool):
    assert is_two_person(bases()["mental_care"], recorded) is wanted
    assert not is_two_person(bases()["aftercare"], recorded)
