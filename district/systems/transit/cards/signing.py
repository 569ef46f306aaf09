"""How notices of the test provider are signed: HMAC with SM3 over instant and body, as the big providers do with theirs. Pure."""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

SIGNATURE, INSTANT = "X-Pay-Signature", "X-Pay-Timestamp"


def signature_of(key: bytes, instant: str, body: bytes) -> str:
    made = HMAC(key, SM3())
    made.update(instant.encode() + b"\n" + body)
    return made.finalize().hex()


def is_signed(key: bytes, instant: str, body: bytes, signature: str) -> bool:
    return hmac.compare_digest(signature_of(key, instant, body).encode(), signature.encode())


