"""GB/T 33356-2016: weights and sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..smart_city import groups, score

ITEMS = [item.key for group in groups() for item in group.items]


def test_the_weights_are_those_of_the_standard():
    fields: dict[str, float] = {}
    for group in groups():
        fields[group.field] = fields.get(group.field, 0) + group.weight
    assert fields == {"惠民服务": 37, "精准治理": 9, "生态宜居": 8, "智能设施": 7, "信息资源": 7, "网络安全": 8, "改革创新": 4,
                      "市民体验": 20}  # fmt: skip
    assert len(groups()) == 21
    assert all(sum(item.share for item in group.items) == pytest.approx(1) for group in groups())


def test_everything_reached_is_a_hundred_points_and_the_item_of_certificates_is_worth_two_point_four():
    assert score(dict.fromkeys(ITEMS, 1.0)).points == 100
    assert score({"L1P1-A1": 1.0}).points == 2.4


@given(st.dictionaries(st.sampled_from(ITEMS), st.none() | st.floats(0, 1)))
def test_what_is_not_known_is_neither_won_nor_lost(reached):
    found = score(reached, frozenset(key for key in reached if key.startswith("L1")))
    assert 0 <= found.points <= found.known + 0.01
    assert found.computed <= found.known + 0.01
    without = {key: value for key, value in reached.items() if value is not None}
    assert score(without).points == found.points
    assert (found.of_known is None) == (found.known == 0)


@pytest.mark.parametrize(("item", "value"), [("L9P9-A1", 1.0), ("L1P1-A1", 1.2), ("L1P1-A1", -0.1)])
def test_an_unknown_item_or_an_impossible_value_is_refused_by_name(item, value):
    with pytest.raises(ValueError, match=item):
        score({item: value})
