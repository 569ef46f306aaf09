"""Our own GTFS-Realtime feeds, built when somebody asks and they are no longer new; all processes tell the same bytes.

One instant, one content: header times never go back, whichever process answers.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import connection, transaction

from district.kernel.clock import now

from ..models import PublishedFeed
from .building import feeds_of
from .facts import alerts_told, runs_told, schedule_told

RENEWED = timedelta(seconds=10)
OLDEST = timedelta(seconds=25)
"""While another process builds, what stands is told up to this age; older than that one waits for it."""
LOCK = 6_370_306_11


def published(kind: str) -> PublishedFeed:
    """A feed of KINDS, at most OLDEST old."""
    kept = _kept(kind)
    if kept is not None and now() - kept.made_at < RENEWED:
        return kept
    with transaction.atomic():
        if not _locked(wait=kept is None or now() - kept.made_at >= OLDEST):
            assert kept is not None
            return kept
        kept = _kept(kind)
        if kept is None or now() - kept.made_at >= RENEWED:
            renew()
            kept = _kept(kind)
    assert kept is not None
    return kept


def renew() -> datetime:
    """Builds all feeds from the tables as they stand, in the caller's transaction."""
    at = now().replace(microsecond=0)
    schedule, version = schedule_told(at)
    bodies = feeds_of(schedule, runs_told(at), alerts_told(at), at.timestamp(), version)
    PublishedFeed.objects.bulk_create(
        [PublishedFeed(kind=kind, made_at=at, body=body, etag=hashlib.sha256(body).hexdigest()) for kind, body in bodies.items()],
        update_conflicts=True, unique_fields=["kind"], update_fields=["made_at", "body", "etag"],
    )  # fmt: skip
    return at


def _kept(kind: str) -> PublishedFeed | None:
    return PublishedFeed.objects.filter(kind=kind).first()


def _locked(*, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
