"""What is done with indicators without anybody asking."""

from __future__ import annotations

from district.kernel.jobs.work import every
from district.kernel.kpis.measuring import all_kpis
from district.kernel.kpis.recomputing import published

from .actions import recompute_figure


@every("20 5 * * *")
def recompute_indicators() -> None:
    """Every figure once a day by its published SQL; one that differs is told to the leader."""
    for system, kpi in all_kpis():
        if published(system.name, kpi.key) is not None:
            recompute_figure(system.name, kpi.key)
