"""The plan's targets with what was last measured and ninety days of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.kpis.judging import Verdict
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.ui import formats
from district.kernel.ui.overview import targets
from district.kernel.ui.tile import Number, Shown

TREND_DAYS = 90


def show(account: Any) -> Shown:
    trends: dict[tuple[str, str], list[float | None]] = {}
    rows = KpiMeasurement.objects.filter(on__gt=today() - timedelta(days=TREND_DAYS)).order_by("on")
    for system, key, value in rows.values_list("system", "key", "value"):
        trends.setdefault((system, key), []).append(value)
    words = {
        Verdict.MET: _("已达到"),
        Verdict.NEAR: _("接近"),
        Verdict.MISSED: _("未达到"),
        Verdict.UNKNOWN: _("尚未测得"),
    }
    numbers = []
    for target in targets():
        wanted = f"{'≥' if target.kpi.higher_is_better else '≤'} {formats.number(target.kpi.target)}"
        system = target.url.rstrip("/").split("/")[-2] if target.url else ""
        numbers.append(Number(
            target.title, target.value, target.kpi.unit, target.url, f"{_('目标')} {wanted} · {words[target.verdict]}",
            target.colour, 1, target.share, tuple(trends.get((system, target.kpi.key), ())),
        ))  # fmt: skip
    return Shown(numbers=tuple(numbers), note="" if numbers else _("还没有指标"))
