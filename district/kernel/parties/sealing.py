"""Numbers and personal facts at rest: sealed with SM4, found by a keyed hash.

The digest is HMAC with SM3 (GB/T 32905) over kind and number, under a key of its own in DISTRICT_HOME, outside the
database. A copy of the tables lets nobody try all numbers of a birthday; nobody can search by a part of a number.
"""

from __future__ import annotations

import os
from functools import cache

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from district.kernel import home
from district.kernel.people.sealed_field import seal, unseal

__all__ = ["digest", "opened", "seal", "sealed_fact", "unseal"]

SEALED_KEYS = frozenset({"phone", "address", "birth_date", "marriage", "education"})
"""Attributes of persons of 敏感级别 3 and above: nobody searches by them, so they lie sealed. Those of entities are public."""
SEAL = "\x02"
"""Stands before a sealed fact; taken out of what sources say."""


def sealed_fact(text: str) -> str:
    return SEAL + seal(text)


def opened(stored: str) -> str:
    """A fact as it was said, whether it is sealed or not."""
    return unseal(stored[1:]) if stored.startswith(SEAL) else stored


def fact_mark(key: str, text: str) -> str:
    """Equal for equal facts of one key, whoever they are of, and telling nothing else of them: which of two facts is
    in use must not hang on the order in which parties were made."""
    return digest(f"fact:{key}", text).hex()


def digest(kind: str, number: str) -> bytes:
    """32 bytes by which a number is found; equal numbers of one kind have equal digests in one installation."""
    work = _keyed(os.environ.get("DISTRICT_HOME")).copy()
    work.update(f"{kind}:{number}".encode())
    return work.finalize()


@cache
def _keyed(place: str | None) -> HMAC:
    """A started hash to copy: deriving the key for each of a million numbers would cost more than the hash."""
    return HMAC(home.secret("party_numbers").encode(), SM3())
