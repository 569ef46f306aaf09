"""Texts that are kept in Chinese, in the language of the reader."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import wording
from district.kernel.alerts import transitions
from district.kernel.ui.saying import said
from district.kernel.wording import PLACE, SENTENCES, Sentence

plain = st.text(alphabet="甲乙丙厂站ABC019 .-%µ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.data())
def test_a_finished_sentence_is_told_by_its_fixed_parts(data):
    sentence = data.draw(st.sampled_from(SENTENCES))
    values = {name: data.draw(plain, name) for name in set(PLACE.findall(sentence.template))}
    text = sentence(**values)
    found = sentence.values_in(text)
    assert found is not None
    assert sentence(**found) == text


def test_a_sentence_without_fixed_parts_is_refused():
    with pytest.raises(ValueError, match="cannot be recognised"):
        Sentence("%(one)s %(two)s")


def test_english_readers_get_alarms_in_english_and_names_as_they_are():
    text = transitions.STUCK(subject="甲站 DA001", value="3 mg/m³")
    assert said(text) == text
    with translation.override("en"):
        assert said(text) == "甲站 DA001 stays at 3 mg/m³: the instrument may be stuck"
        assert said(transitions.OFFLINE(subject="甲站", time=transitions.MINUTES(n=90))) == (
            "甲站 is offline: not heard for 90 min"
        )


def test_a_name_of_a_table_is_found_at_the_end_of_a_longer_one(monkeypatch):
    monkeypatch.setitem(wording.NAMES, "氮氧化物", "NOx")
    with translation.override("en"):
        assert said("甲厂 DA001 氮氧化物") == "甲厂 DA001 NOx"


@pytest.mark.parametrize("text", ["已检修，正常", "张三说：机器坏了。", "", None, "PM2.5"])
def test_what_people_have_written_stays_as_it_is(text):
    with translation.override("en"):
        assert said(text) == (text or "")
