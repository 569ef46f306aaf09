"""The stations, alarms and hours of the district map as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from district.kernel import clock
from district.kernel.ui import formats
from district.kernel.ui.saying import said

from ..air_quality import grade_of
from ..items import items, zh_of
from ..models import AirHour, MonitoringPoint, SupervisionCase
from ..station_states import GREY, STATES
from .sources import OPEN_STATES
from .stations import Station
from .supervision import cases_visible_to
from .water import item_name

LAYERS = ("air", "surface_water", "noise", "outlets")


def features_of(stations: Iterable[Station]) -> dict[str, Any]:
    """A FeatureCollection; places without a position are left out."""
    return collection([_feature(one) for one in stations if one.lon is not None and one.lat is not None])


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _feature(station: Station) -> dict[str, Any]:
    identity = station.point.pk if station.point else station.outlet.pk if station.outlet else 0
    properties = {
        "id": identity,
        "code": station.code,
        "name": station.name,
        "kind": said(station.kind_text),
        "state": station.state,
        "state_text": _(STATES[station.state]),
        "value": said(station.headline) or "—",
        "number": station.number,
        "grade": said(station.grade),
        "water_class": station.result.water_class
        if station.kind == "surface_water" and station.result
        else "",
        "over": said("、".join(name_of_item(code) for code in station.over)),
        "at": formats.moment(station.at),
        "cases": station.open_cases,
        "mark": _("模拟") if station.is_simulated else "",
        "url": reverse("environment:station", args=[station.code]),
    }
    return {
        "type": "Feature",
        "id": identity,
        "geometry": {"type": "Point", "coordinates": [station.lon, station.lat]},
        "properties": properties,
    }


def name_of_item(code: str) -> str:
    """The Chinese name of an item code or of a GB 3838 key; pollutants of the AQI stay as they are known."""
    return zh_of(code) if code in items() else item_name(code)


def reaches_of(stations: Iterable[Station]) -> dict[str, Any]:
    """The stretches of rivers that sections stand for, in the colour of their class."""
    return collection(
        [
            {
                "type": "Feature",
                "id": one.point.pk,
                "geometry": one.point.covers,
                "properties": {
                    "name": one.point.river,
                    "section": one.name,
                    "water_class": one.result.water_class if one.result else "",
                },
            }
            for one in stations
            if one.point is not None and one.point.covers
        ]
    )


def hours_back(hours: int) -> list[datetime]:
    """The full hours of the last `hours`, oldest first; the newest is the last hour that is over."""
    last = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    return [last - timedelta(hours=back) for back in range(hours - 1, -1, -1)]


def air_frame(at: datetime) -> dict[int, dict[str, Any]]:
    """What changes on the air layer at an hour, by point: merged into the features by the map."""
    frame: dict[int, dict[str, Any]] = {
        pk: {"number": None, "value": "—", "grade": "", "over": "", "at": formats.moment(at)}
        for pk in MonitoringPoint.objects.filter(element="air", is_in_use=True).values_list("pk", flat=True)
    }
    for hour in AirHour.objects.filter(at=at, aqi__isnull=False):
        assert hour.aqi is not None
        frame[hour.point_id] = {
            "number": hour.aqi,
            "value": str(hour.aqi),
            "grade": said(grade_of(hour.aqi).zh),
            "over": "、".join(name for name, iaqi in hour.sub_indices.items() if iaqi > 100),
            "at": formats.moment(at),
        }
    return frame


def open_cases(account: Any) -> dict[str, Any]:
    """Open supervision cases where they happened."""
    cases = cases_visible_to(account).filter(state__in=OPEN_STATES).order_by("-opened_at")[:300]
    return collection([one for case in cases if (one := _case(case)) is not None])


def _case(case: SupervisionCase) -> dict[str, Any] | None:
    place = next(
        (one for one in (case.point, case.outlet, case.source) if one is not None and one.lon is not None),
        None,
    )
    if place is None:
        return None
    return {
        "type": "Feature",
        "id": case.pk,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "id": case.pk,
            "name": said(case.title),
            "kind": case.get_kind_display(),
            "state": case.get_state_display(),
            "at": formats.moment(case.happened_at),
            "colour": GREY,
        },
    }
