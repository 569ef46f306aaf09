from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.devices.seal import SealBroken, seal, unseal


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_can_be_opened_and_looks_different_each_time(text: str):
    assert unseal(seal(text)) == text
    assert not text or seal(text) != seal(text)


@given(st.integers(0, 400))
def test_an_altered_seal_is_noticed(place: int):
    raw = bytearray(base64.b64decode(seal("370306")))
    raw[place % len(raw)] ^= 1
    with pytest.raises(SealBroken):
        unseal(base64.b64encode(raw).decode())


def test_plain_text_is_not_taken_for_a_seal():
    with pytest.raises(SealBroken):
        unseal("123456")


def test_each_home_has_a_key_of_its_own_even_in_one_process(tmp_path, monkeypatch):
    monkeypatch.setenv("DISTRICT_HOME", str(tmp_path / "one"))
    sealed = seal("123456")
    monkeypatch.setenv("DISTRICT_HOME", str(tmp_path / "other"))
    with pytest.raises(SealBroken):
        unseal(sealed)
    monkeypatch.setenv("DISTRICT_HOME", str(tmp_path / "one"))
    assert unseal(sealed) == "123456"
