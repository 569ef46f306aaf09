"""Registering, changing, pausing the feeds of other suppliers."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from district.kernel.clock import now

from ..models import OutsideFeed


def register(feed: OutsideFeed, keys: str, account: Any) -> OutsideFeed:
    """A new feed; it is asked for at once."""
    feed.made_by, feed.next_at = account, now()
    with transaction.atomic():
        feed.save()
        _keep(feed, keys)
    return feed


def amend(feed: OutsideFeed, keys: str) -> OutsideFeed:
    """Another address or pace. What was learnt of the old address does not count for the new one."""
    feed.etag = feed.last_modified = ""
    feed.failures, feed.next_at = 0, now()
    with transaction.atomic():
        feed.save()
        if keys.strip():
            _keep(feed, keys)
    return feed


def _keep(feed: OutsideFeed, keys: str) -> None:
    """Sealed on its way into the table."""
    OutsideFeed.objects.filter(pk=feed.pk).update(headers=keys)


def set_active(feed: OutsideFeed, is_active: bool) -> None:
    """Pauses it or lets it go on."""
    OutsideFeed.objects.filter(pk=feed.pk).update(is_active=is_active, failures=0, next_at=now())


def ask_soon(feed: OutsideFeed) -> None:
    """The standing process asks within a second or two, whatever the pace."""
    OutsideFeed.objects.filter(pk=feed.pk).update(next_at=now())
