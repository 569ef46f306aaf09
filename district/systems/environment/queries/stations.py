"""Every place that is measured, with its state now: points of the ambient network and outlets of enterprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat

from district.kernel.clock import now
from district.kernel.devices import marks
from district.kernel.devices.models import Device, DeviceStatus
from district.kernel.people.access import scope_of
from district.kernel.people.models import Account

from ..air_quality import grade_of
from ..items import item as item_of
from ..models import AirHour, MonitoringPoint, NoiseDay, Outlet, PermitLimit, SupervisionCase, WaterDay
from ..station_states import CLASS, GREY, KINDS, STATE_COLOURS, water_grade
from .latest_values import LatestReading, latest_readings
from .sources import OPEN_STATES, sources_visible_to

AIR_FRESH = timedelta(hours=6)
"""An hourly AQI older than this is no longer shown as the present one."""

SECRETS = ("device__password", "device__cipher_key")
"""Not read for a list of places: each would be unsealed."""

Readings = Mapping[tuple[str, str], LatestReading]


@dataclass
class Station:
    """A measured place. `headline` is the AQI, the water class, the level in dB(A) or the share of the limit in use.

    `kind`: see `station_states.KINDS`; `state`: see `station_states.STATES`. `over` are the items above a limit.
    """

    code: str
    name: str
    kind: str
    lon: float | None
    lat: float | None
    device: Device | None
    state: str
    point: MonitoringPoint | None = None
    outlet: Outlet | None = None
    readings: Readings = field(default_factory=dict)
    at: datetime | None = None
    headline: str = ""
    number: float | None = None
    grade: str = ""
    colour: str = GREY
    over: tuple[str, ...] = ()
    open_cases: int = 0
    result: Any = None

    @property
    def kind_text(self) -> str:
        return KINDS[self.kind]

    @property
    def is_simulated(self) -> bool | None:
        """None where nothing measures yet."""
        return None if self.device is None else self.device.is_simulated

    @property
    def device_code(self) -> str:
        return self.device.code if self.device else ""

    @property
    def last_seen_at(self) -> datetime | None:
        return self.device.last_seen_at if self.device else None


def outlet_code(outlet: Outlet) -> str:
    """`ZC-E01-DA001`: how an outlet is named in addresses."""
    return f"{outlet.source.code}-{outlet.code}"


def points_visible_to(account: Account) -> QuerySet[MonitoringPoint]:
    """Points in use in the area of the account's duties."""
    points = MonitoringPoint.objects.filter(is_in_use=True).select_related("device").defer(*SECRETS)
    return scope_of(account, "environment").filter(points, division_field="division_code")


def stations_visible_to(account: Account, kinds: tuple[str, ...] = ()) -> list[Station]:
    """All places the account may see, narrowed to `kinds` when given. About eight statements, whatever the number."""
    points = points_visible_to(account)
    outlets = Outlet.objects.filter(is_in_use=True, source__in=sources_visible_to(account))
    if kinds:
        points = points.filter(element__in=kinds)
        wanted = {"gas": Outlet.Kind.AIR, "waste_water": Outlet.Kind.WATER}
        outlets = outlets.filter(kind__in=[wanted[kind] for kind in kinds if kind in wanted])
    return stations_of(points, outlets)


def station_visible_to(account: Account, code: str) -> Station | None:
    """The place of that code, where the account may see it."""
    outlets = Outlet.objects.filter(is_in_use=True, source__in=sources_visible_to(account)).alias(
        station_code=Concat("source__code", Value("-"), "code")
    )
    found = stations_of(points_visible_to(account).filter(code=code), outlets.filter(station_code=code))
    return found[0] if found else None


def stations_of(points: QuerySet[MonitoringPoint], outlets: QuerySet[Outlet]) -> list[Station]:
    """Stations of the given rows, each with what it says now."""
    point_rows = list(points)
    outlet_rows = list(outlets.exclude(kind=Outlet.Kind.RAIN).select_related("device", "source").defer(*SECRETS))
    devices = [row.device_id for row in (*point_rows, *outlet_rows) if row.device_id]
    readings = latest_readings(devices)
    found = [_of_point(point, readings.get(point.device_id or 0, {})) for point in point_rows]
    _add_results(found)
    found += _of_outlets(outlet_rows, readings)
    _add_cases(found)
    return found


def device_state(device: Device | None) -> str:
    """`normal`, or why nothing is to be expected."""
    if device is None:
        return "unwatched"
    if device.status != DeviceStatus.ACTIVE:
        return "suspended"
    return "normal" if device.is_online else "offline"


def _of_point(point: MonitoringPoint, readings: Readings) -> Station:
    return Station(
        point.code, point.name, point.element, point.lon, point.lat, point.device, device_state(point.device),
        point=point, readings=readings, at=max((one.at for one in readings.values()), default=None),
    )  # fmt: skip


def _add_results(stations: list[Station]) -> None:
    ids = {kind: [one.point.pk for one in stations if one.kind == kind and one.point] for kind in KINDS}
    air = newest_by_point(AirHour.objects.filter(point_id__in=ids["air"], at__gte=now() - AIR_FRESH), "at")
    water = newest_by_point(WaterDay.objects.filter(point_id__in=ids["surface_water"]), "on")
    noise = newest_by_point(NoiseDay.objects.filter(point_id__in=ids["noise"]), "on")
    for station in stations:
        if station.point is None:
            continue
        if station.kind == "air":
            _with_air(station, air.get(station.point.pk))
        elif station.kind == "surface_water":
            _with_water(station, water.get(station.point.pk))
        else:
            _with_noise(station, noise.get(station.point.pk))


def newest_by_point(rows: QuerySet[Any], time: str) -> dict[int, Any]:
    """The newest row of each point."""
    return {row.point_id: row for row in rows.order_by("point_id", f"-{time}").distinct("point_id")}


def _with_air(station: Station, hour: AirHour | None) -> None:
    station.result = hour
    if hour is None or hour.aqi is None:
        return
    grade = grade_of(hour.aqi)
    station.number, station.headline, station.grade, station.colour = (
        hour.aqi,
        str(hour.aqi),
        grade.zh,
        grade.colour,
    )
    station.over = tuple(name for name, iaqi in hour.sub_indices.items() if iaqi > 100)


def _with_water(station: Station, day: WaterDay | None) -> None:
    station.result = day
    if day is None or not day.water_class:
        return
    grade = water_grade(day.water_class)
    if grade is not None:
        station.number, station.grade, station.colour = grade.water_class, grade.quality_zh, grade.colour
    station.headline = CLASS(name=day.water_class)
    if day.meets_target is False:
        station.over = tuple(day.exceeding_items)
        station.state = "over" if station.state == "normal" else station.state


def _with_noise(station: Station, day: NoiseDay | None) -> None:
    station.result = day
    level = next(
        (station.readings[key] for key in (("Leq", ""), ("LA", "")) if key in station.readings), None
    )
    if level is not None:
        station.number, station.headline = level.value, f"{level.value:.1f} dB(A)"
    station.colour = STATE_COLOURS[station.state]
    if day is not None and (day.exceeds_day or day.exceeds_night):
        station.over = ("Leq",)
        station.state = "over" if station.state == "normal" else station.state
        station.colour = STATE_COLOURS[station.state]


def _of_outlets(outlets: list[Outlet], readings: Mapping[int, Readings]) -> list[Station]:
    today = now().date()
    limits: dict[int, list[PermitLimit]] = {}
    in_force = Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=today)
    for limit in PermitLimit.objects.filter(
        in_force, outlet__in=outlets, valid_from_on__lte=today, permit__status="in_force"
    ):
        limits.setdefault(limit.outlet_id, []).append(limit)
    return [_of_outlet(one, readings.get(one.device_id or 0, {}), limits.get(one.pk, [])) for one in outlets]


def _of_outlet(outlet: Outlet, readings: Readings, limits: list[PermitLimit]) -> Station:
    kind = "gas" if outlet.kind == Outlet.Kind.AIR else "waste_water"
    station = Station(
        outlet_code(outlet), f"{outlet.source.name} {outlet.code}", kind,
        outlet.lon if outlet.lon is not None else outlet.source.lon,
        outlet.lat if outlet.lat is not None else outlet.source.lat,
        outlet.device, device_state(outlet.device), outlet=outlet, readings=readings,
        at=max((one.at for one in readings.values()), default=None),
    )  # fmt: skip
    if station.state == "normal":
        station.state = _outlet_state(station, limits)
    station.colour = STATE_COLOURS[station.state]
    return station


def _outlet_state(station: Station, limits: list[PermitLimit]) -> str:
    """Compares the newest values that claim to be valid with the limits; converted values where there are.

    The headline is the largest share of a limit, the daily one where there is no hourly; a single value above a daily
    limit is not over it.
    """
    if station.readings and all(one.mark & marks.STOPPED for one in station.readings.values()):
        return "stopped"
    shares: dict[str, float] = {}
    over: list[str] = []
    for limit in sorted(limits, key=lambda one: one.period):
        reading = station.readings.get((limit.item, "zs")) or station.readings.get((limit.item, ""))
        if reading is None or not reading.is_counted or not limit.limit:
            continue
        below = limit.lower_limit is not None and reading.value < limit.lower_limit
        share = max(reading.value / limit.limit, 1.01 if below else 0.0)
        if limit.period == "hour" or limit.item not in shares:
            shares[limit.item] = share
        if limit.period == "hour" and share > 1:
            over.append(limit.item)
    if not shares:
        return station.state
    worst = max(shares, key=lambda code: shares[code])
    station.number = round(100 * shares[worst], 1)
    station.headline = f"{item_of(worst).zh} {station.number:.0f}%"
    station.over = tuple(over)
    return "over" if station.over else "normal"


def _add_cases(stations: list[Station]) -> None:
    rows = (
        SupervisionCase.objects.filter(state__in=OPEN_STATES)
        .order_by()
        .values_list("point_id", "outlet_id")
        .annotate(cases=Count("pk"))
    )
    points: dict[int, int] = {}
    outlets: dict[int, int] = {}
    for point_id, outlet_id, cases in rows:
        if point_id:
            points[point_id] = points.get(point_id, 0) + cases
        elif outlet_id:
            outlets[outlet_id] = outlets.get(outlet_id, 0) + cases
    for station in stations:
        if station.point is not None:
            station.open_cases = points.get(station.point.pk, 0)
        elif station.outlet is not None:
            station.open_cases = outlets.get(station.outlet.pk, 0)
