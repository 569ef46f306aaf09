"""procrastinate reads cron lines in UTC; here a day begins in China."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import croniter
from procrastinate.periodic import PeriodicTask

from district.kernel.clock import CHINA, now


class ChinaTimer(PeriodicTask[Any, Any, Any]):
    """A periodic task whose cron line means China Standard Time."""

    @cached_property
    def croniter(self) -> croniter.croniter:
        return croniter.croniter(self.cron, start_time=now().astimezone(CHINA))
