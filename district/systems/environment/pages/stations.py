"""The list of everything that is measured, and the page of one station."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import CHINA, now
from district.kernel.people.access import may
from district.kernel.ui.chart import Limit, Line, Trace
from district.kernel.ui.render import page
from district.kernel.ui.routing import part
from district.kernel.ui.table import Column, Table

from ..air_evaluation import ambient_limit
from ..items import item as item_of
from ..items import printed_unit
from ..models import SupervisionCase
from ..noise import noise_limits
from ..quantities import BadQuantity
from ..queries.air import station_aqi
from ..queries.forecasts import newest_forecast
from ..queries.map_layers import name_of_item
from ..queries.station_history import REALTIME, SPANS, ItemHistory, history_of, hour_limits
from ..queries.stations import Station, station_visible_to, stations_visible_to
from ..queries.water import item_name
from ..station_states import KINDS, STATE_BADGES, STATES, aqi_level
from .topics import STATIONS_TOPIC
from .words import in_words

SHOWN_CASES = 10
POLL_SECONDS = 60


def stations(request: HttpRequest) -> HttpResponseBase:
    table = Table(
        "stations",
        columns=[
            Column("name", _("名称"), filter="text", link=_station_url),
            Column("code", _("编号"), filter="text", link=_station_url),
            Column("kind", _("类型"), filter="choice", choices=in_words(KINDS)),
            Column("state", _("状态"), filter="choice", choices=in_words(STATES), badge=STATE_BADGES),
            Column("headline", _("现值")),
            Column("grade", _("级别")),
            Column("at", _("最新时间"), format="moment"),
            Column("open_cases", _("未结督办"), format=0),
            Column("is_simulated", _("来源"), filter="choice", choices={True: _("模拟"), False: _("实测")}),
            Column("device_code", _("设备编码"), shown=False),
            Column("last_seen_at", _("最近上报"), format="ago", shown=False),
        ],
        source=stations_visible_to(request.user),
        order="code",
        per_page=100,
        title=_("监测站点"),
        empty=_("还没有登记监测站点"),
        live=STATIONS_TOPIC,
    )
    return table.respond(request) or page(request, "environment/stations.html", {"table": table})


def _station_url(row: Station) -> str:
    return reverse("environment:station", args=[row.code])


def visible_station(request: HttpRequest, code: str) -> Station:
    """The station of that code, or 404 for one outside the reader's area."""
    found = station_visible_to(request.user, code)
    if found is None:
        raise Http404(code)
    return found


@part(of="stations", path="stations/<str:code>/")
def station(request: HttpRequest, code: str) -> HttpResponseBase:
    """One station: what it measures now, and its past. `?period=1h|24h|7d|30d`."""
    found = visible_station(request, code)
    table = _readings_table(found)
    answer = table.respond(request)
    if answer is not None:
        return answer
    period = request.GET.get("period", "")
    period = period if period in SPANS else "24h"
    context = {
        "station": found, "table": table, "facts": _facts(found), "aqi_level": aqi_level,
        "states": in_words(STATES), "kind_text": _(found.kind_text), "state_badges": STATE_BADGES,
        "over_names": [name_of_item(one) for one in found.over],
        "may_manage": may(request.user, "environment.monitor"), "period": period,
        "periods": {REALTIME: _("1 小时实时"), "24h": _("24 小时"), "7d": _("7 天"), "30d": _("30 天")},
        "deciding": _deciding(found), "grade_text": _(found.grade) if found.grade else "",
        "charts": _charts(found, period), "forecast": _forecast(found), "cases": _cases(found),
    }  # fmt: skip
    return page(request, "environment/station.html", context)


def _readings_table(found: Station) -> Table:
    return Table(
        "latest",
        columns=[
            Column("title", _("项目")),
            Column("value_text", _("值"), align="end", sortable=False),
            Column("unit_text", _("单位"), sortable=False),
            Column("at", _("时间"), format="second"),
            Column("period", _("周期"), choices={"realtime": _("实时"), "hour": _("小时")}),
            Column("mark_text", _("数据标记")),
        ],
        source=list(found.readings.values()),
        order="title",
        title=_("最新值"),
        empty=_("还没有上报"),
        live=STATIONS_TOPIC,
        poll_seconds=POLL_SECONDS,
    )


def _facts(found: Station) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_("编号"), found.code), (_("设备编码"), found.device_code)]
    facts += [(_("经度"), found.lon), (_("纬度"), found.lat)]
    if found.point is not None:
        return facts + _point_facts(found)
    if found.outlet is not None:
        facts += [
            (_("企业"), found.outlet.source.name),
            (_("排口"), found.outlet.name),
            (_("高度（米）"), found.outlet.height_m),
            (_("受纳水体"), found.outlet.receiving_water),
        ]
    return facts


def _point_facts(found: Station) -> list[tuple[str, Any]]:
    point = found.point
    if point is None:
        return []
    if found.kind == "air":
        return [(_("空气功能区"), point.function_class), (_("代表半径（km）"), point.coverage_radius_km)]
    if found.kind == "surface_water":
        return [
            (_("河流"), point.river),
            (_("水质目标"), point.target_class),
            (_("代表河长（km）"), point.reach_km),
        ]
    return [(_("声功能区"), point.zone)]


def _charts(found: Station, period: str) -> list[Line]:
    if found.device is None:
        return []
    limits = hour_limits(found.outlet.pk, now()) if found.outlet else {}
    charts = [_aqi(found, period)] if found.kind == "air" and period != REALTIME else []
    for one in history_of(found.device.pk, period, now()):
        lines = _ambient_limits(found, one, period)
        if one.item in limits:
            lines.append(Limit(_("许可限值"), limits[one.item].limit))
        charts.append(_chart(one, lines))
    return charts


def _aqi(found: Station, period: str) -> Line:
    assert found.point is not None
    hours, aqi = station_aqi(found.point, now() - SPANS[period], now())
    return Line(
        title="AQI", decimals=0, x=hours, traces=[Trace("AQI", aqi, area=True)], limits=[Limit(_("良的上限"), 100)],
    )  # fmt: skip


def _chart(one: ItemHistory, limits: list[Limit]) -> Line:
    traces = [Trace(one.title, one.values)]
    if one.has_doubtful:
        traces.append(
            Trace(_("不计入（无效、停运）"), one.doubtful, colour="var(--tblr-secondary)", dashed=True)
        )
    decimals = item_of(one.item).decimals
    return Line(
        title=one.title,
        unit=printed_unit(one.unit),
        decimals=decimals,
        x=one.at,
        traces=traces,
        limits=limits,
        from_zero=False,
    )


def _ambient_limits(found: Station, one: ItemHistory, period: str) -> list[Limit]:
    """Hourly limits of GB 3095 for an air station, those of the zone for a noise point."""
    if period == REALTIME:
        return []
    if found.kind == "air" and item_of(one.item).pollutant:
        try:
            limit = float(ambient_limit(item_of(one.item).pollutant, "1h", now().date()))
        except BadQuantity:  # the standard sets no hourly limit for particles
            return []
        return [Limit(_("二级小时限值"), limit)]
    if found.kind == "noise" and one.item == "Leq" and found.point and found.point.zone:
        zone = noise_limits(found.point.zone)
        return [
            Limit(_("昼间"), zone.day, "var(--tblr-orange)"),
            Limit(_("夜间"), zone.night, "var(--tblr-indigo)"),
        ]
    return []


def _forecast(found: Station) -> Line | None:
    rows = newest_forecast(found.point) if found.kind == "air" and found.point else []
    if not rows:
        return None
    return Line(
        title=_("72 小时 AQI 预报"), decimals=0, x=[row.for_at.astimezone(CHINA) for row in rows],
        traces=[Trace(_("预报"), [row.value for row in rows], dashed=True,
                      band=([row.low for row in rows], [row.high for row in rows]))],
    )  # fmt: skip


def _deciding(found: Station) -> list[str]:
    return (
        [item_name(key) for key in found.result.deciding_items]
        if found.kind == "surface_water" and found.result
        else []
    )


def _cases(found: Station) -> list[SupervisionCase]:
    of_place = {"point": found.point} if found.point else {"outlet": found.outlet}
    return list(SupervisionCase.objects.filter(**of_place).order_by("-opened_at")[:SHOWN_CASES])
