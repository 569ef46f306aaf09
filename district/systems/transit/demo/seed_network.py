"""The demonstration's timetable, published."""

from __future__ import annotations

import hashlib
from datetime import date

from district.kernel.clock import now, today

from ..models import Edition
from .network import feed


def seed_network() -> None:
    """An edition that holds last year, this and the next."""
    if Edition.objects.filter(is_simulated=True, valid_to__gte=today()).exists():
        return
    first, last = date(today().year - 1, 1, 1), date(today().year + 1, 12, 31)
    packed = feed(first, last)
    Edition.objects.create(
        title="演示线网", state=Edition.State.PUBLISHED, valid_from=first, valid_to=last, feed=packed,
        sha256=hashlib.sha256(packed).hexdigest(), is_simulated=True, published_at=now(),
    )  # fmt: skip
