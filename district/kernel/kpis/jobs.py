from __future__ import annotations

from district.kernel.jobs.work import every
from district.kernel.kpis.measuring import measure_all


@every("*/15 * * * *")
def measure_indicators() -> None:
    """The last run before midnight stays as the value of the day."""
    measure_all()
