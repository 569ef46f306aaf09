"""Asks the systems for their indicators, and keeps a value a day."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from district.kernel import registry
from district.kernel.clock import CHINA, now
from district.kernel.kpis.judging import Verdict, verdict
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.vocabulary import Kpi, KpiValue, System

logger = logging.getLogger(__name__)


class UnknownKpi(LookupError):
    """No manifest names this indicator."""


@dataclass(frozen=True)
class Measured:
    """An indicator with what was measured, or the reason why nothing could be."""

    system: System
    kpi: Kpi
    value: KpiValue
    verdict: Verdict


def all_kpis() -> list[tuple[System, Kpi]]:
    """Every indicator of every manifest, in the order of the plan."""
    return [(system, kpi) for system in registry.systems() for kpi in system.kpis]


def kpi_named(system: str, key: str) -> tuple[System, Kpi]:
    """Raises UnknownKpi."""
    for owner, kpi in all_kpis():
        if (owner.name, kpi.key) == (system, key):
            return owner, kpi
    raise UnknownKpi(f"{system}.{key}")


def measure(system: System, kpi: Kpi, at: datetime) -> Measured:
    """Computes the indicator from the system's own records, now.

    A system whose measuring fails does not take the board with it: the value is None, the note says why.
    """
    measuring = getattr(registry.role_file(system, "kpis"), kpi.key, None)
    if measuring is None:
        return Measured(system, kpi, KpiValue(None, at, note="该系统尚未实现此指标的测算"), Verdict.UNKNOWN)
    try:
        with transaction.atomic():
            value = measuring(at)
    except Exception as error:
        logger.exception("measuring %s.%s failed", system.name, kpi.key)
        value = KpiValue(None, at, note=f"测算出错：{type(error).__name__}")
    return Measured(system, kpi, value, verdict(kpi, value.value))


def record(measured: Measured) -> KpiMeasurement:
    """Keeps it as the value of its day (China Standard Time), in place of an earlier one of that day."""
    value = measured.value
    row, _ = KpiMeasurement.objects.update_or_create(
        system=measured.system.name, key=measured.kpi.key, on=value.at.astimezone(CHINA).date(),
        defaults={
            "at": value.at, "value": value.value, "target": measured.kpi.target, "verdict": measured.verdict.value,
            "parts": dict(value.parts), "note": value.note[:500],
        },
    )
    return row


def measure_all() -> list[Measured]:
    """Measures and keeps every indicator."""
    found = [measure(system, kpi, now()) for system, kpi in all_kpis()]
    for measured in found:
        record(measured)
    return found
