"""A tile as HTML, kept for seconds for the readers who may share it; one that fails says so and the rest goes on."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from district.kernel.people.access import live_duties
from district.kernel.ui.render import text_of
from district.kernel.ui.tile import Tile

logger = logging.getLogger(__name__)


def body_of(request: HttpRequest, tile: Tile) -> tuple[str, str]:
    """The tile's HTML and its digest. What failed is not kept: the next reader asks again."""
    key = f"brain.tile.{tile.key}.{get_language()}.{reader_mark(request.user, tile)}"
    kept = cache.get(key)
    if kept is not None:
        return kept
    try:
        with transaction.atomic():
            shown = tile.show(request.user)
            html = text_of(request, "brain/dashboard/_tile.html", {"shown": shown, "tile": tile})
    except Exception:
        logger.exception("tile %s failed", tile.key)
        return text_of(request, "brain/dashboard/_failed.html", {"tile": tile}), ""
    found = (html, hashlib.sha256(html.encode()).hexdigest()[:16])
    cache.set(key, found, tile.seconds)
    return found


def reader_mark(account: Any, tile: Tile) -> str:
    """Whose answer it is: this account's, or that of everybody with the same duties."""
    if not tile.is_same_for_duties:
        return str(account.pk)
    duties = sorted((duty.role, duty.organisation_id, duty.scope) for duty in live_duties(account))
    return hashlib.sha256(repr(duties).encode()).hexdigest()[:24]
