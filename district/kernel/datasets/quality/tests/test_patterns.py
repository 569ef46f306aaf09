"""Formats as SQL beside the same numbers checked one by one, and beside the vectors of the standards."""

import csv
import os
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from district.kernel.datasets.quality.patterns import CREDIT_ALPHABET, PATTERNS
from district.kernel.parties import numbers

KINDS = {"USCC GB 32100": "credit_code", "citizen id GB 11643": "citizen_id"}


def keeps(name, values):
    with duckdb.connect() as engine:
        sql = f"SELECT coalesce({PATTERNS[name].sql('v')}, false) FROM (SELECT unnest(?) AS v)"
        return [row[0] for row in engine.execute(sql, [values]).fetchall()]


def test_the_vectors_of_the_standards():
    reference = os.environ.get("DISTRICT_REFERENCE")
    if not reference:
        pytest.skip("DISTRICT_REFERENCE is not set: no check vectors at hand")
    path = Path(reference) / "standards" / "tables" / "check_vectors.csv"
    tried = 0
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if row["kind"] in KINDS:
            assert keeps(KINDS[row["kind"]], [row["value"]]) == [row["valid"] == "true"], row
            tried += 1
    assert tried >= 7


bodies = st.builds(
    lambda area, day, order: f"{area}{day:%Y%m%d}{order:03}",
    st.sampled_from(["370306", "110105", "810000"]), st.dates(min_value=date(1900, 1, 1)),
    st.integers(0, 999),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(bodies, st.sampled_from("0123456789X")), min_size=1, max_size=30))
def test_citizen_numbers_hold_exactly_with_their_check_character(pairs):
    values = [body + last for body, last in pairs]
    assert keeps("citizen_id", values) == [numbers.citizen_check(body) == last for body, last in pairs]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(CREDIT_ALPHABET, min_size=9, max_size=9), st.sampled_from(CREDIT_ALPHABET)),
        min_size=1,
    )
)
def test_credit_codes_hold_exactly_with_their_check_character(pairs):
    bodies = [f"91370306{middle}" for middle, _ in pairs]
    values = [body + last for body, (_, last) in zip(bodies, pairs, strict=True)]
    expected = [numbers.credit_check(body) == last for body, (_, last) in zip(bodies, pairs, strict=True)]
    assert keeps("credit_code", values) == expected


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(PATTERNS)), st.lists(st.text(max_size=20), min_size=1, max_size=20))
def test_no_text_makes_a_format_fail(name, texts):
    assert len(keeps(name, [text.replace("\x00", "") for text in texts])) == len(texts)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("area_code", ["370306", "370306001", "370306001001"], ["37030", "990306", "3703060010"]),
        ("mobile", ["13800138000"], ["12800138000", "1380013800"]),
        ("email", ["a@b.cn"], ["a@b", "@b.cn"]),
        ("postcode", ["255300"], ["25530"]),
    ],
)
def test_formats_without_check_characters(name, good, bad):
    assert all(keeps(name, good))
    assert not any(keeps(name, bad))
