"""Exact numbers and units. Standards round and compare decimals; binary floats would break the ties."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real
from typing import cast

LARGEST = 10**30
"""No measured value comes near; beyond it only mistakes are found, and floats end."""

Number = int | float | Decimal | Fraction | str


class BadQuantity(ValueError):
    """A value or unit that cannot be used; `code` is stable for machines, the text is for people."""

    def __init__(self, code: str, detail: str, field: str = "") -> None:
        super().__init__(f"{field}: {detail}" if field else detail)
        self.code = code
        self.detail = detail
        self.field = field


def exact(value: Number, field: str = "") -> Fraction:
    """The decimal a person sees, as a fraction: 1.35 is 135/100, not the nearest binary number.

    Floats (numpy's too) count as their shortest decimal. Raises BadQuantity `not_a_number` for NaN, infinity, bool
    and anything that is not a number, `out_of_range` beyond any measurable amount.
    """
    kind = type(value)  # the two usual kinds first: whole years of values pass here while somebody waits
    if kind is Fraction:
        number = cast(Fraction, value)
    elif kind is float:
        number = _of_float(cast(float, value)) if math.isfinite(cast(float, value)) else _from_decimal(value, field)
    elif isinstance(value, bool) or not isinstance(value, Real | Decimal | str):
        raise BadQuantity("not_a_number", f"{value!r} 不是数值", field)
    elif isinstance(value, Rational):
        number = Fraction(int(value.numerator), int(value.denominator))
    else:
        number = _from_decimal(value, field)
    if abs(number.numerator) > LARGEST * number.denominator:
        raise BadQuantity("out_of_range", f"{value!r} 大得不可能", field)
    return number


@lru_cache(maxsize=65_536)
def _of_float(value: float) -> Fraction:
    """A year of a pollutant has few different values, and they are asked for again and again."""
    return _from_decimal(value, "")


def _from_decimal(value: object, field: str) -> Fraction:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        raise BadQuantity("not_a_number", f"{value!r} 不是数值", field) from None
    # Exponents beyond any float are typing errors, and expanding them would cost memory without end.
    if not number.is_finite() or abs(number.adjusted()) > 400:
        raise BadQuantity("not_a_number", f"{value!r} 不是有限数值", field)
    return Fraction(number)


def not_negative(value: Number, field: str = "") -> Fraction:
    """`exact`, refusing values below zero with BadQuantity `negative`."""
    number = exact(value, field)
    if number.numerator < 0:
        raise BadQuantity("negative", f"{value} 小于 0", field)
    return number


def is_absent(value: Number | None) -> bool:
    """True for None and NaN, the two ways a missing reading is written."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def half_even(value: Fraction, places: int) -> Fraction:
    """Rounded to `places` decimals, a tie going to the even digit (GB/T 8170-2008, 3.2)."""
    return round(value * 10**places) / Fraction(10**places)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Sum without rounding errors; one common denominator is found once, not at every step."""
    numbers = list(values)
    common = math.lcm(*(number.denominator for number in numbers))
    return Fraction(sum(number.numerator * (common // number.denominator) for number in numbers), common)


def exact_mean(values: Iterable[Number]) -> Fraction | None:
    """Mean without rounding errors, so that a tie in the mean stays a tie; None of no values."""
    numbers = [exact(value) for value in values]
    return exact_sum(numbers) / len(numbers) if numbers else None


_MASS_PER_CUBIC_METRE = {
    "g/m3": Fraction(1_000_000),
    "mg/m3": Fraction(1_000),
    "ug/m3": Fraction(1),
    "ng/m3": Fraction(1, 1_000),
    "mg/l": Fraction(1_000_000),
    "ug/l": Fraction(1_000),
}


def plain_unit(unit: str) -> str:
    """`µg/m³`, `μg/m^3`, `UG/M3` → `ug/m3`."""
    plain = unit.strip().lower().replace("µ", "u").replace("μ", "u").replace("³", "3").replace("^", "")
    return plain.replace("毫克/立方米", "mg/m3").replace("微克/立方米", "ug/m3")


def convert(value: Number, unit: str, to_unit: str, field: str = "") -> Fraction:
    """A mass concentration in another unit, exactly; BadQuantity `unknown_unit` for any other unit.

    ppm and ppb are refused: their mass depends on temperature and gas (see `emissions.mass_from_ppm`).
    """
    number = exact(value, field)
    try:
        return number * _MASS_PER_CUBIC_METRE[plain_unit(unit)] / _MASS_PER_CUBIC_METRE[plain_unit(to_unit)]
    except KeyError:
        raise BadQuantity("unknown_unit", f"不能把 {unit!r} 换算为 {to_unit!r}", field) from None
