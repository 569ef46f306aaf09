"""Counts of visits are kept a day: no longer than a flood is held back."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import now
from district.kernel.jobs import every

from .limits import forget_old


@every("37 3 * * *")
def forget_old_visits() -> None:
    forget_old((now() - timedelta(days=1)).timestamp())
