"""From rows to a version: what is taken, refused, repeated, and what happens to columns that changed."""

from datetime import date

import pytest

from district.kernel.connectors.models import RefusedRow, RunState
from district.kernel.connectors.runs import counts_agree, run
from district.kernel.connectors.tests.delivered import resource, rows_of, source
from district.kernel.datasets.versions import published

pytestmark = pytest.mark.django_db


def row(code: str, name: str = "甲公司", **more: object) -> dict:
    return {"统一社会信用代码": code, "单位名称": name, **more}


def test_good_rows_become_a_version_and_bad_ones_wait_with_their_reason():
    into = source()
    made = run(
        into,
        [
            [
                row("A", 职工人数="１２", 金额="1,234.5", 成立日期="2021年3月5日"),
                row("B", 职工人数="十二"),
                row("C", ""),
            ]
        ],
    )
    assert made.state == RunState.DONE, made.problem
    assert rows_of(into.resource) == [
        {"code": "A", "name": "甲公司", "staff": 12, "amount": 1234.5, "founded": date(2021, 3, 5)}
    ]
    assert (made.rows_read, made.rows_taken, made.rows_refused, made.rows_repeated) == (3, 1, 2, 0)
    refused = list(made.refused.values_list("position", "item", "value", "code"))
    assert refused == [(2, "staff", "十二", "bad_integer"), (3, "name", "", "required")]
    assert made.refused.get(position=2).raw == {
        "统一社会信用代码": "B",
        "单位名称": "甲公司",
        "职工人数": "十二",
    }


def test_an_amount_with_a_unit_is_not_converted_but_sent_back():
    made = run(source(), [[row("A"), row("B", 金额="12万元")]])
    assert made.refused.get().code == "unit_in_value"
    assert "万元" in made.refused.get().words


def test_codes_keep_their_leading_zeros():
    into = source()
    run(into, [[row("00123")]])
    assert rows_of(into.resource)[0]["code"] == "00123"


def test_a_repeated_file_adds_nothing_and_says_so():
    into = source(mode="append")
    run(into, [[row("A")]], content_sha256="1" * 64)
    again = run(into, [[row("A")]], content_sha256="1" * 64)
    assert (again.state, again.rows_taken, again.rows_repeated) == (RunState.DONE, 0, 1)
    assert again.notes[0]["code"] == "same_file"
    assert len(rows_of(into.resource)) == 1


def test_a_replacing_source_takes_an_older_file_again_when_another_came_between():
    into = source()
    for digest, code in (("1", "A"), ("2", "B"), ("1", "A")):
        made = run(into, [[row(code)]], content_sha256=digest * 64)
    assert made.rows_taken == 1
    assert rows_of(into.resource)[0]["code"] == "A"


@pytest.mark.parametrize("mode", ["append", "upsert"])
def test_rows_that_came_before_are_repeats(mode: str):
    into = source(mode=mode)
    run(into, [[row("A"), row("B")]])
    made = run(into, [[row("B"), row("C")]])
    assert (made.rows_taken, made.rows_repeated) == (1, 1)
    assert sorted(each["code"] for each in rows_of(into.resource)) == ["A", "B", "C"]


def test_without_a_key_two_equal_rows_of_one_delivery_are_two_and_come_only_once():
    into = source(resource({"name": "name", "title": "名称"}), mode="append")
    run(into, [[{"名称": "甲"}, {"名称": "甲"}]])
    made = run(into, [[{"名称": "甲"}, {"名称": "甲"}, {"名称": "甲"}, {"名称": "乙"}]])
    assert (made.rows_taken, made.rows_repeated) == (2, 2)
    assert [each["name"] for each in rows_of(into.resource)].count("甲") == 3


def test_an_upsert_changes_the_row_of_a_key_and_a_key_twice_in_one_delivery_holds_last():
    into = source(mode="upsert")
    run(into, [[row("A"), row("B")]])
    made = run(into, [[row("A", "旧"), row("A", "新")]])
    assert (made.rows_taken, made.rows_repeated) == (1, 1)
    assert {each["code"]: each["name"] for each in rows_of(into.resource)} == {"A": "新", "B": "甲公司"}


def test_a_key_with_other_values_is_refused_where_rows_are_added():
    into = source(mode="append")
    run(into, [[row("A")]])
    made = run(into, [[row("A", "另一家"), row("B")]])
    assert (made.rows_taken, made.rows_refused) == (1, 1)
    assert made.refused.get().code == "key_taken"
    assert counts_agree(made)


def test_rows_up_to_the_cursor_are_repeats_and_the_cursor_moves_on():
    into = source(mode="append", cursor_item="staff")
    run(into, [[row("A", 职工人数=1), row("B", 职工人数=5)]])
    into.refresh_from_db()
    assert into.cursor == 5
    made = run(into, [[row("X", 职工人数=5), row("C", 职工人数=6)]])
    assert (made.rows_taken, made.rows_repeated, made.cursor_before, made.cursor_after) == (1, 1, 5, 6)


def test_a_missing_required_column_stops_before_anything_is_written():
    into = source()
    made = run(into, [[{"统一社会信用代码": "A", "职工人数": 3}]])
    assert (made.state, made.code) == (RunState.BLOCKED, "schema_drift")
    assert [each["kind"] for each in made.drift] == ["missing"]
    assert published(into.resource) is None


def test_a_column_under_a_new_name_is_proposed_as_the_missing_one():
    into = source()
    run(into, [[row("A", 成立日期="2020-01-01")]])
    made = run(into, [[row("B", 企业成立日="2020-01-01")]])
    assert made.state == RunState.BLOCKED
    assert [(each["kind"], each["column"], each["item"]) for each in made.drift] == [
        ("renamed", "企业成立日", "founded")
    ]


def test_a_new_column_is_noted_and_ignored_unless_the_source_says_otherwise():
    into = source()
    made = run(into, [[row("A", 备注="x")]])
    assert (made.state, made.drift[0]["kind"]) == (RunState.DONE, "new")
    strict = source(on_new_column="block")
    assert run(strict, [[row("A", 备注="x")]]).state == RunState.BLOCKED


def test_a_column_that_became_text_is_noticed():
    into = source()
    made = run(into, [[row(str(n), 职工人数="约二十") for n in range(10)]])
    assert (made.state, made.drift[0]["kind"]) == (RunState.BLOCKED, "type")


def test_a_delivery_of_something_else_says_what_was_found():
    made = run(source(), [[{"a;b;c": "1;2;3"}]])
    assert (made.state, made.code) == (RunState.FAILED, "no_column_fits")
    assert "a;b;c" in made.problem


def test_nothing_is_published_when_every_row_is_refused():
    into = source()
    made = run(into, [[row("", "甲"), row("B", "")]])
    assert (made.state, made.code) == (RunState.FAILED, "all_refused")
    assert RefusedRow.objects.filter(run=made).count() == 2
    assert published(into.resource) is None
