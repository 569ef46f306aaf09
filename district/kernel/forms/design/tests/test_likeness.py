"""Whether a question asks for what is held, by its words and its type."""

from __future__ import annotations

import pytest

from district.kernel.forms.design.likeness import Holdings, Known, asked_words
from district.kernel.forms.design.tests.conftest import HOUSEHOLD, NINE

HOLDINGS = Holdings(
    Known("register", number, title, kind, "农户台账", 1, holder, name=name)
    for number, (name, title, kind, holder) in enumerate(HOUSEHOLD)
)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("请问您家的联系电话是多少？", "联系电话"),
        ("请填写您的家庭住址", "住址"),
        ("目前家庭人口数", "人口数"),
        ("性别", "性别"),
    ],
)
def test_the_asking_is_taken_from_what_is_asked(asked: str, words: str):
    assert asked_words(asked) == words


def test_six_of_nine_questions_are_held_and_three_are_new():
    held = [HOLDINGS.held_for(label, kind) for kind, label in NINE]
    names = [found[0].known.name if found and found[0].is_sure else "" for found in held]
    assert names == ["head", "people", "address", "phone", "relief", "land", "", "", ""]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("联系电话", "image"),
        ("家庭人口数", "date"),
        ("承包地面积", "geopoint"),
        ("备注", "text"),
        ("", "text"),
        ("？", "text"),
    ],
)
def test_what_cannot_hold_the_answer_is_not_named(label: str, kind: str):
    assert HOLDINGS.held_for(label, kind) == []


def test_what_is_only_like_it_is_not_sure():
    found = HOLDINGS.held_for("邻居的承包地面积", "decimal")
    assert [each.is_sure for each in found] == [False]


def test_what_can_be_taken_at_once_stands_before_what_cannot():
    found = Holdings(
        [
            Known("form", 1, "联系电话", "text", "走访", 1, "甲"),
            Known("register", 2, "户主电话", "text", "台账", 1, "乙", is_here=True),
        ]
    ).held_for("联系电话", "text")
    assert [each.known.kind for each in found] == ["register", "form"]


def test_the_telephone_of_a_school_is_not_that_of_a_household():
    found = Holdings(
        [
            Known("resource", 1, "联系电话", "text", "学校基本信息", 1, "教体", about="entity"),
            Known("resource", 2, "联系电话", "text", "户籍人口", 2, "公安", about="person"),
        ]
    )
    assert [each.known.of for each in found.held_for("户主联系电话", "text")] == ["户籍人口"]
    assert [each.known.of for each in found.held_for("单位联系电话", "text")] == ["学校基本信息"]
