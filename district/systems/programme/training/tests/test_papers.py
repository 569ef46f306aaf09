"""Papers are fair lots from the bank, marked by a rule anybody can run again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..papers import Item, NotEnough, draw_paper, faults, full_points, marked, taken
from ..retaking import YEAR, Tried, chance

BANK = [
    Item(
        n,
        "安全" if n % 2 else "数据",
        ("single", "multiple", "judgement")[n % 3],
        f"题{n}",
        ("甲", "乙", "丙"),
        (0, 2) if n % 3 == 1 else (0,),
    )
    for n in range(60)
]
BLUEPRINT = [
    {"topic": "安全", "kind": "single", "count": 4, "points": 10},
    {"topic": "数据", "kind": "multiple", "count": 3, "points": 20},
]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_a_paper_follows_the_blueprint_and_asks_nothing_twice(seed: str):
    paper = draw_paper(BLUEPRINT, BANK, seed)
    assert Counter((each["topic"], each["kind"]) for each in paper) == {
        ("安全", "single"): 4,
        ("数据", "multiple"): 3,
    }
    assert len({each["question"] for each in paper}) == len(paper)
    assert sum(each["points"] for each in paper) == full_points(BLUEPRINT)
    assert paper == draw_paper(BLUEPRINT, list(reversed(BANK)), seed)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_shuffling_the_choices_moves_the_answer_with_them(seed: str):
    by_key = {item.key: item for item in BANK}
    for each in draw_paper(BLUEPRINT, BANK, seed):
        item = by_key[each["question"]]
        assert {each["choices"][place] for place in each["answer"]} == {
            item.choices[place] for place in item.answer
        }


def test_each_question_that_fits_is_as_likely_as_another():
    counts = Counter(
        each["question"] for n in range(2_000) for each in draw_paper(BLUEPRINT[:1], BANK, str(n))
    )
    wanted = 2_000 * 4 / len(counts)
    assert len(counts) == 10
    assert sum((got - wanted) ** 2 / wanted for got in counts.values()) < 27.9  # chi-square, 9 degrees, 0.1 %


def test_a_bank_too_small_says_what_is_missing():
    with pytest.raises(NotEnough) as short:
        draw_paper([{"topic": "安全", "kind": "single", "count": 11, "points": 1}], BANK, "x")
    assert (short.value.wanted, short.value.found) == (11, 10)


@given(
    st.dictionaries(st.integers(0, 8).map(str), st.lists(st.integers(0, 5), max_size=4)), st.text(max_size=5)
)
def test_a_question_counts_whole_or_not_at_all(answers: dict[str, list[int]], seed: str):
    paper = draw_paper(BLUEPRINT, BANK, seed)
    points = marked(paper, answers)
    for place, (each, got) in enumerate(zip(paper, points, strict=True)):
        assert got == (each["points"] if set(answers.get(str(place), [])) == set(each["answer"]) else 0)
    assert sum(
        marked(paper, {str(place): each["answer"] for place, each in enumerate(paper)})
    ) == full_points(BLUEPRINT)


@given(st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=4), max_size=4)))
def test_what_is_no_choice_is_not_taken(given_: dict[str, list[str]]):
    paper = draw_paper(BLUEPRINT, BANK, "a")
    for place, positions in taken(paper, given_).items():
        each = paper[int(place)]
        assert positions
        assert all(0 <= position < len(each["choices"]) for position in positions)
        assert each["kind"] == "multiple" or len(positions) == 1


def test_faulty_questions_are_told_apart():
    good = Item(1, "安全", "single", "题", ("甲", "乙"), (1,))
    assert faults(good) == ""
    assert faults(Item(1, "安全", "single", "题", ("甲", "甲"), (1,))) == "choices"
    assert faults(Item(1, "安全", "single", "题", ("甲", "乙"), (2,))) == "answer"
    assert faults(Item(1, "安全", "single", "题", ("甲", "乙"), (0, 1))) == "answer"
    assert faults(Item(1, "安全", "multiple", "题", ("甲", "乙"), (0,))) == "multiple"
    assert faults(Item(1, "安全", "essay", "题", ("甲", "乙"), (0,))) == "kind"


@given(st.lists(st.integers(0, 800), max_size=8), st.integers(1, 4), st.integers(0, 72))
def test_tries_are_counted_over_a_year_and_kept_apart(days_ago: list[int], tries: int, wait_hours: int):
    tried = [Tried(NOW - timedelta(days=days), False) for days in days_ago]
    found = chance(tried, NOW, tries=tries, wait_hours=wait_hours, valid_until=None)
    recent = sorted(each.submitted_at for each in tried if each.submitted_at > NOW - YEAR)
    assert (found.code == "tries") == (len(recent) >= tries)
    if found.from_at:
        assert found.from_at > NOW
        again = chance(tried, found.from_at, tries=tries, wait_hours=wait_hours, valid_until=None)
        assert again.code != found.code or again.from_at is None or again.from_at > found.from_at


def test_a_certificate_in_force_is_renewed_in_its_last_days_only():
    until = NOW + timedelta(days=100)
    assert chance([], NOW, tries=3, wait_hours=0, valid_until=until).from_at == until - timedelta(days=60)
    assert chance([], NOW + timedelta(days=41), tries=3, wait_hours=0, valid_until=until).code == ""
