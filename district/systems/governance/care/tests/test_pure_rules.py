"""Rhythm of visits, identity numbers, texts about events, terms of mediation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.governance.care import identity_number
from district.systems.governance.care.bases import bases
from district.systems.governance.care.event_texts import person_mark
from district.systems.governance.care.mediation_terms import confirmation_due, mediation_due
from district.systems.governance.care.visit_rhythm import light, next_visit_on, rhythm_days

DAY = date(2026, 11, 3)
MENTAL = bases()["mental_care"]


@pytest.mark.parametrize(
    ("condition", "days"), [("stable", 90), ("basically_stable", 30), ("unstable", 14), ("", 90)]
)
def test_the_rhythm_follows_the_condition_a_doctor_recorded(condition: str, days: int):
    assert rhythm_days(MENTAL, condition) == days
    assert next_visit_on(MENTAL, DAY, DAY + timedelta(days=300), condition) == DAY + timedelta(days=days)


def test_no_visit_is_due_after_the_record_ends():
    assert next_visit_on(MENTAL, DAY, DAY + timedelta(days=90)) is None


@pytest.mark.parametrize(("days", "colour"), [(-1, "red"), (0, "yellow"), (7, "yellow"), (8, "green")])
def test_lights_of_visits(days: int, colour: str):
    assert light(DAY + timedelta(days=days), DAY) == colour
    assert light(None, DAY) == "none"


def test_the_published_example_of_the_standard_has_a_right_check_character():
    assert identity_number.problem("11010519491231002X") is None
    assert identity_number.born_on("11010519491231002X") == date(1949, 12, 31)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, by: int):
    right = "11010519491231002X"
    digit = right[place]
    wrong = str((int(digit) + by) % 10) if digit != "X" else str(by)
    altered = right[:place] + wrong + right[place + 1 :]
    assert identity_number.problem(altered) is not None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("物业费上涨引起的群体争议，约 30 人到社区反映", None),
        ("联系电话 13800138000", "phone"),
        ("证件 11010519491231002X", "identity_number"),
        ("参与人员：甲、乙", "list_of_people"),
        ("骨干为某某", "list_of_people"),
        ("案号 2026370306000001", None),
    ],
)
def test_texts_about_group_disputes_bear_no_persons(text: str, mark: str | None):
    assert person_mark(text) == mark


def test_mediation_and_confirmation_have_thirty_days():
    assert mediation_due(DAY) - DAY == timedelta(days=30)
    assert mediation_due(DAY, DAY + timedelta(days=45)) - DAY == timedelta(days=45)
    assert mediation_due(DAY, DAY + timedelta(days=10)) - DAY == timedelta(days=30)
    assert confirmation_due(DAY) - DAY == timedelta(days=30)
