"""Passwords and keys of sources: sealed in the table, used when a connection is made, never shown again.

A secret is a JSON object {name: text}; the names of a kind's secrets stand in `NAMES`. Forms ask for a new value and
never carry the old one; an empty field leaves what is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from district.kernel.connectors.models import Source

NAMES: dict[str, tuple[str, ...]] = {
    "database": ("password",),
    "http": ("api_key", "token", "password", "client_secret"),
    "mqtt": ("password",),
    "nats": ("password", "token"),
}


def secrets_of(source: Source) -> dict[str, str]:
    """What is stored for the source, {} when nothing is."""
    if not source.secret:
        return {}
    try:
        found = json.loads(source.secret)
    except ValueError:  # one password, as forms of one field store it
        return {"password": source.secret}
    return found if isinstance(found, dict) else {"password": source.secret}


@transaction.atomic
def rotate(source: Source, values: Mapping[str, str]) -> None:
    """Stores the given secrets in place of the old; names not given, or empty, stay as they are."""
    locked = Source.objects.select_for_update().get(pk=source.pk)
    merged = {**secrets_of(locked), **{name: value for name, value in values.items() if value}}
    unknown = set(merged) - set(NAMES.get(source.kind, ()))
    if unknown:
        raise ValueError(f"not a secret of a source of kind {source.kind}: {sorted(unknown)}")
    _store(source, json.dumps(merged) if merged else "")


def forget(source: Source) -> None:
    """Takes all secrets of a source away."""
    _store(source, "")


def _store(source: Source, text: str) -> None:
    Source.objects.filter(pk=source.pk).update(secret=text)
    source.refresh_from_db(fields=["secret"])


def held(source: Source) -> list[str]:
    """The names of the secrets that are stored, for the page: never the values."""
    return sorted(name for name, value in secrets_of(source).items() if value)


def misplaced(settings: Mapping[str, Any]) -> list[str]:
    """Keys of plain settings that look as if they held a secret."""
    words = ("password", "passwd", "secret", "token", "apikey", "api_key", "pwd", "密码", "密钥")
    allowed = {"token_url", "secret_place", "cursor_token"}
    return [
        path
        for path, _ in _leaves(settings)
        if any(word in path.lower() for word in words) and path.split(".")[-1] not in allowed
    ]


def _leaves(value: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value
