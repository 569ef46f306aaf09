"""Edits of a filled form, in any order: what two changed differently is kept twice, what one changed is changed."""

from __future__ import annotations

import itertools

import pytest

from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Submission
from district.kernel.forms.tests.filling import filled_xml, make_form, new_id
from district.testing.people import account

pytestmark = pytest.mark.django_db


def edit(instance_id: str, deprecated: str = "", hour: int = 10, **answers) -> bytes:
    return filled_xml(instance_id, deprecated=deprecated, end=f"2026-11-03T{hour}:30:00.000+08:00", **answers)


def test_three_edits_in_every_order_come_to_one_outcome():
    by = account()
    outcomes = []
    for number, order in enumerate(list(itertools.permutations(range(4)))[::2]):
        form = make_form(f"f{number}")
        root, one, two, three = (f"uuid:{number}-{letter}" for letter in "abcd")
        letters = [
            edit(root, form_id=f"f{number}", wage="1200", members=("甲",)),
            edit(one, root, 11, form_id=f"f{number}", wage="1300", members=("甲",)),
            edit(two, root, 12, form_id=f"f{number}", wage="1400", members=("甲", "乙")),
            edit(three, one, 13, form_id=f"f{number}", wage="1350", members=("甲",)),
        ]
        for index in order:
            take_submission(form, letters[index], {}, account=by)
        made = Submission.objects.get(form=form)
        assert made.conflicts == {"income/wage": [three, two]}
        outcomes.append((made.values["income/wage"], [row["member_name"] for row in made.values["members"]]))
    assert set(map(repr, outcomes)) == {repr(("1350", ["甲", "乙"]))}


def test_edits_one_after_the_other_are_no_conflict_and_may_clear_an_answer():
    form, by = make_form(), account()
    first, second = new_id(), new_id()
    take_submission(form, edit(first, photo="p.jpg"), {}, account=by)
    take_submission(form, edit(second, first, 11, wage=""), {}, account=by)
    made = take_submission(form, edit(new_id(), second, 12, wage="", name="演示新户主"), {}, account=by)
    made.refresh_from_db()
    assert made.conflicts == {}
    assert made.values["name"] == "演示新户主"
    assert "photo" not in made.values
    assert "income/wage" not in made.values
