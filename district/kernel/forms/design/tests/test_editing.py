"""Forms are changed question by question, and what comes out is always an XLSForm that ODK Validate accepts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.forms.design import editing, odk_validate, xlsform
from district.kernel.forms.design.editing import OFFERED, Source
from district.kernel.forms.design.problems import BadForm
from district.kernel.forms.design.questions import Prefill, Question, asked_of, questions_of
from district.kernel.forms.design.sheets import Sheets

needs_java = pytest.mark.skipif(not odk_validate.is_there(), reason="no Java to run ODK Validate with")


def source(item: str, kind: str = "text", choices: tuple[tuple[str, str], ...] = ()) -> Source:
    return Source("households", "农户台账", "household", item, item, kind, "演示单位", choices)


def every_type() -> Sheets:
    sheets = editing.blank()
    for number, kind in enumerate(OFFERED):
        choices = [("y", "是"), ("n", "否")] if kind in editing.CHOOSING else ()
        editing.add_question(
            sheets, kind, f"第{number}题", f"q{number}", choices=choices, required="yes" if number % 2 else ""
        )
    sheets.rows("survey")[4].cells |= {
        "constraint": ". >= 0 and . <= 9",
        "constraint_message": "在 0 和 9 之间",
    }
    sheets.rows("survey")[5].cells["relevant"] = "${q1} > '3'"
    return sheets


def place(sheets: Sheets, name: str) -> int:
    return next(at for at, row in enumerate(sheets.rows("survey")) if row["name"] == name)


def taken() -> Sheets:
    sheets = every_type()
    editing.take_from_register(sheets, place(sheets, "q0"), "q0", source("head"))
    editing.take_from_register(sheets, place(sheets, "q1"), "q1", source("people", "integer"))
    editing.take_from_register(
        sheets, place(sheets, "q3"), "q3", source("relief", "text", (("a", "甲"), ("b", "乙")))
    )
    return sheets


@needs_java
@pytest.mark.parametrize("made", [every_type, taken])
def test_what_the_designer_makes_is_valid_to_odk_validate(made):
    assert odk_validate.objections(xlsform.of_sheets(made(), form_id="f", title="表").form.xml) == ""


@needs_java
def test_odk_validate_is_a_judge_that_refuses():
    xml = xlsform.of_sheets(every_type(), form_id="f", title="表").form.xml
    assert odk_validate.objections(xml.replace('type="int"', 'type="int" calculate="/data/q1 + 1"', 1)) != ""


def test_a_question_that_is_taken_is_looked_up_where_the_record_is_chosen():
    design = xlsform.of_sheets(taken(), form_id="f", title="表")
    by_name = {question.name: question for question in design.questions}
    assert by_name["q0"].prefill == Prefill("households", "head", "households_id")
    assert (by_name["q0"].save_to, by_name["q0"].save_register) == ("head", "households")
    assert by_name["q0"].hint == "来源：演示单位。如有变化请改正。"
    assert by_name["q3"].label_of("b") == "乙"
    assert by_name["households_id"].register == "households"
    assert [question.name for question in design.questions].index("households_id") == 3
    assert design.form.files == ("households.csv",)


def test_what_is_asked_again_is_as_before():
    sheets = taken()
    for name in ("q0", "q1", "q3"):
        editing.ask_again(sheets, place(sheets, name), name)
    design = xlsform.of_sheets(sheets, form_id="f", title="表")
    assert not [
        question for question in design.questions if question.prefill or question.save_to or question.register
    ]
    assert design.form.entity_lists == ()
    assert all("来源" not in question.hint for question in design.questions)


def test_a_page_that_is_not_fresh_changes_nothing():
    sheets = every_type()
    with pytest.raises(BadForm) as refused:
        editing.remove_question(sheets, 3, "q9")
    assert refused.value.code == "moved"


def test_choices_that_others_use_are_left_to_them():
    sheets = every_type()
    sheets.rows("survey").append(
        type(sheets.rows("survey")[0])({"type": "select_one q3", "name": "other", "label": "另一题"})
    )
    editing.change_question(
        sheets, place(sheets, "q3"), "q3", kind="select_one", label="改过", choices=[("m", "新")]
    )
    design = xlsform.of_sheets(sheets, form_id="f", title="表")
    by_name = {question.name: [choice.label for choice in question.choices] for question in design.questions}
    assert (by_name["q3"], by_name["other"]) == (["新"], ["是", "否"])


def test_questions_are_kept_and_read_back_the_same():
    questions = xlsform.of_sheets(taken(), form_id="f", title="表").questions
    assert questions_of([question.to_json() for question in questions]) == questions
    assert all(isinstance(question, Question) for question in asked_of(questions))


acts = st.lists(
    st.tuples(st.sampled_from(["add", "take", "ask", "up", "down", "remove"]), st.integers(0, 30)),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(acts)
def test_whatever_is_done_to_a_form_it_stays_a_form(done: list[tuple[str, int]]):
    sheets = editing.blank()
    editing.add_question(sheets, "text", "第一题", "first")
    for number, (what, at) in enumerate(done):
        rows = [row for row in sheets.rows("survey") if row["type"] not in ("start", "end", "today")]
        if what == "add":
            kind = list(OFFERED)[at % len(OFFERED)]
            editing.add_question(
                sheets, kind, "题", f"n{number}", choices=[("a", "甲")] if "select" in kind else ()
            )
        plain = [row for row in rows if "from_file" not in row["type"]]
        if what == "add" or not plain:
            continue
        row = plain[at % len(plain)]
        where = sheets.rows("survey").index(row)
        if what == "take":
            editing.take_from_register(sheets, where, row["name"], source(f"i{at}"))
        elif what == "ask":
            editing.ask_again(sheets, where, row["name"])
        elif what in ("up", "down"):
            editing.move_question(sheets, where, row["name"], 1 if what == "down" else -1)
        elif what == "remove" and len(plain) > 1:
            editing.remove_question(sheets, where, row["name"])
    design = xlsform.of_sheets(sheets, form_id="f", title="表")
    chosen = {question.name for question in design.questions if question.register}
    assert {question.prefill.key for question in design.questions if question.prefill} == chosen
    assert bool(design.form.entity_lists) == bool(chosen)
