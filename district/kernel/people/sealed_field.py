"""A text column that is stored as SM4 ciphertext: for phone numbers and the like.

GB/T 32907 (SM4) in CTR mode with a random IV, authenticated by HMAC-SM3 (GB/T 32905) over IV and ciphertext.
The keys come from a secret in DISTRICT_HOME, outside the database, so a copy of the tables gives nothing away.
"""

from __future__ import annotations

import base64
import hmac
import os
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC
from django.db import models

from district.kernel import home

VERSION = "1:"
IV_BYTES = 16
TAG_BYTES = 32


class SealBroken(ValueError):
    """The stored text was altered, or was sealed with the key of another installation."""


def seal(text: str) -> str:
    """`text` as version, IV, ciphertext and tag; the empty text stays empty."""
    if not text:
        return ""
    iv = os.urandom(IV_BYTES)
    body = iv + _sm4(iv, text.encode())
    return VERSION + base64.b64encode(body + _tag(body)).decode()


def unseal(stored: str) -> str:
    """The text that was sealed. Raises SealBroken when the tag does not fit."""
    if not stored:
        return ""
    if not stored.startswith(VERSION):
        raise SealBroken("unknown seal version")
    raw = base64.b64decode(stored.removeprefix(VERSION))
    body, tag = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
    if not hmac.compare_digest(_tag(body), tag):
        raise SealBroken("the seal of a stored text does not fit")
    return _sm4(body[:IV_BYTES], body[IV_BYTES:]).decode()


class SealedTextField(models.TextField):
    """Plain text in Python, sealed text in the database. It cannot be searched or sorted by."""

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None else seal(str(value))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return value if value is None else unseal(value)


def _place() -> str | None:
    # Asking for the home itself would look at the disk, for every sealed text of a page.
    return os.environ.get("DISTRICT_HOME")


@cache
def _tag_work(place: str | None) -> HMAC:
    """A started tag to copy: deriving its key for each text would cost more than the tag."""
    return HMAC(_derived(place, "tag", 32), hashes.SM3())


@cache
def _cipher(place: str | None) -> algorithms.SM4:
    return algorithms.SM4(_derived(place, "seal", 16))


@cache
def _derived(place: str | None, purpose: str, length: int) -> bytes:
    digest = HMAC(home.secret("personal_data").encode(), hashes.SM3())
    digest.update(purpose.encode())
    return digest.finalize()[:length]


def _sm4(iv: bytes, data: bytes) -> bytes:
    """CTR mode: the same operation seals and unseals."""
    work = Cipher(_cipher(_place()), modes.CTR(iv)).encryptor()
    return work.update(data) + work.finalize()


def _tag(body: bytes) -> bytes:
    digest = _tag_work(_place()).copy()
    digest.update(body)
    return digest.finalize()
