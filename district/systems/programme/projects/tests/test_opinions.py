import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.systems.programme.projects.opinions import (
    OpinionRefused,
    Said,
    checked,
    read,
    result,
    table,
    written,
)

LINES = {line["key"]: line["most"] for line in table("scheme")["lines"]}
opinion = st.builds(
    Said, st.fixed_dictionaries({key: st.integers(0, most) for key, most in LINES.items()}),
    st.sampled_from(["passed", "revise", "refused"]), st.sampled_from(["方案目标明确，技术可行。", "安全部分须补充\n密码方案。"]),
)  # fmt: skip


@pytest.mark.parametrize("kind", ["scheme", "change", "acceptance"])
def test_the_points_of_a_table_are_a_hundred(kind):
    assert sum(line["most"] for line in table(kind)["lines"]) == 100


@settings(max_examples=40)
@given(said=st.lists(opinion, min_size=1, max_size=7), data=st.data())
def test_the_result_is_the_same_in_any_order(said, data):
    assert result(said) == result(data.draw(st.permutations(said)))


@settings(max_examples=40)
@given(said=st.lists(opinion, min_size=1, max_size=7), at=st.integers(0, 6))
def test_a_better_opinion_never_makes_the_result_worse(said, at):
    order = ["refused", "revise", "passed"]
    best = Said(LINES, "passed", "意见意见意见意见意见")
    better = [best if index == at % len(said) else each for index, each in enumerate(said)]
    assert order.index(result(better).outcome) >= order.index(result(said).outcome)


@given(opinion)
def test_an_opinion_is_read_as_it_was_written(said):
    assert read(written(checked(table("scheme"), said))) == said


def test_half_of_the_experts_against_it_refuse_it_whatever_the_points():
    full = [Said(LINES, "passed", ""), Said(LINES, "refused", "")]
    assert result(full).outcome == "refused"


def test_of_five_the_highest_and_lowest_sums_do_not_count():
    points = [0, 80, 81, 82, 100]
    found = result([Said({"all": each}, "passed", "") for each in points])
    assert (found.points, found.counted, found.left_out) == (81.0, 3, 2)


@pytest.mark.parametrize(("points", "recommends", "text", "field"), [
    ({**LINES, "need": 21}, "passed", "意见意见意见意见意见", "need"),
    ({**LINES, "need": -1}, "passed", "意见意见意见意见意见", "need"),
    ({"need": 3}, "passed", "意见意见意见意见意见", "technique"),
    ({**LINES, "other": 3}, "passed", "意见意见意见意见意见", "other"),
    (LINES, "maybe", "意见意见意见意见意见", "recommends"),
    (LINES, "passed", "同意", "text"),
])  # fmt: skip
def test_an_opinion_that_is_not_whole_says_where(points, recommends, text, field):
    with pytest.raises(OpinionRefused) as refused:
        checked(table("scheme"), Said(points, recommends, text))
    assert refused.value.field == field
