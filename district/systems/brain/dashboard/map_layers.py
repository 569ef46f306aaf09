"""The layers of the board's map as GeoJSON, each with what this reader may see and no more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse

from district.kernel import registry
from district.kernel.alerts.queries import alarms_seen_by
from district.kernel.devices.models import Device, DeviceStatus
from district.kernel.people.access import OPERATOR, live_duties, may, scope_of
from district.kernel.ui import formats
from district.kernel.ui.languages import pick
from district.kernel.ui.saying import said

from .case_sets import RUNNING, shown_cases

MOST = 3_000


def cases(account: Any) -> dict[str, Any]:
    """Running cases that have a place, the newest 3,000."""
    address = reverse("cases:case", args=["NUMBER"])
    found = shown_cases(account).filter(state__in=RUNNING, lon__isnull=False, lat__isnull=False).order_by("-pk")
    rows = found.values_list("pk", "lon", "lat", "title", "number", "stage", "light", "opened_at")[:MOST]
    return _collection(
        _feature(pk, lon, lat, title=title, number=number, stage=said(stage), light=light, at=formats.moment(opened_at),
                 url=address.replace("NUMBER", quote(number)))
        for pk, lon, lat, title, number, stage, light, opened_at in rows
    )  # fmt: skip


def alarms(account: Any) -> dict[str, Any]:
    """Open alarms of devices that have a place."""
    found = list(alarms_seen_by(account).filter(cleared_at__isnull=True, device_id__isnull=False)[:MOST])
    places = Device.objects.filter(pk__in={row.device_id for row in found}, lon__isnull=False).in_bulk()
    return _collection(
        _feature(row.pk, places[row.device_id].lon, places[row.device_id].lat, message=said(row.message),
                 subject=row.subject, severity=row.severity, at=formats.moment(row.raised_at),
                 url=reverse("alerts:alarm", args=[row.pk]))
        for row in found if row.device_id in places
    )  # fmt: skip


def devices(account: Any) -> dict[str, Any]:
    """Devices in use of the systems that put none on the start page's map themselves."""
    names = {system.name: pick(system) for system in registry.systems()}
    rows = (
        devices_seen_by(account)
        .filter(lon__isnull=False, status=DeviceStatus.ACTIVE)
        .exclude(system__in=systems_with_a_map())
    )
    return _collection(
        _feature(row.pk, row.lon, row.lat, name=row.name, system=names.get(row.system, row.system),
                 is_online=row.is_online, seen=formats.moment(row.last_seen_at) if row.last_seen_at else formats.NOTHING)
        for row in rows.only("name", "system", "is_online", "last_seen_at", "lon", "lat").order_by("pk")[:MOST]
    )  # fmt: skip


LAYERS = {"cases": cases, "alarms": alarms, "devices": devices}


def devices_seen_by(account: Any) -> QuerySet[Device]:
    """Devices of the systems in which the account has a duty, inside its scope there; the operator sees all."""
    if may(account, OPERATOR):
        return Device.objects.all()
    wanted = Device.objects.none()
    for system in {duty.role.split(".")[0] for duty in live_duties(account)}:
        wanted |= scope_of(account, system).filter(
            Device.objects.filter(system=system),
            division_field="division_code",
            organisation_field="owner_id",
        )
    return wanted


@cache
def systems_with_a_map() -> list[str]:
    return [
        system.name for system in registry.systems()
        if hasattr(registry.role_file(system, "overview"), "layers")
    ]  # fmt: skip


def _feature(key: int, lon: Any, lat: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": key,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}
