"""Snapshots prove what they were, each by itself and all of them in their row."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ..frozen import canonical, compared, digest_of, first_break

VALUES = st.none() | st.floats(0, 100)


def row_of(values: list[float | None]) -> list[tuple[int, str, str]]:
    rows, before = [], ""
    for number, value in enumerate(values, start=1):
        text = canonical({"number": number, "previous": before, "indicators": [{"key": "a", "value": value}]})
        before = digest_of(text)
        rows.append((number, text, before))
    return rows


@given(st.lists(VALUES, min_size=2, max_size=6), st.data())
def test_what_was_changed_taken_out_or_put_in_anew_is_found(values, data):
    rows = row_of(values)
    assert first_break(rows) is None
    place = data.draw(st.integers(0, len(rows) - 2))
    number, text, digest = rows[place]
    other = canonical({**json.loads(text), "title": "改"})
    assert first_break([*rows[:place], (number, other, digest), *rows[place + 1 :]]).kind == "changed"
    assert first_break([*rows[:place], (number, other, digest_of(other)), *rows[place + 1 :]]).kind == "unlinked"
    assert first_break([*rows[:place], *rows[place + 1 :]]).kind == "missing"


@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("abc"), VALUES))
def test_two_are_compared_key_by_key(old, new):
    def content(values):
        return {"indicators": [{"key": key, "zh": key, "en": key, "unit": "%", "value": value, "way": "computed"}
                               for key, value in values.items()]}  # fmt: skip

    found = {each.key: each for each in compared(content(old), content(new))}
    assert set(found) == set(old) | set(new)
    for key, each in found.items():
        both = old.get(key) is not None and new.get(key) is not None
        assert (each.change is not None) == both
        assert not both or abs(each.change - (new[key] - old[key])) < 1e-3
