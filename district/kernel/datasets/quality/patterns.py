"""Named formats as DuckDB's SQL over a whole column: true where a value keeps to the format. No Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from district.kernel.datasets.duck import literal
from district.kernel.wording import term

CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_CHECKS = "10X98765432"
"""GB 11643-1999, 4.2.3 (ISO 7064 MOD 11-2)."""
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""GB 32100-2015, 5: alphabet without I, O, S, V, Z; weights are 3 to the power of the place, mod 31."""
PROVINCES = (
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
)  # fmt: skip
"""GB/T 2260, the first two digits."""


@dataclass(frozen=True)
class Pattern:
    """`sql` makes a condition of an expression of type text; `is_checked` where a check character is part of it."""

    zh: str
    sql: Callable[[str], str]
    is_checked: bool = False


def citizen_id(value: str) -> str:
    """公民身份号码: 17 digits with a date that exists, and the check character."""
    total = " + ".join(
        f"(ascii({value}[{place}]) - 48) * {weight}" for place, weight in enumerate(CITIZEN_WEIGHTS, 1)
    )
    holds = f"{literal(CITIZEN_CHECKS)}[({total}) % 11 + 1] = {value}[18]"
    born = f"try_strptime({value}[7:14], '%Y%m%d') IS NOT NULL"
    return _guarded(value, "[1-9][0-9]{16}[0-9X]", f"{born} AND {_province(value)} AND {holds}")


def credit_code(value: str) -> str:
    """统一社会信用代码: 18 characters of the alphabet, the last the check character."""
    alphabet = literal(CREDIT_ALPHABET)
    total = " + ".join(
        f"(strpos({alphabet}, {value}[{place}]) - 1) * {weight}"
        for place, weight in enumerate(CREDIT_WEIGHTS, 1)
    )
    holds = f"{alphabet}[(31 - ({total}) % 31) % 31 + 1] = {value}[18]"
    return _guarded(value, f"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{10}}", holds)


def area_code(value: str) -> str:
    """区划代码: 6 digits (county), 9 (town) or 12 (village), of a province there is."""
    return _guarded(value, "[0-9]{6}([0-9]{3}([0-9]{3})?)?", _province(value))


def regex(expression: str) -> Callable[[str], str]:
    """The whole value matches. DuckDB's expressions are RE2's: they need time in proportion to the text."""
    return lambda value: f"regexp_full_match({value}, {literal(expression)})"


def _guarded(value: str, form: str, more: str) -> str:
    return (
        f"CASE WHEN regexp_full_match({value}, {literal(form)}) THEN coalesce({more}, false) ELSE false END"
    )


def _province(value: str) -> str:
    return f"{value}[1:2] IN ({', '.join(map(literal, PROVINCES))})"


PATTERNS: dict[str, Pattern] = {
    "citizen_id": Pattern(term("公民身份号码"), citizen_id, is_checked=True),
    "credit_code": Pattern(term("统一社会信用代码"), credit_code, is_checked=True),
    "area_code": Pattern(term("行政区划代码"), area_code),
    "mobile": Pattern(term("手机号码"), regex("1[3-9][0-9]{9}")),
    "phone": Pattern(term("电话号码"), regex("(0[0-9]{2,3}-?)?[0-9]{7,8}(-[0-9]{1,6})?|1[3-9][0-9]{9}")),
    "postcode": Pattern(term("邮政编码"), regex("[0-9]{6}")),
    "email": Pattern(term("电子邮箱"), regex(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")),
}
HELD = {"person_id": "citizen_id", "entity_code": "credit_code", "division": "area_code"}
"""What an item holds → the format its values keep to."""
