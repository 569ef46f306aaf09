"""What is kept no longer than it is needed."""

from __future__ import annotations

import time

from district.kernel.jobs import every

from ..screens.actions import forget_old_showings
from .limits import forget_old

DAY_S = 86_400


@every("41 3 * * *")
def forget_public_counts() -> int:
    """Counts of visits older than a day, proofs of play older than half a year."""
    return forget_old(time.time() - DAY_S) + forget_old_showings()
