"""Numbers as they stand on the wire (types N.. of HJ 212-2017 表 7)."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
FILL = re.compile(r"-9{3,}(?:\.[09]*)?")
"""What loggers write for no value: -999, -9999, -9999.0, -999.99 …"""
LONGEST = 40


def number_of(text: str) -> float | None:
    """The value of a decimal text, None when it is not one. An exponent, which some devices write, is understood."""
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        return None
    return float(text)


def is_fill(text: str) -> bool:
    return FILL.fullmatch(text) is not None


def last_place(text: str) -> float:
    """The unit of the last printed digit: what rounding may have moved. `12.50` → 0.01."""
    _, dot, decimals = text.partition(".")
    return 10.0 ** -len(decimals) if dot else 1.0
