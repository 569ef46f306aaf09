"""Passwords and keys of devices, sealed at rest. No Django: the gateway reads them.

GB/T 32907 (SM4) in CTR mode with a random start, authenticated by HMAC with SM3 (GB/T 32905). The key is a secret of
the installation in DISTRICT_HOME, outside the database: a copy of the tables gives nothing away.
"""

from __future__ import annotations

import base64
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

from district.kernel import home

START_BYTES = 16
TAG_BYTES = 16


class SealBroken(ValueError):
    """The sealed text was altered, or sealed by another installation."""


def seal(text: str) -> str:
    """The sealed form of a text; the empty text stays empty."""
    if not text:
        return ""
    start = os.urandom(START_BYTES)
    body = start + _turn(start, text.encode())
    return base64.b64encode(body + _tag(body)).decode()


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises SealBroken."""
    if not sealed:
        return ""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise SealBroken("not a sealed text") from error
    body, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
    if not hmac.compare_digest(_tag(body), tag):
        raise SealBroken("altered, or sealed by another installation")
    return _turn(body[:START_BYTES], body[START_BYTES:]).decode()


def _key(purpose: bytes) -> bytes:
    # Asking for the home itself would look at the disk, for every password of every device of a page.
    return _derived(os.environ.get("DISTRICT_HOME"), purpose)


@cache
def _derived(place: str | None, purpose: bytes) -> bytes:
    """The key of one home: a process that serves two (tests, benches) must not seal for one with the key of the other."""
    digest = HMAC(home.secret("device_passwords").encode(), hashes.SM3())
    digest.update(purpose)
    return digest.finalize()


def _turn(start: bytes, data: bytes) -> bytes:
    work = Cipher(algorithms.SM4(_key(b"seal")[:16]), modes.CTR(start)).encryptor()
    return work.update(data) + work.finalize()


def _tag(body: bytes) -> bytes:
    digest = HMAC(_key(b"tag"), hashes.SM3())
    digest.update(body)
    return digest.finalize()[:TAG_BYTES]
