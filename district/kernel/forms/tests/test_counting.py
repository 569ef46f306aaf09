"""What the district held is counted as kept or changed; what it did not hold is only asked."""

from __future__ import annotations

import uuid

import pytest

from district.kernel.forms.counting import count, same
from district.kernel.forms.models import Register, RegisterItem
from district.kernel.forms.registers.writing import create_entity
from district.kernel.forms.tests.filling import make_form

pytestmark = pytest.mark.django_db
PREFILL = {"register": "households", "key": "household"}
QUESTIONS = [
    {"path": "household", "name": "household", "type": "select_one", "register": "households"},
    {"path": "head", "name": "head", "type": "text", "prefill": {**PREFILL, "item": "head"}},
    {"path": "people", "name": "people", "type": "integer", "prefill": {**PREFILL, "item": "people"}},
    {"path": "number", "name": "number", "type": "text", "prefill": {**PREFILL, "item": "number"}},
    {"path": "note", "name": "note", "type": "note", "label": "说明"},
    {"path": "wish", "name": "wish", "type": "text"},
]


@pytest.fixture
def household():
    form = make_form()
    register = Register.objects.create(
        project=form.project, name="households", title="户", organisation=form.organisation
    )
    for position, (name, grade) in enumerate((("head", 1), ("people", 1), ("number", 3))):
        RegisterItem.objects.create(
            register=register, name=name, title=name, position=position, grade=grade,
            type="integer" if name == "people" else "text",
        )  # fmt: skip
    values = {"head": "演示甲", "people": "4", "number": "DEMO-1"}
    return create_entity(register, values=values, label="一号", division_code="370306102201")


def test_answers_left_as_held_and_changed_ones_are_told_apart_sealed_ones_too(household):
    project = household.register.project_id
    answers = {
        "household": str(household.uuid), "head": "演示甲", "people": "5", "number": "DEMO-1", "wish": "修路",
    }  # fmt: skip
    counts = count(QUESTIONS, answers, project)
    assert (counts.asked, counts.held, counts.kept, counts.changed) == (4, 3, 2, 1)
    assert counts.division_code == "370306102201"


def test_a_record_nobody_knows_holds_nothing(household):
    project = household.register.project_id
    for name in (str(uuid.uuid4()), "not a uuid", ""):
        counts = count(QUESTIONS, {"household": name, "head": "演示甲"}, project)
        assert (counts.asked, counts.held) == (1, 0)


def test_records_in_a_repeat_are_counted_row_by_row(household):
    questions = [
        {**each, "path": f"rows/{each['path']}", "repeat": "rows"}
        | ({"prefill": {**each["prefill"], "key": "rows/household"}} if "prefill" in each else {})
        for each in QUESTIONS
    ]
    rows = [{"household": str(household.uuid), "head": "演示甲", "people": "4"}, {"head": "演示乙"}]
    counts = count(questions, {"rows": rows}, household.register.project_id)
    assert (counts.asked, counts.kept, counts.changed) == (3, 2, 1)


def test_numbers_are_the_same_by_value():
    assert same("4", "4.0")
    assert not same("4", "四")
