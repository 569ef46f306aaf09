"""Values of records at rest: those of sensitive items are sealed, keys are found by a keyed hash."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from district.kernel.datasets.models import DataType
from district.kernel.parties.sealing import digest
from district.kernel.people.sealed_field import seal, unseal

MARK = "sealed:"
SEALED_FROM = 3
"""敏感级别 from which a value is sealed."""


def sealed(values: Mapping[str, str], grades: Mapping[str, int]) -> dict[str, str]:
    """Item → text as it is stored. What only looks sealed is sealed too, so that the mark always tells the truth."""
    return {
        item: MARK + seal(value) if value and _is_to_seal(value, grades.get(item, 1)) else value
        for item, value in values.items()
    }


def _is_to_seal(value: str, grade: int) -> bool:
    return grade >= SEALED_FROM or value.startswith(MARK)


def opened(value: str) -> str:
    """A stored text in the clear."""
    return unseal(value.removeprefix(MARK)) if value.startswith(MARK) else value


def opened_all(values: Mapping[str, str]) -> dict[str, str]:
    return {item: opened(value) for item, value in values.items()}


def key_of(value: str) -> str:
    """What a record is found by when a department names it by `value`; empty for none."""
    plain = "".join(unicodedata.normalize("NFKC", value).split()).upper()
    return digest("register", plain).hex() if plain else ""


def canonical(kind: str, text: str) -> str:
    """A value as it is compared: numbers without what does not count (`1,200.0` → `1200`), else only trimmed.

    What is no number though it should be stays as it was written: nothing is lost.
    """
    plain = text.replace("\x00", "").strip()
    if kind not in (DataType.INTEGER, DataType.NUMBER) or not plain:
        return plain
    try:
        number = Decimal(unicodedata.normalize("NFKC", plain).replace(",", ""))
    except InvalidOperation:
        return plain
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return plain
    whole = number.to_integral_value()
    return format(whole, "f") if number == whole else format(number.normalize(), "f")
