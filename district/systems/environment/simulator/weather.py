"""Weather of a place between the hills and the plain of Shandong, for any moment: seasons, fronts, days, showers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np

from district.systems.environment.simulator.chance import Column, wave

BEIJING = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=BEIJING)
YEAR_HOURS = 365.2425 * 24
LATITUDE = np.deg2rad(36.8)


def hours_of(at: datetime) -> float:
    """Hours since 1970 by Beijing time: the remainder by 24 is the hour of day."""
    return (at - EPOCH) / timedelta(hours=1)


def moment_of(hours: float) -> datetime:
    """The other way round, to the millisecond."""
    return EPOCH + timedelta(milliseconds=round(hours * 3_600_000))


@dataclass(frozen=True)
class Weather:
    """Columns over the asked hours. `east` and `north` are the movement of the air in m/s, `sun` 0 to 1,
    `mixing_m` the height up to which it is stirred, `front` the weather map's mood (high pressure is positive)."""

    hours: Column
    temperature_c: Column
    humidity_percent: Column
    pressure_hpa: Column
    east: Column
    north: Column
    rain_mm: Column
    cloud: Column
    sun: Column
    mixing_m: Column
    front: Column

    @property
    def wind_speed(self) -> Column:
        return np.hypot(self.east, self.north)

    @property
    def wind_from_deg(self) -> Column:
        return np.rad2deg(np.arctan2(-self.east, -self.north)) % 360


def season(hours: Column) -> Column:
    """-1 in the cold of January, 1 in the heat of July."""
    return -np.cos(2 * np.pi * (hours / YEAR_HOURS - 19 / 365.25))


def sun(hours: Column) -> Column:
    """Sine of the height of the sun, 0 by night."""
    day = hours / YEAR_HOURS * 2 * np.pi
    tilt = np.deg2rad(23.44) * np.sin(day - 2 * np.pi * 80 / 365.25)
    # Local noon at 117.9° E comes nine minutes after that of Beijing time.
    angle = 2 * np.pi * (hours % 24 - 12.15) / 24
    return np.maximum(np.sin(LATITUDE) * np.sin(tilt) + np.cos(LATITUDE) * np.cos(tilt) * np.cos(angle), 0.0)


def front(seed: int, hours: Column) -> Column:
    return 0.8 * wave(seed, "front", hours, 64.0) + 0.6 * wave(seed, "trough", hours, 27.0)


def rain(seed: int, hours: Column) -> Column:
    """mm in the hour: rare and light in winter, showers of a few hours in summer."""
    wetness = 0.75 * wave(seed, "wet", hours, 34.0) + 0.65 * wave(seed, "shower", hours, 5.0) - 0.35 * front(seed, hours)
    above = np.maximum(wetness - (1.75 - 0.45 * season(hours)), 0.0)
    return (1.8 + 1.9 * np.maximum(season(hours), 0)) * above**1.3


def wind(seed: int, hours: Column) -> tuple[Column, Column]:
    """East and north parts over the district, without a place's own turbulence."""
    rising = front(seed, hours + 3) - front(seed, hours - 9)
    warm = season(hours)
    daily = np.cos(2 * np.pi * (hours % 24 - 14.5) / 24)
    east = 0.5 - 0.2 * warm + 1.3 * wave(seed, "east", hours, 31.0) + 0.5 * wave(seed, "east gusts", hours, 4.0)
    north = 0.2 + 0.9 * warm - 1.2 * rising + 1.0 * wave(seed, "north", hours, 29.0) \
        + 0.5 * wave(seed, "north gusts", hours, 4.0)
    # Air goes up the southern hills by day and comes down by night.
    return east * (1 + 0.3 * daily), north * (1 + 0.3 * daily) - 0.55 * daily


def weather(seed: int, hours: Column) -> Weather:
    """The district's weather at each of `hours`."""
    hours = np.asarray(hours, dtype=float)
    warm, high = season(hours), front(seed, hours)
    cloud = 1 / (1 + np.exp(-(1.3 * wave(seed, "cloud", hours, 37.0) + 0.5 * warm - 0.7 * high)))
    shower = rain(seed, hours)
    cloud = np.where(shower > 0, np.maximum(cloud, 0.85), cloud)
    light = sun(hours)
    swing = (6.0 - 3.2 * cloud) * np.cos(2 * np.pi * (hours % 24 - 15) / 24)
    temperature = (13.9 + 14.2 * warm - 3.4 * front(seed, hours - 14) + 1.5 * wave(seed, "warmth", hours, 70.0)
                   + swing - 2.2 * (shower > 0))
    humidity = np.clip(58 + 11 * warm - 2.6 * swing - 7 * high + 11 * wave(seed, "damp", hours, 44.0)
                       + 24 * (shower > 0), 9, 99)
    pressure = 1008.5 - 10.5 * warm + 6.5 * high - 1.1 * np.cos(2 * np.pi * (hours % 12 - 4) / 12)
    east, north = wind(seed, hours)
    mixing = 180 + (950 + 420 * warm) * light * (1 - 0.5 * cloud) + 85 * np.hypot(east, north)
    return Weather(hours, temperature, humidity, pressure, east, north, shower, cloud, light, mixing, high)


def at_place(seed: int, name: str, general: Weather, urban: float) -> Weather:
    """The same weather at one station: its own turbulence, and the city's warmth and shelter."""
    turbulence = 0.25 + 0.12 * general.wind_speed
    shelter = 1.12 - 0.22 * urban
    hours = general.hours
    east = shelter * general.east + turbulence * wave(seed, f"{name} east", hours, 0.4)
    north = shelter * general.north + turbulence * wave(seed, f"{name} north", hours, 0.4)
    return Weather(
        hours,
        general.temperature_c + 1.6 * (urban - 0.9) + 0.25 * wave(seed, f"{name} warmth", hours, 2.0),
        np.clip(general.humidity_percent - 7 * (urban - 0.9) + 1.2 * wave(seed, f"{name} damp", hours, 3.0), 5, 100),
        general.pressure_hpa + 0.1 * wave(seed, f"{name} pressure", hours, 6.0),
        east, north, general.rain_mm, general.cloud, general.sun, general.mixing_m, general.front,
    )
