"""Whose data were given out, without saying whose: keyed hashes of identity numbers (HMAC-SM3, GB/T 32905)."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from functools import cache

from cryptography.hazmat.primitives.hashes import SM3, Hash
from cryptography.hazmat.primitives.hmac import HMAC

from district.kernel import home

BYTES = 16
CHUNK = 5000
"""Hashes in one row of the log."""


def subject_hash(number: str) -> uuid.UUID:
    """The same for the same number, however it is typed; nobody without this installation's secret can make it."""
    keyed = _key(os.environ.get("DISTRICT_HOME")).copy()
    keyed.update(number.strip().upper().encode())
    return uuid.UUID(bytes=keyed.finalize()[:BYTES])


def subject_hashes(numbers: Iterable[str | None]) -> list[uuid.UUID]:
    """Each once, in order of the hashes, so that the order tells nothing. `subject_hash` of many: a page of persons is
    hashed between reading it and handing it out."""
    start = _key(os.environ.get("DISTRICT_HOME")).copy
    found = set()
    for number in {number for number in numbers if number}:
        keyed = start()
        keyed.update(number.strip().upper().encode())
        found.add(keyed.finalize()[:BYTES])
    return [uuid.UUID(bytes=each) for each in sorted(found)]


def digest_of(hashes: Iterable[uuid.UUID]) -> str:
    """SM3 over the hashes, in hexadecimal; empty for none."""
    whole = b"".join(each.bytes for each in hashes)
    if not whole:
        return ""
    digest = Hash(SM3())
    digest.update(whole)
    return digest.finalize().hex()


@cache
def _key(_place: str | None) -> HMAC:
    made = HMAC(home.secret("personal_data").encode(), SM3())
    made.update(b"grants.subject:")
    return made
