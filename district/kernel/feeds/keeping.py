"""How changes are kept: a record by a keyed hash of its key, the contents of personal records sealed.

The key of a record may be somebody's identity number; a copy of the log of changes must not tell whose records changed.
The hash is SHA-256 twice with two keys (the envelope of HMAC), which PostgreSQL can compute too.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from typing import Any

import orjson

from district.kernel import home
from district.kernel.datasets.models import Resource
from district.kernel.people.sealed_field import seal, unseal

SEALED = "_sealed"
HASH_SQL = (
    "encode(sha256(%(outer)s::bytea || sha256(%(inner)s::bytea"
    " || convert_to({resource}::text || ':' || {subject}, 'UTF8'))), 'hex')"
)
"""The same as `subject_hash`, with the parameters of `hash_keys`; `resource` and `subject` are SQL."""
DIGEST_SQL = f"left({HASH_SQL.format(resource='%(resource)s', subject='{row}')}, 32)"
"""Of a row as text: keyed, or whoever has a copy could try what somebody's row may say."""
PERSONAL_FROM = 3
"""敏感级别 from which an item makes the record personal."""


def subject_hash(resource_id: int, subject: str) -> str:
    """64 hexadecimal digits; other for the same key in another resource."""
    keys = hash_keys()
    inner = hashlib.sha256(keys["inner"] + f"{resource_id}:{subject}".encode()).digest()
    return hashlib.sha256(keys["outer"] + inner).hexdigest()


def hash_keys() -> dict[str, bytes]:
    return _keys(os.environ.get("DISTRICT_HOME"))


@cache
def _keys(_place: str | None) -> dict[str, bytes]:
    secret = home.secret("feed_subjects").encode()
    return {name: hashlib.sha256(secret + name.encode()).digest() for name in ("inner", "outer")}


def is_personal(resource: Resource) -> bool:
    return any(item.holds == "person_id" or item.grade >= PERSONAL_FROM for item in resource.items.all())


def kept(row: dict[str, Any], *, is_sealed: bool) -> str:
    """JSON text to be stored."""
    text = orjson.dumps(row).decode()
    return orjson.dumps({SEALED: seal(text)}).decode() if is_sealed else text


def opened(row: Any) -> dict[str, Any] | None:
    """The row that was kept, given as the database hands it out: read already, or JSON text."""
    if row is None:
        return None
    found: dict[str, Any] = orjson.loads(row) if isinstance(row, str) else row
    sealed = found.get(SEALED)
    return orjson.loads(unseal(sealed)) if sealed else found


def plain(row: dict[str, Any]) -> str:
    """JSON text of the row that was kept."""
    sealed = row.get(SEALED)
    return unseal(sealed) if sealed else orjson.dumps(row).decode()
