"""Background work of a village: names are not kept longer than they are needed."""

from __future__ import annotations

from district.kernel.clock import now
from district.kernel.jobs import every

from .actions.errands import forget_names


@every("50 3 * * *")
def forget_names_of_errands() -> None:
    forget_names(now())
