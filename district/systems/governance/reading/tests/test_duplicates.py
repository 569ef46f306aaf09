"""Doubles over channels, and what must not be merged."""

from __future__ import annotations

import numpy as np
import pytest

from bench.dedupe import as_reported, judge, plant
from district.systems.governance.reading.classes import national_classes
from district.systems.governance.reading.classification import Classifier
from district.systems.governance.reading.duplicates import Reported, doubles, pairs

LAMP = "市民来电反映：新建路农贸市场门口路灯不亮，希望尽快处理"
LAMP_TOO = "新建路一到晚上一片漆黑 路灯全灭了"
HOUR = 3600.0


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(national_classes())


def reported(*rows: tuple[str, float, float], closed: tuple[float, ...] | None = None) -> Reported:
    """Rows of text, metres north of a corner, hours after midnight."""
    return Reported(
        ids=[f"R{place}" for place in range(len(rows))],
        texts=[text for text, _, _ in rows],
        lon=np.full(len(rows), 117.87),
        lat=np.array([36.8 + north / 111_320 for _, north, _ in rows]),
        at_s=np.array([hour * HOUR for _, _, hour in rows]),
        closed_s=None if closed is None else np.array(closed) * HOUR,
    )


def test_the_same_lamp_by_telephone_and_by_phone_is_one(classifier: Classifier):
    found = doubles(reported((LAMP, 0, 8), (LAMP_TOO, 30, 10)), classifier)
    assert found.groups == (("R0", "R1"),)
    assert found.pairs[0].reasons[:2] == ("同一地点 30 米内", "相隔 2 小时")
    assert "同为“路灯”" in found.pairs[0].reasons


def test_the_first_reported_leads_whatever_the_order_of_rows(classifier: Classifier):
    found = pairs(reported((LAMP_TOO, 30, 10), (LAMP, 0, 8)), classifier)
    assert (found[0].earlier, found[0].later) == ("R1", "R0")


@pytest.mark.parametrize(
    "other",
    [
        ("新建路农贸市场门口有人占道卖菜", 5.0, 9.0),
        (LAMP_TOO, 140.0, 9.0),
        (LAMP_TOO, 2000.0, 9.0),
        (LAMP_TOO, 10.0, 8 + 24 * 20.0),
    ],
    ids=["another matter here", "the next lamp but two", "another street", "weeks later"],
)
def test_what_is_no_double_is_left_alone(classifier: Classifier, other: tuple[str, float, float]):
    assert doubles(reported((LAMP, 0, 8), other), classifier).groups == ()


def test_what_comes_back_after_it_was_settled_is_new(classifier: Classifier):
    rows = ((LAMP, 0.0, 8.0), (LAMP_TOO, 10.0, 30.0))
    assert doubles(reported(*rows, closed=(20.0, 99.0)), classifier).groups == ()
    assert doubles(reported(*rows, closed=(40.0, 99.0)), classifier).groups != ()


def test_a_chain_is_not_drawn_together_by_its_links(classifier: Classifier):
    row = [(LAMP, 60.0 * place, 8.0) for place in range(8)]
    assert max((len(group) for group in doubles(reported(*row), classifier).groups), default=0) <= 3


def test_reports_without_a_place_meet_nobody(classifier: Classifier):
    given = reported((LAMP, 0, 8), (LAMP, 0, 8))
    assert (
        doubles(
            Reported(given.ids, given.texts, given.lon, np.full(2, np.nan), given.at_s), classifier
        ).groups
        == ()
    )
    assert doubles(reported(), classifier).groups == ()


def test_planted_doubles_are_found_and_hard_negatives_left(classifier: Classifier):
    figures = judge(plant(500, seed=41), classifier)
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.80


def test_order_of_reports_does_not_change_the_groups(classifier: Classifier):
    planted = plant(80, seed=3)
    turned = planted[::-1]
    last = len(planted) - 1
    straight = {frozenset(map(int, group)) for group in doubles(as_reported(planted), classifier).groups}
    back = {
        frozenset(last - int(one) for one in group)
        for group in doubles(as_reported(turned), classifier).groups
    }
    assert straight == back
