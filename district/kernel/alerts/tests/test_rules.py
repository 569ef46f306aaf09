import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.alerts.expressions import Expression, ExpressionError
from district.kernel.alerts.rules import Kind, RuleError, checked


@pytest.mark.parametrize(
    ("kind", "raw", "names"),
    [
        ("limit", {}, "above"),
        ("limit", {"above": 1, "below": 2}, "below"),
        ("limit", {"above": 10, "below": 8, "hysteresis": 1}, "hysteresis"),
        ("limit", {"above": "5"}, "above"),
        ("limit", {"above": float("nan")}, "above"),
        ("limit", {"above": True}, "above"),
        ("limit", {"above": 5, "window": 4}, "window"),
        ("limit", {"above": 5, "for_count": 0}, "for_count"),
        ("limit", {"above": 5, "for_count": 1.5}, "for_count"),
        ("limit", {"above": 5, "for_s": -1}, "for_s"),
        ("rate", {}, "sigmas"),
        ("rate", {"sigmas": 5, "window": 3}, "window"),
        ("constant", {"for_count": 1}, "for_count"),
        ("missing", {}, "silent_s"),
        ("offline", {"silent_s": 10, "for_count": 2}, "for_count"),
        ("expression", {"expression": "a +"}, "expression"),
        ("weather", {}, "kind"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_by_the_name_of_what_is_wrong(kind, raw, names):
    with pytest.raises(RuleError, match=names):
        checked(kind, raw)


def test_numbers_take_the_type_of_their_parameter():
    parameters = checked(Kind.LIMIT, {"above": 5, "below": None, "for_count": 3.0})
    assert (parameters.above, parameters.below, parameters.for_count) == (5.0, None, 3)
    assert isinstance(parameters.for_count, int)


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "a.real > 1", "a[0] > 1", "[a for a in b]", "lambda: 1", "a := 1", "f'{a}'", "'x' == a",
     "a ** 9999", "abs(a, b)", "max(a)", "abs(a, key=b)", "open(a)", "", "a" * 501, "(" * 400, "a if b else c", "~a"],
)
def test_anything_but_arithmetic_is_refused(text):
    with pytest.raises(ExpressionError):
        Expression(text)


numbers = st.floats(-1e6, 1e6)
leaves = st.sampled_from(["a", "b", "c", "1.5", "2"])
arithmetic = st.recursive(
    leaves, lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner), max_leaves=8
)
comparison = st.builds("{} {} {}".format, arithmetic, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), arithmetic)
logic = st.recursive(
    comparison,
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
    | st.builds("not ({})".format, inner),
    max_leaves=5,
)


@given(logic, numbers, numbers, numbers)
def test_an_expression_holds_exactly_when_python_says_so(text, a, b, c):
    values = {"a": a, "b": b, "c": c}
    expression = Expression(text)
    assert expression.names <= set(values)
    assert expression.holds(values) == bool(eval(text, {"__builtins__": {}}, values))


def test_a_division_by_zero_is_no_alarm():
    assert not Expression("after / before > 1").holds({"after": 5.0, "before": 0.0})
