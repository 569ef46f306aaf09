"""What is wrong with a workbook is said where it is wrong: sheet, row, column, value, rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.forms.design import xlsform
from district.kernel.forms.design.problems import BadForm, Problem
from district.kernel.forms.design.sheets import Sheets, read_sheets, write_sheets

GOOD: dict[str, Any] = {"type": "text", "name": "a", "label": "甲"}
OPEN = {"type": "begin_group", "name": "g", "label": "组"}


def refused(survey: list[dict[str, str]], **sheets: Any) -> list[tuple[str, str, int, str]]:
    content = write_sheets(Sheets.of({"survey": survey, **sheets}))
    with pytest.raises(BadForm) as caught:
        xlsform.read(content, form_id="f")
    return [(each.code, each.sheet, each.row, each.column) for each in caught.value.problems]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"type": "txt", "name": "b", "label": "乙"}, "unknown_type", "type"),
        ({"name": "b", "label": "乙"}, "no_type", "type"),
        ({"type": "text", "label": "乙"}, "no_name", "name"),
        ({"type": "text", "name": "1b", "label": "乙"}, "bad_name", "name"),
        ({"type": "text", "name": "b"}, "no_label", "label"),
        ({"type": "text", "name": "a", "label": "乙"}, "name_twice", "name"),
        ({"type": "select_one yn", "name": "b", "label": "乙"}, "unknown_list", "type"),
        ({"type": "select_one", "name": "b", "label": "乙"}, "no_list", "type"),
        ({"type": "select_one_from_file x", "name": "b", "label": "乙"}, "bad_file", "type"),
        (
            {"type": "text", "name": "b", "label": "乙", "relevant": "${z} = 1"},
            "unknown_reference",
            "relevant",
        ),
        (
            {"type": "text", "name": "b", "label": "乙", "constraint": "(. > 1"},
            "bad_expression",
            "constraint",
        ),
        ({"type": "text", "name": "b", "label": "乙", "relevant": "${a = 1"}, "bad_expression", "relevant"),
        ({"type": "text", "name": "b", "label": "乙", "save_to": "b"}, "no_entities", "save_to"),
        ({"type": "integer", "name": "b", "label": "乙", "relevant": "${b} > 1"}, "cycle", "relevant"),
        ({"type": "calculate", "name": "b", "calculation": "${b} + 1"}, "cycle", "calculation"),
        ({"type": "end_group"}, "not_opened", "type"),
        ({"type": "begin_repeat", "name": "r", "label": "乙"}, "not_closed", "type"),
    ],
)
def test_a_broken_rule_names_its_cell(row: dict[str, str], code: str, column: str):
    assert refused([GOOD, row]) == [(code, "survey", 3, column)]


def test_a_group_that_waits_for_a_question_inside_it_is_refused():
    group = {"type": "begin_group", "name": "g", "label": "组", "relevant": "${b} = '1'"}
    inner = {"type": "text", "name": "b", "label": "乙"}
    assert refused([GOOD, group, inner, {"type": "end_group"}]) == [("cycle", "survey", 3, "relevant")]


def test_all_broken_rules_are_named_at_once():
    found = refused(
        [GOOD, {"type": "txt", "name": "b", "label": "乙"}, {"type": "text", "name": "c"}],
        choices=[{"list_name": "l", "name": "x y", "label": "一"}, {"list_name": "l", "name": "z"}],
        settings=[{"form_id": "有空 格"}],
    )
    assert [code for code, *_place in found] == [
        "unknown_type",
        "no_label",
        "bad_choice",
        "no_label",
        "bad_form_id",
    ]


def test_what_only_the_converter_finds_keeps_its_place():
    found = refused([{**GOOD, "save_to": "x"}], entities=[{"list_name": "__x", "label": "a"}])
    assert found[0][1:3] == ("entities", 2)


def test_the_words_name_sheet_row_column_value_and_rule():
    content = write_sheets(Sheets.of({"survey": [GOOD, {"type": "txt", "name": "b", "label": "乙"}]}))
    with pytest.raises(BadForm) as caught:
        xlsform.read(content)
    assert str(caught.value) == "工作表 survey 第 3 行 type 列 “txt”：没有这种题型"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"type,name\ntext,a\n", b"\x00" * 100])
def test_what_is_no_workbook_is_refused(content: bytes):
    with pytest.raises(BadForm) as caught:
        xlsform.read(content)
    assert caught.value.code == "not_xlsx"


def test_a_workbook_without_a_survey_is_refused():
    content = write_sheets(Sheets.of({"survey": [], "choices": []}))
    with pytest.raises(BadForm) as caught:
        xlsform.read(content)
    assert caught.value.code == "no_questions"


cells = (
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(cells, cells, cells), max_size=4))
def test_any_workbook_is_read_or_refused_with_words(rows: list[tuple[str, str, str]]):
    survey = [GOOD, *({"type": kind, "name": name, "label": label} for kind, name, label in rows)]
    content = write_sheets(Sheets.of({"survey": survey}))
    problems: tuple[Problem, ...] = ()
    try:
        assert xlsform.read(content, form_id="f").questions
    except BadForm as bad:
        problems = bad.problems
    assert all(each.code and each.text for each in problems)


def test_a_workbook_that_is_written_and_read_is_the_same():
    sheets = Sheets.of(
        {
            "survey": [{**GOOD, "label::中文 (zh)": "=1+1", "hint": "提示"}, OPEN, {"type": "end_group"}],
            "choices": [{"list_name": "l", "name": "1", "label": "一", "Village": "02"}],
            "settings": [{"form_id": "f"}],
        }
    )
    back = read_sheets(write_sheets(sheets))
    for name, rows in sheets.by_name.items():
        assert [row.cells for row in back.rows(name)] == [row.cells for row in rows]
