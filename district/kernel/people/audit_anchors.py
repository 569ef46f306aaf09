"""Digests of the audit trail noted in a file outside the database, so that a chain made anew is noticed.

Each line of `audit_anchors` in DISTRICT_HOME is a row number, its digest and the time it was noted.
"""

from __future__ import annotations

import time
from pathlib import Path

from district.kernel import clock, home
from district.kernel.people.audit import START, ChainCheck, verify_chain
from district.kernel.people.models import Account, AuditCheck


def anchors_file() -> Path:
    return home.home() / "audit_anchors"


def noted_anchors() -> dict[int, str]:
    """Row number → digest, as noted so far; empty when there is no file yet."""
    path = anchors_file()
    lines = path.read_text().splitlines() if path.exists() else []
    return {int(seq): digest for seq, digest, _at in (line.split() for line in lines)}


def check_and_anchor(by: Account | None = None, *, is_whole_chain: bool = True) -> ChainCheck:
    """Verifies the chain against the noted anchors, and notes its head when it is whole and has grown.

    Without `is_whole_chain` only what has come since the last anchor is walked. Each walk leaves an AuditCheck.
    """
    began = time.monotonic()
    noted = noted_anchors()
    last = max(noted, default=0)
    after = (0, START) if is_whole_chain or not last else (last, noted[last])
    check = verify_chain(noted, after=after)
    AuditCheck.objects.create(
        at=clock.now(), by=by, since=after[0], rows=check.rows, head=check.head, anchors=len(noted),
        broken_at=check.broken_at, problem=check.problem, took_ms=int((time.monotonic() - began) * 1000),
    )
    if check.is_whole and check.rows and check.rows not in noted:
        with anchors_file().open("a") as file:
            file.write(f"{check.rows} {check.head} {clock.now().isoformat(timespec='seconds')}\n")
    return check


def forget_anchors() -> Path | None:
    """Sets the file aside after a restore from a backup: the rows since then are gone, and known to be."""
    path = anchors_file()
    if not path.exists():
        return None
    return path.rename(path.with_name(f"{path.name}.until-{clock.now():%Y%m%d%H%M%S}"))
