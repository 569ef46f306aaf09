"""Whose data were given out, without saying whose: keyed hashes of identity numbers (HMAC-SM3, GB/T 32905)."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from functools import cache

import numpy as np
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


def subject_hashes(numbers: Iterable[str | None]) -> bytes:
    """`subject_hash` of many, each once, one behind the other: 16 bytes a person, so that an export may speak of
    millions. In order of the hashes: the order tells nothing."""
    return b"".join(sorted(_hashed(numbers)))


class Subjects:
    """Collects the persons of any number of rows that come by in batches, 16 bytes a time somebody is named."""

    def __init__(self) -> None:
        self._found = bytearray()

    def add(self, numbers: Iterable[str | None]) -> None:
        for each in _hashed(numbers):
            self._found += each

    def hashes(self) -> bytes:
        """As of `subject_hashes`."""
        halves = np.frombuffer(self._found, ">u8").reshape(-1, 2)
        halves = halves[np.lexsort((halves[:, 1], halves[:, 0]))]
        is_new = np.ones(len(halves), bool)
        is_new[1:] = (halves[1:] != halves[:-1]).any(axis=1)
        return halves[is_new].tobytes()


def _hashed(numbers: Iterable[str | None]) -> set[bytes]:
    start = _key(os.environ.get("DISTRICT_HOME")).copy
    found = set()
    for number in {number for number in numbers if number}:
        keyed = start()
        keyed.update(number.strip().upper().encode())
        found.add(keyed.finalize()[:BYTES])
    return found


def count_of(hashes: bytes) -> int:
    return len(hashes) // BYTES


def array_of(hashes: bytes, start: int = 0, most: int | None = None) -> str:
    """Hashes from the one numbered `start` on, as PostgreSQL writes an array of uuid."""
    end = None if most is None else (start + most) * BYTES
    text, width = hashes[start * BYTES : end].hex(), 2 * BYTES
    return f"{{{','.join([text[at : at + width] for at in range(0, len(text), width)])}}}"


def digest_of(hashes: bytes) -> str:
    """SM3 over the hashes, in hexadecimal; empty for none."""
    if not hashes:
        return ""
    digest = Hash(SM3())
    digest.update(hashes)
    return digest.finalize().hex()


@cache
def _key(_place: str | None) -> HMAC:
    made = HMAC(home.secret("personal_data").encode(), SM3())
    made.update(b"grants.subject:")
    return made
