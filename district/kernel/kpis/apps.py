from typing import Any

from django.apps import AppConfig
from django.core import checks


class KpisConfig(AppConfig):
    name = "district.kernel.kpis"
    label = "kpis"
    verbose_name = "指标"

    def ready(self) -> None:
        checks.register(every_kpi_is_measured)


def every_kpi_is_measured(**_: Any) -> list[checks.CheckMessage]:
    """An indicator in a manifest needs its function in the system's `kpis.py`."""
    from district.kernel import registry

    return [
        checks.Error(
            f"{system.name}/kpis.py has no function {kpi.key!r} for the indicator of that key", id="kpis.E001"
        )
        for system in registry.systems()
        for kpi in system.kpis
        if not callable(getattr(registry.role_file(system, "kpis"), kpi.key, None))
    ]
