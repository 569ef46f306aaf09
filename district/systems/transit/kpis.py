"""The plan's indicator of clause 11, and what it leaves out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from district.kernel.vocabulary import Fraction, KpiValue
from district.kernel.wording import term

from .editions.queries import schedule_in_force
from .models import Run, Score

WITHIN = timedelta(hours=24)


def forecast_rate(at: datetime) -> KpiValue:
    """公共汽电车来车信息实时预报率: lines with real-time arrivals by web or phone, of all lines, per cent.

    Source: the annex of 数鲁专组办发〔2019〕7号. A line counts when a forecast from a bus's positions was published for it
    within a day. Beside it: of the stops passed on the last judged day those with a forecast out before, and those with
    one that was right five minutes before.
    """
    schedule = schedule_in_force(at.date())
    if schedule is None:
        return KpiValue(None, at, note=term("没有在用的时刻表"))
    lines = {trip.route_id for trip in schedule.trips.values()}
    real = Q(forecast__made_at__gt=at - WITHIN, forecast__made_at__lte=at) & ~Q(forecast__source="timetable")
    counted = {
        row["route_id"]: row
        for row in Run.objects.filter(begins_at__gt=at - WITHIN, begins_at__lte=at, route_id__in=lines).values("route_id")
        .annotate(runs=Count("pk"), told=Count("pk", filter=real), last=Max("forecast__made_at", filter=real))
    }  # fmt: skip
    told = sum(bool(counted.get(route, {}).get("told")) for route in lines)
    score = Score.objects.filter(route_id="", day__lte=at.date()).order_by("-day").first()
    parts: dict[str, float | None] = {
        term("到站有预报"): _share(score.forecast, score.visits) if score else None,
        term("提前五分钟预报准确"): _share(score.right, score.visits) if score else None,
    }
    evidence = tuple(_evidence(schedule.lines[route].name if route in schedule.lines else route, counted.get(route, {}))
                     for route in sorted(lines))  # fmt: skip
    return KpiValue(
        _share(told, len(lines)), at, parts, evidence,
        term("按省定义：24 小时内在网页和手机上发布过实时到站预报的线路占全部线路；仅按时刻表推算的不计"),
        (Fraction("", told, len(lines), term("线路"), term("条")),),
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def _evidence(line: str, row: dict[str, Any]) -> dict[str, Any]:
    last = row.get("last")
    return {
        term("线路"): line, term("已发车班次"): row.get("runs", 0), term("有实时预报的班次"): row.get("told", 0),
        term("最近预报"): last.isoformat(timespec="seconds") if last else "", term("计入"): bool(row.get("told")),
    }  # fmt: skip
