"""Vehicle positions out of another supplier's GTFS-Realtime feed. Pure; bytes in, what can be used and what cannot out.

Source: GTFS Realtime reference 2.0 (versions 1.0 and 2.0 are read), messages FeedMessage and VehiclePosition.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as realtime

from district.kernel.wording import Sentence, term

AHEAD_S = 90.0
OLDEST_S = 6 * 3600.0
LATE_S = 120.0
MOST_VEHICLES = 20_000
FASTEST_M_S = 60.0
FULLNESS = {
    "EMPTY": 0, "MANY_SEATS_AVAILABLE": 20, "FEW_SEATS_AVAILABLE": 38, "STANDING_ROOM_ONLY": 60,
    "CRUSHED_STANDING_ROOM_ONLY": 90, "FULL": 100, "NOT_ACCEPTING_PASSENGERS": 100,
}  # fmt: skip
"""Occupancy status → per cent of the people a bus may carry, about."""
NOT_PROTOBUF = Sentence("内容不是 GTFS-Realtime（protobuf）：开头为 %(head)s")
BAD_VERSION = Sentence("不支持的 GTFS-Realtime 版本 %(version)s")
TOO_MANY = Sentence("车辆数超过 %(most)s")
BAD_TIME = Sentence("内容时间 %(time)s 不是 1970 年以来的秒数")


class FeedUnreadable(ValueError):
    """The whole feed cannot be used; a stable `code` and words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class ToldPosition:
    """A vehicle's place. `vehicle_id`: of its descriptor, its label, or the entity that carries it. Unix seconds, degrees
    WGS-84 and from north, m/s; `occupancy` per cent; trip fields as the feed tells them, "" where it does not."""

    vehicle_id: str
    at: float
    lat: float
    lon: float
    bearing: float = 0.0
    speed_m_s: float = 0.0
    odometer_m: float | None = None
    label: str = ""
    plate: str = ""
    trip_id: str = ""
    route_id: str = ""
    start_time: str = ""
    start_date: str = ""
    direction: str = ""
    stop_id: str = ""
    occupancy: int | None = None
    is_late: bool = False


@dataclass(frozen=True)
class ReadFeed:
    """`header_at`: Unix seconds, 0 when not told. `left_out`: reason → how many vehicles."""

    header_at: float
    positions: list[ToldPosition]
    left_out: dict[str, int] = field(default_factory=dict)
    entities: int = 0


def read_feed(body: bytes, received_at: float) -> ReadFeed:
    """Raises FeedUnreadable. Of a vehicle told twice the later place stays."""
    message = realtime.FeedMessage()
    if not body:
        raise FeedUnreadable("empty", term("内容为空"))
    try:
        message.ParseFromString(body)
    except DecodeError as error:
        raise FeedUnreadable("not_protobuf", NOT_PROTOBUF(head=_head(body))) from error
    header = message.header
    if header.gtfs_realtime_version not in ("1.0", "2.0", "2", "1"):
        raise FeedUnreadable("bad_version", BAD_VERSION(version=header.gtfs_realtime_version[:20] or "—"))
    if header.incrementality == realtime.FeedHeader.DIFFERENTIAL:
        raise FeedUnreadable("differential", term("不支持增量（DIFFERENTIAL）内容，请提供完整内容"))
    if header.timestamp > 1e11:
        raise FeedUnreadable("bad_header_time", BAD_TIME(time=header.timestamp))
    if len(message.entity) > 10 * MOST_VEHICLES:
        raise FeedUnreadable("too_many", TOO_MANY(most=MOST_VEHICLES))
    newest: dict[str, ToldPosition] = {}
    left_out: Counter[str] = Counter()
    for entity in message.entity:
        if entity.is_deleted or not entity.HasField("vehicle"):
            continue
        found = _position(entity, float(header.timestamp), received_at)
        if isinstance(found, str):
            left_out[found] += 1
        elif found.vehicle_id in newest:
            left_out["twice"] += 1
            newest[found.vehicle_id] = max(newest[found.vehicle_id], found, key=lambda each: each.at)
        else:
            newest[found.vehicle_id] = found
    if len(newest) > MOST_VEHICLES:
        raise FeedUnreadable("too_many", TOO_MANY(most=MOST_VEHICLES))
    return ReadFeed(float(header.timestamp), list(newest.values()), dict(left_out), len(message.entity))


def _position(entity: Any, header_at: float, received_at: float) -> ToldPosition | str:
    """The position, or why it cannot be used."""
    vehicle = entity.vehicle
    vehicle_id = _clean(vehicle.vehicle.id or vehicle.vehicle.label or entity.id, 36)
    if not vehicle_id:
        return "no_vehicle"
    lat, lon = float(vehicle.position.latitude), float(vehicle.position.longitude)
    if not vehicle.HasField("position") or not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat == 0 and lon == 0):
        return "no_place"
    at = float(vehicle.timestamp) or header_at or received_at
    if at > 1e11 or at < 1e9:
        return "bad_time"
    if at > received_at + AHEAD_S:
        return "future"
    if at < received_at - OLDEST_S:
        return "too_old"
    place, trip = vehicle.position, vehicle.trip
    return ToldPosition(
        vehicle_id, at, lat, lon, _within(place.bearing, 0, 360), _within(place.speed, 0, FASTEST_M_S),
        float(place.odometer) if place.HasField("odometer") and math.isfinite(place.odometer) else None,
        _clean(vehicle.vehicle.label, 36), _clean(vehicle.vehicle.license_plate, 12), _clean(trip.trip_id, 120),
        _clean(trip.route_id, 120), _clean(trip.start_time, 8), _clean(trip.start_date, 8),
        str(trip.direction_id) if trip.HasField("direction_id") else "", _clean(vehicle.stop_id, 120), _occupancy(vehicle),
        received_at - at > LATE_S,
    )  # fmt: skip


def _occupancy(vehicle: Any) -> int | None:
    if vehicle.HasField("occupancy_percentage"):
        return min(int(vehicle.occupancy_percentage), 200)
    if not vehicle.HasField("occupancy_status"):
        return None
    return FULLNESS.get(realtime.VehiclePosition.OccupancyStatus.Name(vehicle.occupancy_status))


def _within(value: float, least: float, most: float) -> float:
    return float(value) if math.isfinite(value) and least <= value <= most else 0.0


def _clean(text: str | bytes, most: int) -> str:
    """Without what a table cannot hold. Text that is no UTF-8 comes as bytes."""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return text.replace("\x00", "").strip()[:most]


def _head(body: bytes) -> str:
    """The beginning, fit to be shown: an error page says so in its first words."""
    return "".join(each if each.isprintable() else "·" for each in body[:60].decode("utf-8", "replace"))
