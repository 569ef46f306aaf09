"""Numbers of persons and entities against the standards' own examples, and columns against single numbers."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel.parties import number_columns, numbers
from district.kernel.parties.numbers import Kind, NumberError

KINDS = {
    "USCC GB 32100": Kind.CREDIT,
    "org part GB 11714": Kind.ORGANISATION,
    "citizen id GB 11643": Kind.CITIZEN,
}


def vectors() -> list[dict[str, str]]:
    place = os.environ.get("DISTRICT_REFERENCE")
    path = Path(place or ".") / "standards/tables/check_vectors.csv"
    if not place or not path.exists():
        pytest.skip("DISTRICT_REFERENCE is not set: no check vectors")
    with path.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in KINDS]


def is_right(kind: str, text: str) -> bool:
    try:
        numbers.checked(kind, text)
    except NumberError:
        return False
    return True


def test_published_numbers_hold_and_the_wrong_one_does_not():
    rows = vectors()
    assert len(rows) >= 8
    for row in rows:
        kind, expected = KINDS[row["kind"]], row["valid"] == "true"
        assert is_right(kind, row["value"]) is expected, row
        assert number_columns.checked(kind, [row["value"]]).is_right[0] == expected, row


def test_the_standards_own_numbers_say_birth_and_sex():
    assert numbers.facts(numbers.citizen("11010519491231002X")) == numbers.CitizenFacts(
        "110105", date(1949, 12, 31), "2"
    )
    assert numbers.facts(numbers.citizen("440524188001010014")).sex == "1"


def test_an_old_number_of_15_digits_becomes_the_same_as_its_18():
    assert numbers.citizen("110105491231002") == "11010519491231002X"
    assert number_columns.checked(Kind.CITIZEN, ["110105491231002"]).numbers[0] == "11010519491231002X"


def test_a_number_typed_with_wide_characters_spaces_and_small_letters_is_the_same():
    assert numbers.citizen(" １１０１０５ 19491231 002x ") == "11010519491231002X"
    assert numbers.organisation("00001333-8") == numbers.organisation_of("11100000000013338W")


def test_a_day_that_does_not_exist_is_named():
    with pytest.raises(NumberError) as caught:
        numbers.citizen("110105194902300021")
    assert caught.value.code == "birth"


def test_a_residence_permit_is_no_citizen_number():
    body = "81000019900307001"
    number = body + numbers.citizen_check(body)
    assert numbers.residence(number) == number
    assert not is_right(Kind.CITIZEN, number)
    assert numbers.guessed(number) == Kind.RESIDENCE


bodies = st.builds(
    lambda area, days, sequence: f"{area:06}{date(1900, 1, 1) + timedelta(days):%Y%m%d}{sequence:03}",
    st.integers(110000, 659999), st.integers(0, 45000), st.integers(0, 999),
)  # fmt: skip


@given(bodies, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_digit_never_passes(body: str, at: int, other: str):
    number = body + numbers.citizen_check(body)
    assert is_right(Kind.CITIZEN, number)
    changed = number[:at] + other + number[at + 1 :]
    assert changed == number or not is_right(Kind.CITIZEN, changed)


credit_signs = st.text(numbers.CREDIT_ALPHABET, min_size=8, max_size=8)


@given(st.sampled_from(["91", "92", "11", "12", "51", "N2"]), st.integers(0, 999999), credit_signs)
def test_a_composed_credit_code_holds_and_gives_its_organisation_code(front: str, area: int, sign: str):
    body = f"{front}{area:06}{sign}{numbers.organisation_check(sign)}"
    number = body + numbers.credit_check(body)
    if is_right(Kind.CREDIT, number):
        assert numbers.organisation(numbers.organisation_of(number)) == number[8:17]
    assert is_right(Kind.CREDIT, number) == (
        "X" not in number[:2] and set(number) <= set(numbers.CREDIT_ALPHABET)
    )


typed = st.one_of(
    bodies.map(lambda body: body + numbers.citizen_check(body)),
    bodies,
    st.text("0123456789XABCHYN -０１Ｘx", max_size=20),
    st.none(),
)


@given(st.sampled_from(list(Kind)), st.lists(typed, max_size=12))
def test_a_column_is_judged_as_its_numbers_one_by_one(kind: Kind, texts: list[str | None]):
    found = number_columns.checked(kind, texts)
    for text, number, right in zip(texts, found.numbers, found.is_right, strict=True):
        assert right == is_right(kind, text or ""), text
        if right:
            assert number == numbers.checked(kind, text or "")
