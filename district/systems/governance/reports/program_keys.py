"""Keys of programs that report: shown once when made, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets

from district.kernel.clock import now

from ..models import ProgramKey


def make_key(name: str, *, is_simulator: bool = False) -> str:
    """A new key; this is the only time it can be read."""
    key = secrets.token_urlsafe(24)
    ProgramKey.objects.create(name=name[:80], digest=_digest(key), is_simulator=is_simulator)
    return key


def key_of(given: str) -> ProgramKey | None:
    """The program a key belongs to, when it is in use."""
    if not given:
        return None
    found = ProgramKey.objects.filter(digest=_digest(given), is_in_use=True).first()
    if found is not None:
        ProgramKey.objects.filter(pk=found.pk).update(used_at=now())
    return found


def stop_key(key: ProgramKey) -> None:
    ProgramKey.objects.filter(pk=key.pk).update(is_in_use=False)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
