"""`/api/environment/…`: open data of the air, an assessor for the standards, and readings and alarms for staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from zlib import crc32

import numpy as np
from django.db.models import Max
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import condition
from ninja import Body, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.throttling import AnonRateThrottle

from district.kernel.clock import CHINA, day_bounds, now, today
from district.kernel.devices import marks
from district.kernel.devices.models import Series
from district.kernel.devices.queries import readings as observations
from district.kernel.people.access import allow

from .api_shapes import (
    Alarm,
    Coverage,
    ForecastHour,
    Reading,
    Refusal,
    Station,
    StationDay,
    StationHour,
)
from .assess import assess as assessed
from .models import AirDay, AirHour, EvaluatedDay, Forecast, MonitoringPoint
from .queries.coverage import covering
from .queries.forecasts import newest_forecast
from .queries.sources import OPEN_STATES
from .queries.stations import station_visible_to
from .queries.supervision import cases_visible_to

router = Router()

STAFF = tuple(f"environment.{key}" for key in ("officer", "monitor", "reader"))
LONGEST_HOURS_DAYS = 31
LONGEST_DAYS = 400
MOST_READINGS = 50_000

Code = Annotated[str, Query(description="站点编号；留空为全部空气站")]
FromOn = Annotated[date | None, Query(alias="from", description="起始日期，YYYY-MM-DD")]
ToOn = Annotated[date | None, Query(alias="to", description="截止日期（含），YYYY-MM-DD")]


class OpenDataThrottle(AnonRateThrottle):
    """120 requests a minute from one address."""

    def __init__(self) -> None:
        super().__init__("120/m")


THROTTLE = OpenDataThrottle()


def _evaluated(request: HttpRequest, **_named: Any) -> str:
    """Changes whenever anything derived from observations may have: by evaluation, and by the hour."""
    return _version(request, EvaluatedDay.objects.aggregate(at=Max("evaluated_at"))["at"])


def _forecast_made(request: HttpRequest, **_named: Any) -> str:
    return _version(request, Forecast.objects.aggregate(at=Max("made_at"))["at"])


def _version(request: HttpRequest, at: datetime | None) -> str:
    # The hour is in it too: what is newest, and today, move on without any evaluation.
    return f'"{crc32(request.get_full_path().encode()):x}-{at.timestamp() if at else 0:.0f}-{now():%Y%m%d%H}"'


def _open(version: Callable[..., str]) -> Callable[[Any], Any]:
    """For open data: anybody, with an ETag. The guard stands outside."""
    return decorate_view(condition(etag_func=version), allow("public"))


def _air_points(code: str) -> list[MonitoringPoint]:
    points = MonitoringPoint.objects.filter(element="air", is_in_use=True).select_related("device").order_by("code")
    found = list(points.filter(code=code) if code else points)
    if code and not found:
        raise Http404(_("没有空气站 %(code)s") % {"code": code})
    return found


@router.get("/stations", response=list[Station], summary="空气站名录", throttle=THROTTLE)
@_open(_evaluated)
def stations(request: HttpRequest) -> list[Station]:
    """编号、名称、WGS-84 位置；is_simulated 为真的站点是模拟数据。"""
    return [
        Station(
            code=point.code, name=point.name, lon=point.lon, lat=point.lat, division_code=point.division_code,
            is_simulated=bool(point.device and point.device.is_simulated),
        )
        for point in _air_points("")
    ]  # fmt: skip


@router.get("/latest", response=list[StationHour], summary="各空气站最新一小时", throttle=THROTTLE)
@_open(_evaluated)
def latest(request: HttpRequest) -> list[StationHour]:
    """近 24 小时内每站最新的小时 AQI；没有数据的站点不出现。"""
    points = {point.pk: point for point in _air_points("")}
    rows = AirHour.objects.filter(point_id__in=points, at__gte=now() - timedelta(hours=24))
    newest = rows.order_by("point_id", "-at").distinct("point_id")
    return [_hour(points[row.point_id], row) for row in newest]


@router.get("/hours", response={200: list[StationHour], 400: Refusal}, summary="空气质量小时值", throttle=THROTTLE)
@_open(_evaluated)
def hours(request: HttpRequest, station: Code = "", from_on: FromOn = None, to_on: ToOn = None) -> Any:
    """缺省为今天；一次最多 31 天。"""
    first, last = _span(from_on, to_on, 0)
    if refusal := _bad_span(first, last, LONGEST_HOURS_DAYS):
        return Status(400, refusal)
    points = {point.pk: point for point in _air_points(station)}
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    rows = AirHour.objects.filter(point_id__in=points, at__gte=start, at__lt=end).order_by("at", "point_id")
    return [_hour(points[row.point_id], row) for row in rows]


@router.get("/days", response={200: list[StationDay], 400: Refusal}, summary="空气质量日值", throttle=THROTTLE)
@_open(_evaluated)
def days(request: HttpRequest, station: Code = "", from_on: FromOn = None, to_on: ToOn = None) -> Any:
    """自然日日报，臭氧为日最大 8 小时平均；缺省为近 30 天，一次最多 400 天。"""
    first, last = _span(from_on, to_on, 30)
    if refusal := _bad_span(first, last, LONGEST_DAYS):
        return Status(400, refusal)
    points = {point.pk: point for point in _air_points(station)}
    rows = AirDay.objects.filter(point_id__in=points, on__range=(first, last)).order_by("on", "point_id")
    return [
        StationDay(
            station=points[row.point_id].code, on=row.on, aqi=row.aqi, category=row.category,
            primary_pollutants=row.primary_pollutants, concentrations=row.concentrations, standard=row.standard,
        )
        for row in rows
    ]  # fmt: skip


@router.get("/forecast", response=list[ForecastHour], summary="空气站 72 小时 AQI 预报", throttle=THROTTLE)
@_open(_forecast_made)
def forecast(request: HttpRequest, station: Annotated[str, Query(description="站点编号")]) -> list[ForecastHour]:
    """最近一次预报；low 和 high 为预测区间。"""
    return [
        ForecastHour(
            station=station, made_at=row.made_at.astimezone(CHINA), for_at=row.for_at.astimezone(CHINA),
            aqi=round(row.value, 1), low=row.low, high=row.high, method=row.method,
        )
        for row in newest_forecast(_air_points(station)[0])
    ]  # fmt: skip


@router.get("/coverage", response=Coverage, summary="环境质量自动监测率", throttle=THROTTLE)
@decorate_view(allow("public"))
def coverage(request: HttpRequest) -> Coverage:
    """加权平均及各要素的覆盖比例（0–1）。"""
    found = covering()
    if found is None:
        return Coverage(percent=None, shares={}, weights={})
    shares = {name: one.share for name, one in found.rate.elements.items()}
    return Coverage(percent=found.rate.percent, shares=shares, weights=found.rate.weights)


@router.post("/assess", response={200: dict[str, Any], 400: dict[str, Any]}, summary="按标准评价一组数值", throttle=THROTTLE)
@decorate_view(allow("public"))
def assess(request: HttpRequest, body: Annotated[dict[str, Any], Body()]) -> Any:
    """kind 为 aqi、iaqi、water、trophic、noise 之一；只计算，不保存。ok 为真时附各项结果，为假时有 error、field、detail。"""
    answer = assessed(body)
    return Status(200 if answer["ok"] else 400, answer)


@router.get("/readings", response={200: list[Reading], 400: Refusal}, summary="监测值（工作人员）")
@decorate_view(allow(*STAFF))
def readings(
    request: HttpRequest,
    station: Annotated[str, Query(description="站点或排口编号，如 ZC-E01-DA001")],
    item: Annotated[str, Query(description="监测项编码，如 a34004")],
    period: Annotated[str, Query(description="realtime、minute、hour 或 day")] = "hour",
    from_at: Annotated[datetime | None, Query(alias="from", description="起始时刻（含）；缺省为 24 小时前")] = None,
    to_at: Annotated[datetime | None, Query(alias="to", description="截止时刻（不含）；缺省为现在")] = None,
) -> Any:
    """设备原始上报，按职责范围给出；mark 是数据标记的文字。"""
    found = station_visible_to(request.user, station)
    if found is None or found.device is None:
        raise Http404(_("没有站点 %(code)s，或不在您的职责范围内") % {"code": station})
    end = _aware(to_at) if to_at else now()
    start = _aware(from_at) if from_at else end - timedelta(hours=24)
    if not start < end:
        return Status(400, Refusal(error="bad_span", field="from", detail=_("起始时刻须早于截止时刻")))
    series = {row.pk: row for row in Series.objects.filter(device=found.device, item=item, period=period)}
    columns = observations(list(series), start, end)
    if len(columns.value) > MOST_READINGS:
        detail = _("共 %(n)s 条，一次最多 %(most)s 条，请缩短时段") % {"n": len(columns.value), "most": MOST_READINGS}
        return Status(400, Refusal(error="too_many", field="from", detail=detail))
    moments = columns.at.astype("datetime64[us]").astype(np.int64)
    return [
        Reading(
            item=item, statistic=series[key].statistic, unit=series[key].unit,
            at=datetime.fromtimestamp(at / 1e6, CHINA), value=value, mark=marks.describe(mark),
        )
        for key, at, value, mark in zip(
            columns.series_id.tolist(), moments.tolist(), columns.value.tolist(), columns.mark.tolist(), strict=True
        )
    ]  # fmt: skip


@router.get("/alarms", response=list[Alarm], summary="告警督办件（工作人员）")
@decorate_view(allow(*STAFF))
def alarms(
    request: HttpRequest,
    is_open: Annotated[bool, Query(description="只要未办结的")] = True,
    limit: Annotated[int, Query(ge=1, le=1000, description="最多条数")] = 100,
) -> list[Alarm]:
    """由告警立案的督办件，新的在前，按职责范围给出。"""
    cases = cases_visible_to(request.user)
    if is_open:
        cases = cases.filter(state__in=OPEN_STATES)
    return [
        Alarm(
            number=case.number, kind=case.kind, title=case.title, state=case.state, item=case.item,
            source=case.source.name if case.source else "", point=case.point.name if case.point else "",
            happened_at=case.happened_at.astimezone(CHINA), due_at=case.due_at.astimezone(CHINA),
            measured_value=case.measured_value, limit_value=case.limit_value, unit=case.unit,
        )
        for case in cases.order_by("-opened_at")[:limit]
    ]  # fmt: skip


def _hour(point: MonitoringPoint, row: AirHour) -> StationHour:
    return StationHour(
        station=point.code, at=row.at.astimezone(CHINA), aqi=row.aqi, category=row.category,
        primary_pollutants=row.primary_pollutants, concentrations=row.concentrations, standard=row.standard,
    )  # fmt: skip


def _span(first: date | None, last: date | None, days_back: int) -> tuple[date, date]:
    end = last or today()
    return first or end - timedelta(days=days_back), end


def _bad_span(first: date, last: date, longest: int) -> Refusal | None:
    if first > last:
        detail = _("起始 %(first)s 晚于截止 %(last)s") % {"first": first, "last": last}
        return Refusal(error="bad_span", field="from", detail=detail)
    if (last - first).days >= longest:
        detail = _("一次最多 %(n)s 天") % {"n": longest}
        return Refusal(error="span_too_long", field="from", detail=detail)
    return None


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=CHINA)
