"""Card numbers: nineteen digits, the last a check digit. Pure.

The check digit is that of ISO/IEC 7812-1 annex B (Luhn), as bank cards and transport cards (JT/T 978) have it.
"""

from __future__ import annotations

LENGTH = 19


def check_digit(digits: str) -> str:
    """Of a number without it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def cleaned(text: str) -> str:
    """Without blanks and hyphens."""
    return "".join(text.split()).replace("-", "")


def is_card_number(number: str) -> bool:
    return (len(number) == LENGTH and number.isascii() and number.isdigit()
            and check_digit(number[:-1]) == number[-1])  # fmt: skip


def masked(tail: str) -> str:
    return "*" * (LENGTH - len(tail)) + tail
