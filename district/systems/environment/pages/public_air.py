"""今日空气: what the air is like now, for anybody with a phone."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.ui.chart import Limit, Line, Trace
from district.kernel.ui.render import page

from ..grade_advice import advice_for
from ..models import MonitoringPoint, Outlet
from ..queries.air import AirNow, district_hours
from ..queries.forecasts import district_forecast
from ..queries.stations import stations_of
from ..station_states import aqi_level

FORECAST_FRESH = timedelta(hours=30)


def public_air(request: HttpRequest) -> HttpResponseBase:
    points = MonitoringPoint.objects.filter(element="air", is_in_use=True).select_related("device")
    stations = stations_of(points, Outlet.objects.none())
    hours = district_hours(now() - timedelta(hours=25), now())
    latest = hours[-1] if hours else None
    aqi = latest.index.aqi if latest else None
    coming = [row for row in district_forecast(points, now() - FORECAST_FRESH) if row[0] >= now()]
    context = {
        "latest": latest, "aqi": aqi, "level": aqi_level(aqi), "advice": _(advice_for(aqi_level(aqi))) if aqi is not None else "",
        "stations": sorted(stations, key=lambda one: (one.number is None, one.number or 0)), "aqi_level": aqi_level,
        "curve": _curve(hours), "forecast": _forecast(coming), "days": _days(coming),
        "is_simulated": any(one.is_simulated for one in stations),
    }  # fmt: skip
    return page(request, "environment/public_air.html", context)


def _curve(hours: list[AirNow]) -> Line:
    return Line(
        title=_("最近 24 小时全区 AQI"), decimals=0, x=[hour.at for hour in hours], zoom=False,
        traces=[Trace("AQI", [hour.index.aqi for hour in hours], area=True)], limits=[Limit(_("良的上限"), 100)],
    )  # fmt: skip


def _forecast(coming: list[tuple]) -> Line:
    return Line(
        title=_("未来 72 小时 AQI 预报"), decimals=0, x=[row[0].astimezone(CHINA) for row in coming], zoom=False,
        traces=[Trace(_("预报"), [row[1] for row in coming], dashed=True,
                      band=([row[2] for row in coming], [row[3] for row in coming]))],
        limits=[Limit(_("良的上限"), 100)],
    )  # fmt: skip


def _days(coming: list[tuple]) -> list[tuple]:
    """(day, lowest, highest hourly AQI, level of the mean) of the coming days with at least 12 hours."""
    by_day: dict = {}
    for at, value, _low, _high in coming:
        by_day.setdefault(at.astimezone(CHINA).date(), []).append(value)
    return [
        (on, round(min(values)), round(max(values)), aqi_level(round(sum(values) / len(values))))
        for on, values in by_day.items()
        if len(values) >= 12
    ]
