"""Sums at each level come from the submissions themselves and agree, whatever is late, returned or deleted."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.clock import now
from district.kernel.forms.models import Entity, Register, Submission
from district.systems.affairs.matters.sums import Level, sums
from district.systems.affairs.models import Assignment, Piece

from .filling import DISTRICT, TOWN, VILLAGES, form_of, submission, units

pytestmark = pytest.mark.django_db
PLACES = (*VILLAGES, TOWN, "370306101203", DISTRICT, "3703", "371002001001", "")
ROW = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(["on_time", "late", "early", "after_end"]),
    st.sampled_from(["", "approved", "edited", "hasIssues", "rejected"]), st.booleans(),
    st.sampled_from(["0", "7", "-3", "2.5", "12345678901", "许多", "", None, " 4 ", "1e9", "١"]),
)  # fmt: skip


def task(form, **fields) -> Assignment:
    at = now() - timedelta(days=10)
    return Assignment.objects.create(
        title="报收入", organisation=form.organisation, answer_kind="form", form=form, issued_at=at,
        due_at=at + timedelta(days=5), late_at=at + timedelta(days=6), ended_at=at + timedelta(days=9), **fields,
    )  # fmt: skip


def fill(assignment: Assignment, rows: list) -> None:
    moments = {
        "early": assignment.issued_at - timedelta(seconds=1), "on_time": assignment.late_at - timedelta(seconds=1),
        "late": assignment.late_at, "after_end": assignment.ended_at,
    }  # fmt: skip
    Submission.objects.bulk_create(
        submission(
            assignment.form, place, created_at=moments[when], review_state=review,
            deleted_at=now() if is_deleted else None, values={} if value is None else {"income": value},
        )
        for place, when, review, is_deleted, value in rows
    )  # fmt: skip


def is_a_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.strip().lstrip("-").replace(".", "", 1).isdigit()


def counted_by_hand(rows: list, digits: int) -> dict[str, Counter]:
    """The same by another way: row by row in Python."""
    found: dict[str, Counter] = {}
    for place, when, review, is_deleted, value in rows:
        if is_deleted or when in ("early", "after_end"):
            continue
        line = found.setdefault(place[:digits], Counter())
        if review in ("hasIssues", "rejected"):
            line["returned"] += 1
            continue
        line[when] += 1
        if is_a_number(value):
            line["income"] += Decimal(value)
        elif value:
            line["unreadable"] += 1
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=60),
    pieces=st.lists(st.sampled_from(range(3)), unique=True),
    records=st.integers(0, 4),
)
def test_villages_come_to_towns_and_towns_to_the_district_whatever_was_sent(rows, pieces, records):
    with transaction.atomic():
        made = units()
        form = form_of(made["agriculture"])
        register = Register.objects.create(
            project=form.project, name="households", title="户", organisation=form.organisation
        )
        assignment = task(form, register=register)
        for number in range(records):
            Entity.objects.create(register=register, label="户", division_code=VILLAGES[number % 3])
        for index in pieces:
            late = assignment.late_at
            unit = made[VILLAGES[index]]
            Piece.objects.create(
                assignment=assignment, organisation=unit, division_code=unit.division_code, due_at=late, warn_at=late,
                late_at=late, state="handed_in", handed_in_at=late - timedelta(hours=index - 1),
            )  # fmt: skip
        fill(assignment, rows)

        counted = sums(assignment, ["income"])

        for level in Level:
            for line in (each for each in counted.lines if each.level is level):
                assert counted.agrees(level, line.code), (level, line.code)
            by_hand = counted_by_hand(rows, int(level))
            for code, wanted in by_hand.items():
                line = counted.of(level, code)
                assert line is not None
                got = (line.on_time, line.late, line.returned, line.numbers[0], line.unreadable[0])
                assert got == tuple(
                    wanted[key] for key in ("on_time", "late", "returned", "income", "unreadable")
                )
            others = [each for each in counted.lines if each.level is level and each.code not in by_hand]
            assert all(each.received == each.returned == 0 for each in others)
        whole = counted.of(Level.ALL)
        assert whole is not None
        assert (whole.expected, whole.units, whole.units_in) == (records, len(pieces), len(pieces))
        for code in {row[0] for row in rows if row[0]}:
            narrowed = sums(assignment, ["income"], within=code)
            for level in Level:
                if level >= len(code):
                    assert narrowed.of(level, code) == counted.of(level, code)
        transaction.set_rollback(True)


def test_one_statement_reads_all_levels(django_assert_num_queries):
    assignment = task(form_of(units()["agriculture"]))

    with django_assert_num_queries(1):
        found = sums(assignment, ["income", "wage"])

    assert found.of(Level.ALL).numbers == (0, 0)


def test_a_sum_that_does_not_agree_is_seen():
    made = units()
    assignment = task(form_of(made["agriculture"]))
    fill(assignment, [(VILLAGES[0], "late", "", False, "5"), (VILLAGES[1], "late", "", False, "6")])
    counted = sums(assignment, ["income"])
    short = type(counted)(
        counted.questions, tuple(line for line in counted.lines if line.code != VILLAGES[0])
    )

    assert counted.agrees(Level.TOWN, TOWN)
    assert not short.agrees(Level.TOWN, TOWN)


def test_without_a_form_the_answers_of_the_units_are_summed_once_though_the_town_has_a_piece_too():
    made = units()
    at = now()
    assignment = Assignment.objects.create(
        title="报数", organisation=made["agriculture"], answer_kind="number", due_at=at, late_at=at
    )
    common = {"assignment": assignment, "due_at": at, "warn_at": at, "late_at": at}
    parent = Piece.objects.create(organisation=made[TOWN], division_code=TOWN, **common)
    for code, number in zip(VILLAGES, (3, 4, None), strict=True):
        is_in = number is not None
        Piece.objects.create(
            organisation=made[code], division_code=code, parent=parent, number=number,
            state="handed_in" if is_in else "open", handed_in_at=at if is_in else None, **common,
        )  # fmt: skip

    counted = sums(assignment)

    town = counted.of(Level.TOWN, TOWN)
    assert (town.numbers, town.late, town.expected, town.units) == ((7,), 2, 3, 3)
    assert counted.agrees(Level.DISTRICT, DISTRICT)
