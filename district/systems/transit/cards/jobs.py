"""Timers of money: orders run out, refunds are asked after, yesterday is compared, the books are looked over."""

from __future__ import annotations

import logging
from datetime import timedelta

from district.kernel.clock import today
from district.kernel.jobs.work import every

log = logging.getLogger(__name__)


@every("* * * * *")
def end_unpaid_orders() -> int:
    from .actions import chase, expire_due

    return expire_due() + chase()


@every("40 4 * * *")
def compare_with_the_provider() -> int:
    """The days of the last week, since a provider may tell late; how many differ."""
    from . import ledger
    from .actions import reconcile
    from .ports import default_provider

    differing = sum(
        bool(reconcile(default_provider().key, today() - timedelta(days=back)).differences) for back in range(7, 0, -1)
    )
    wrong = ledger.imbalance()
    if wrong:
        log.error("账本不平（the ledger is out of balance）: %s", wrong)
    return differing + len(wrong)
