"""The audit trail: `record_look` and `record_act` append to a chain of SM3 digests, `verify_chain` follows it.

A row's digest is SM3 (GB/T 32905) over the digest before it and the row's own fields as canonical JSON. A row that
was changed, taken out or put in between breaks the chain from there on. Rows taken off the end, or a whole chain
made anew, are told by anchors: digests that were written to a file outside the database (`audit_anchors`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.db import connection, transaction

from district.kernel import clock
from district.kernel.people.models import Account, AuditEntry

START = "0" * 64
LOCK = 0x61756469
"""Key of the advisory lock that puts writers in line: a row is chained only to one that is committed."""

CHAINED = (
    "account_id", "username", "organisation", "address", "action", "subject_kind", "subject", "purpose", "fields",
    "result",
)


@dataclass(frozen=True)
class ChainCheck:
    """What a walk along the chain found: `broken_at` is the number of the first wrong row, None when all are right.

    `problem` is `altered`, `gap`, `anchor_missing` or `anchor_differs`.
    """

    rows: int
    head: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def record_look(
    account: Any, subject_kind: str, subject: object, purpose: str, fields: Iterable[str] = (), *, address: str = ""
) -> AuditEntry:
    """Notes that `account` saw personal data: of what kind of subject, which one, why, which fields."""
    return record_act(
        account, "look", subject_kind=subject_kind, subject=subject, purpose=purpose, fields=fields, address=address
    )


def record_act(
    account: Any,
    action: str,
    *,
    subject_kind: str = "",
    subject: object = "",
    purpose: str = "",
    fields: Iterable[str] = (),
    result: str = "ok",
    username: str = "",
    address: str | None = "",
) -> AuditEntry:
    """Appends one act. Inside a transaction it stands or falls with it; writers wait for one another until commit."""
    known = account if isinstance(account, Account) else None
    entry = AuditEntry(
        at=clock.now(), account=known, username=(known.username if known else username)[:40],
        organisation=(known.organisation.name if known and known.organisation else "")[:80],
        address=address or "", action=action, subject_kind=subject_kind, subject=str(subject)[:120],
        purpose=purpose[:200], fields=[str(field) for field in fields], result=result,
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = AuditEntry.objects.order_by("-seq").values_list("seq", "digest").first() or (0, START)
        entry.seq, entry.previous = last[0] + 1, last[1]
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
    return entry


def digest_of(entry: AuditEntry) -> str:
    """SM3 over the previous digest and the fields of the row, in hexadecimal."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in CHAINED}
    said |= {"seq": entry.seq, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = Hash(SM3())
    digest.update(bytes.fromhex(entry.previous))
    digest.update(text.encode())
    return digest.finalize().hex()


def verify_chain(anchors: Mapping[int, str] | None = None, *, after: tuple[int, str] = (0, START)) -> ChainCheck:
    """Walks the chain in order; `anchors` are digests noted earlier, by row number.

    `after` is a row and its digest that were found right before: the walk begins behind it, and tells nothing of what
    lies before. That row itself has to be there still, with that digest.
    """
    rows, previous = after
    expected = {seq: digest for seq, digest in (anchors or {}).items() if seq > rows}
    if rows and not AuditEntry.objects.filter(seq=rows, digest=previous).exists():
        return ChainCheck(rows - 1, START, rows, "anchor_differs" if AuditEntry.objects.filter(seq=rows) else "anchor_missing")
    for entry in AuditEntry.objects.filter(seq__gt=rows).order_by("seq").iterator(chunk_size=2000):
        problem = _problem(entry, rows + 1, previous)
        if not problem and expected.pop(entry.seq, entry.digest) != entry.digest:
            problem = "anchor_differs"
        if problem:
            return ChainCheck(rows, previous, rows + 1 if problem == "gap" else entry.seq, problem)
        rows, previous = rows + 1, entry.digest
    if expected:
        return ChainCheck(rows, previous, rows + 1, "anchor_missing")
    return ChainCheck(rows, previous)


def _problem(entry: AuditEntry, seq: int, previous: str) -> str:
    if entry.seq != seq:
        return "gap"
    return "altered" if entry.previous != previous or digest_of(entry) != entry.digest else ""
