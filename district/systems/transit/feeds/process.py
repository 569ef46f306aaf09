"""The standing process that polls the feeds of others, each at its own pace."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection

from district.kernel.clock import now

from ..models import OutsideFeed
from .taking import forget_old_polls, poll

TURN_S = 1.0
CLEAN_EVERY_S = 3600.0
AT_ONCE = 4

logger = logging.getLogger("district.transit.feeds")


def run(stop: threading.Event) -> None:
    """Until told to stop. A feed that is slow holds nobody else up."""
    asking: dict[int, Future[None]] = {}
    cleaned = 0.0
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="feed") as pool:
        while not stop.wait(TURN_S):
            for pk in [pk for pk, future in asking.items() if future.done()]:
                asking.pop(pk).result()
            for pk in due():
                if pk not in asking:
                    asking[pk] = pool.submit(_ask, pk)
            if time.monotonic() - cleaned > CLEAN_EVERY_S:
                forget_old_polls()
                cleaned = time.monotonic()


def due() -> list[int]:
    """Feeds whose time has come."""
    return list(OutsideFeed.objects.filter(is_active=True, next_at__lte=now()).order_by("next_at").values_list("pk", flat=True))


def _ask(pk: int) -> None:
    try:
        feed = OutsideFeed.objects.filter(pk=pk, is_active=True).first()
        if feed is not None:
            made = poll(feed)
            logger.debug("feed %s: %s", feed.key, made.outcome)
    finally:
        connection.close()
