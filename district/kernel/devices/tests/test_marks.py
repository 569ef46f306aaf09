from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.devices import marks

LETTERS = ["", *marks.OF_LETTER, *"0123456789"]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_comes_back_out_of_its_mark(letter: str):
    assert marks.letters_of(marks.of_letter(letter)) == letter


@given(st.sampled_from(LETTERS), st.sets(st.sampled_from(sorted(marks.FLAGS))))
def test_letters_and_flags_do_not_disturb_each_other(letter: str, flags: set[str]):
    mark = marks.of_letter(letter) | sum(marks.FLAGS[flag] for flag in flags)
    assert marks.letters_of(mark) == letter
    assert set(marks.flags_of(mark)) == flags
    assert 0 <= mark < 2**31


def test_only_normal_and_manual_values_are_counted():
    assert [letter for letter in LETTERS if marks.is_counted(marks.of_letter(letter))] == ["", "N", "S"]


def test_one_mask_chooses_from_a_column_what_is_counted():
    column = np.array([marks.of_letter(letter) for letter in LETTERS] + [marks.NORMAL | marks.SUSPECT], dtype=np.int32)
    assert (column & marks.EXCLUDED == 0).tolist() == [marks.is_counted(int(mark)) for mark in column]


def test_a_letter_nobody_agreed_on_is_refused():
    with pytest.raises(KeyError):
        marks.of_letter("Z")


def test_marks_read_as_words():
    assert marks.describe(marks.of_letter("D") | marks.RESENT) == "故障、补传"
    assert marks.describe(0) == ""
