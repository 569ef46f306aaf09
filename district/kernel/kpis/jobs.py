from __future__ import annotations

from district.kernel.jobs.work import every
from district.kernel.kpis.measuring import measure_all


@every("* * * * *")
def measure_indicators() -> None:
    """A changed record shows on the board within a minute. The last run before midnight stays as the value of the day."""
    measure_all()
