"""What the terminal of a bus reads at an instant, as the body of a 0x0200. Noise, wrong clocks, alarms, passengers."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from district.protocols.jt808 import V2019, encode

from ..plane import Plane
from .chance import chance
from .service_day import Itinerary

SOS, OVERSPEED = 1 << 0, 1 << 1
ACC, FIX, NOT_SERVING, FRONT_DOOR, BACK_DOOR, GPS, BDS, MOVING = 1, 2, 1 << 4, 1 << 13, 1 << 14, 1 << 18, 1 << 19, 1 << 22
HALF, FULL = 1 << 8, 3 << 8
ABOARD_ITEM = 0xE1
"""Of the range left to makers: passengers aboard, a WORD."""
FASTEST_KMH = 58.0
NOISE_M = 5.0
BURST_M = 70.0
"""Now and then a reflection throws the place aside."""
BURSTS = 0.002
CHINA = timedelta(hours=8)


@dataclass
class Sensor:
    """The senses of one bus. `clock_s`: how far its clock is off. `until_answered`: alarm bits held until confirmed."""

    itinerary: Itinerary
    plane: Plane
    version: int
    seed: int
    capacity: int = 75
    clock_s: float = 0.0
    until_answered: int = 0
    _seen_sos: int = 0

    def body(self, at: float) -> bytes | None:
        """None outside of the bus's day."""
        moment = self.itinerary.moment(at)
        leg = self.itinerary.leg_at(at)
        if moment is None or leg is None:
            return None
        luck = chance(self.seed, self.itinerary.bus, int(at))
        spread = BURST_M if luck.random() < BURSTS else NOISE_M
        east, north = luck.normal(0.0, spread, 2)
        latitude, longitude = self.plane.degrees(np.array([[moment.x + east, moment.y + north]]))[0].tolist()
        is_blind = self.itinerary.is_blind(at)
        speed = max(0.0, moment.speed_kmh + (luck.normal(0.0, 0.8) if moment.speed_kmh > 1 else 0.0))
        status = (ACC if moment.is_working else 0) | (0 if is_blind else FIX | GPS | BDS)
        status |= NOT_SERVING if leg.kind == "depot" else 0
        status |= FRONT_DOOR | BACK_DOOR if moment.is_open else 0
        status |= MOVING if self.version == V2019 and speed > 1 else 0
        status |= FULL if moment.aboard > 0.8 * self.capacity else HALF if moment.aboard > 0.3 * self.capacity else 0
        items = [
            (0x01, struct.pack(">I", round(self._mileage_km(at) * 10))), (0x03, struct.pack(">H", round(speed * 10))),
            (0x30, bytes([int(luck.integers(14, 31))])), (0x31, bytes([0 if is_blind else int(luck.integers(9, 22))])),
            (ABOARD_ITEM, struct.pack(">H", moment.aboard)),
        ]  # fmt: skip
        return encode.position(
            alarm=self._alarm(at, speed), status=status, latitude=latitude, longitude=longitude, altitude=52,
            speed_kmh=speed, direction=moment.direction, time=stamp(at + self.clock_s), items=items,
        )  # fmt: skip

    def _alarm(self, at: float, speed: float) -> int:
        begun = sum(1 for sos in self.itinerary.sos if sos <= at)
        if begun > self._seen_sos:
            self._seen_sos = begun
            self.until_answered |= SOS
        return self.until_answered | (OVERSPEED if speed > FASTEST_KMH else 0)

    def _mileage_km(self, at: float) -> float:
        before = 40_000.0 + float(chance(self.seed, self.itinerary.bus).uniform(0.0, 90_000.0))
        driven = sum(float(leg.where[-1] - leg.where[0]) for leg in self.itinerary.legs if leg.ends_at <= at)
        leg = self.itinerary.leg_at(at)
        if leg is not None and leg.ends_at > at:
            driven += float(np.interp(at, leg.when, leg.where) - leg.where[0])
        return before + driven / 1000.0


def stamp(at: float) -> str:
    """`YYMMDDhhmmss`, Beijing time."""
    return f"{datetime.fromtimestamp(at, UTC) + CHINA:%y%m%d%H%M%S}"


def counted(itinerary: Itinerary, begin: float, end: float) -> list[bytes]:
    """Bodies of 0x1005 (JT/T 1078: passengers in and out) of the stops left between two instants."""
    found = []
    for leg in itinerary.legs:
        for stop, (came, left) in enumerate(leg.stops_when):
            if begin <= left < end and (leg.boarded[stop] or leg.alighted[stop]):
                found.append(bytes.fromhex(stamp(came) + stamp(left))
                             + struct.pack(">HH", int(leg.boarded[stop]), int(leg.alighted[stop])))  # fmt: skip
    return found


def card(version: int, number: int, at: float, is_in: bool) -> bytes:
    """Body of 0x0702: the driver's card put in or taken out. The driver is one of the demonstration."""
    head = bytes([1 if is_in else 2]) + bytes.fromhex(stamp(at))
    if not is_in:
        return head
    name, issuer = f"演示驾驶员{number:03d}".encode("gb18030"), "演示发证机关".encode("gb18030")
    licence = f"YANSHI{number:06d}".encode().ljust(20, b"\0")
    told = head + b"\0" + bytes([len(name)]) + name + licence + bytes([len(issuer)]) + issuer + bytes.fromhex("20301231")
    return told + (b"\0" * 20 if version == V2019 else b"")
