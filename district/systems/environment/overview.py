"""What the district sees first of this system on the start page: the air now, who reports, what waits for an answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.devices.models import DeviceStatus
from district.kernel.people.access import may
from district.kernel.ui import formats
from district.kernel.ui.map import Field, Layer, Steps
from district.kernel.ui.overview import Figure
from district.kernel.ui.saying import said

from .air_quality import grade_of
from .models import MonitoringPoint, Outlet
from .pages.map import ambient_layers, source_layers
from .pages.words import translated
from .queries.air import district_now
from .queries.map_layers import features_of
from .queries.sources import OPEN_STATES, STAFF, sources_visible_to
from .queries.stations import stations_of
from .queries.supervision import case_figures, cases_visible_to
from .station_states import aqi_steps

GOOD_AQI, LIGHTLY_POLLUTED_AQI = 100, 150
READERS_OF_CASES = ("environment.officer", "environment.monitor", "environment.enterprise")


def figures(account: Any) -> list[Figure]:
    """The district's AQI for everybody; outlets that report and open cases for those who deal with them."""
    found = [_air()]
    if may(account, *STAFF, "environment.enterprise"):
        found.append(_outlets(account))
    if may(account, *READERS_OF_CASES):
        found.append(_cases(account))
    return found


def layers(account: Any) -> list[Layer]:
    """Staff see everything that is measured, in the colour of its state; the public the air stations."""
    if may(account, *STAFF):
        return [*ambient_layers(), *source_layers()]
    return [_public_air()]


def _air() -> Figure:
    title, url = _("全区空气质量指数（AQI）"), reverse("environment:public_air")
    latest = district_now()
    if latest is None or latest.index.aqi is None:
        return Figure(title, "—", detail=_("最近 24 小时没有数据"), url=url)
    aqi = latest.index.aqi
    colour = "d-good" if aqi <= GOOD_AQI else "d-warn" if aqi <= LIGHTLY_POLLUTED_AQI else "d-bad"
    detail = _("%(grade)s · %(at)s · %(n)d 个站") % {
        "grade": said(grade_of(aqi).zh), "at": formats.hour(latest.at), "n": latest.stations,
    }
    return Figure(title, aqi, detail=detail, url=url, colour=colour)


def _outlets(account: Any) -> Figure:
    in_use = Outlet.objects.filter(is_in_use=True, device__isnull=False, source__in=sources_visible_to(account))
    counted = in_use.aggregate(
        watched=Count("pk", filter=Q(device__status=DeviceStatus.ACTIVE)),
        reporting=Count("pk", filter=Q(device__status=DeviceStatus.ACTIVE, device__is_online=True)),
    )
    watched, reporting = counted["watched"], counted["reporting"]
    return Figure(
        _("排口在线"), f"{reporting} / {watched}", detail=_("正在上报 / 已联网的排口"),
        url=reverse("environment:stations") if may(account, *STAFF) else reverse("environment:sources"),
        colour="" if not watched else "d-good" if reporting == watched else "d-warn",
    )


def _cases(account: Any) -> Figure:
    """An alarm may have ended by itself; the case it led to is open until its answer is accepted."""
    cases = cases_visible_to(account).filter(state__in=OPEN_STATES)
    counted = case_figures(cases, now())
    detail = _("待答复 %(waiting)d · 逾期 %(overdue)d · 待审核 %(answered)d") % {
        "waiting": counted.waiting, "overdue": counted.overdue, "answered": counted.answered,
    }
    colour = "d-bad" if counted.overdue else "d-warn" if counted.opened else "d-good"
    return Figure(_("未办结督办"), counted.opened, detail=detail, url=reverse("environment:supervision"), colour=colour)


def _public_air() -> Layer:
    points = MonitoringPoint.objects.filter(element="air", is_in_use=True).select_related("device")
    features = features_of(stations_of(points, Outlet.objects.none()))
    return Layer(
        "air", _("空气站（AQI）"), data=features, size=11, label="value",
        colour=Steps("number", translated(aqi_steps()), none_text=_("无数据")),
        popup=[Field("value", "AQI"), Field("grade", _("级别")), Field("at", _("时间")), Field("mark", _("数据来源"))],
    )
