"""GB 32100-2015 and HJ 608-2017 numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.systems.environment import credit_code

SEVENTEEN = st.builds(
    lambda head, area, tail: head + area + tail,
    st.text(credit_code.ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(credit_code.ALPHABET, min_size=9, max_size=9),
)


@given(SEVENTEEN)
def test_a_code_with_its_check_character_is_right(first: str):
    assert credit_code.fault_in(first + credit_code.check_character(first)) is None


@given(SEVENTEEN, st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_changed_character_is_noticed(first: str, place: int, digit: str):
    code = first + credit_code.check_character(first)
    changed = code[:place] + digit + code[place + 1 :]
    assert (changed == code) == (credit_code.fault_in(changed) is None)


def test_a_published_code_is_right():
    assert credit_code.fault_in("91350100M000100Y43") is None


@pytest.mark.parametrize(
    ("number", "part"),
    [("91350100M000100Y43", "22"), ("91350100M000100Y4300AP", "19"), ("91350100M000100Y44001P", "校验码")],
)
def test_a_wrong_permit_number_says_what_is_wrong(number: str, part: str):
    assert part in (credit_code.fault_in_permit_number(number) or "")


def test_a_permit_number_is_a_credit_code_and_four_more():
    assert credit_code.fault_in_permit_number("91350100M000100Y43001P") is None
