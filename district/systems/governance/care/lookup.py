"""Finding a record by a number that is only kept sealed: an exact match of a keyed digest, never a part of it."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from district.kernel import home

from .identity_number import normal


def lookup_digest(identity: str) -> str:
    """HMAC-SM3 of a normalised number under a key of this installation, in hexadecimal."""
    return _keyed("care lookup", normal(identity))


def erasure_digest(text: str) -> str:
    """What stays of a deleted record: shows later that a paper copy is the one that was deleted, and nothing else."""
    return _keyed("care erasure", text)


def _keyed(purpose: str, text: str) -> str:
    key = HMAC(home.secret("personal_data").encode(), SM3())
    key.update(purpose.encode())
    digest = HMAC(key.finalize(), SM3())
    digest.update(text.encode())
    return digest.finalize().hex()
