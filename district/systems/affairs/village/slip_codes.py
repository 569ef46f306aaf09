"""Codes of slips: ten characters that are not taken for one another, in two groups of five; only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
"""31 to the tenth power: guessing one of a thousand takes a million million tries."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """`ABCDE-FGHJK`."""
    return f"{code[:5]}-{code[5:]}"


def read(text: str) -> str:
    """A code as it was typed: small letters, blanks and dashes do not matter."""
    return "".join(character for character in text.upper() if character in ALPHABET)


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
