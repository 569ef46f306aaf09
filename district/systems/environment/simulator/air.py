"""What an air station breathes: the haze of the region, the city's own breath, chemistry in the sun, plumes of outlets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from district.systems.environment.simulator.chance import Column, wave
from district.systems.environment.simulator.weather import Weather, at_place, rain, season, sun, weather, wind
from district.systems.environment.source_tracing.plume import share_at_ground
from district.systems.environment.source_tracing.trajectory import metres

PLUME_PARTS = {"a21026": {"a21026": 1.0}, "a21004": {"a21002": 0.5}, "a34002": {"a34013": 0.8}, "a34004": {"a34013": 0.5}}
"""Item at the station → item at the stack → part of it that arrives as that."""


@dataclass(frozen=True)
class Stack:
    """An outlet as the air sees it; `kg_h`: item → emission at the asked hours."""

    lon: float
    lat: float
    height_m: float
    kg_h: Mapping[str, Column]


def station_columns(
    seed: int, name: str, place: tuple[float, float], urban: float, hours: Column, stacks: Sequence[Stack] = ()
) -> dict[str, Column]:
    """Every item an air station reports, at each of `hours`: µg/m³, CO mg/m³, °C, %, kPa, m/s, degrees."""
    hours = np.asarray(hours, dtype=float)
    general = weather(seed, hours)
    here = at_place(seed, name, general, urban)
    dirt = _concentrations(seed, name, urban, here, _slow_wind(seed, hours))
    for item, values in dirt.items():
        added = _plumes(item, place, here, stacks)
        trembling = 1 + 0.035 * wave(seed, f"{name} {item} noise", hours, 0.12)
        dirt[item] = np.maximum((values + added) * trembling, 0.0)
    return dirt | {
        "a01001": here.temperature_c, "a01002": here.humidity_percent, "a01006": here.pressure_hpa / 10,
        "a01007": here.wind_speed, "a01008": here.wind_from_deg,
    }


def _slow_wind(seed: int, hours: Column) -> Column:
    """Mean speed over the last half day: what decides whether haze stays."""
    speeds = [np.hypot(*wind(seed, hours - back)) for back in (0, 4, 8, 12)]
    return np.maximum(np.mean(speeds, axis=0), 0.4)


def bustle(hours: Column) -> Column:
    """Traffic and hearths, around 1: two rush hours, a quiet night, quieter weekends."""
    hour = hours % 24
    day = (np.floor(hours / 24).astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
    rush = np.exp(-((hour - 7.8) ** 2) / 3.5) + 0.9 * np.exp(-((hour - 18.4) ** 2) / 6)
    awake = 1 / (1 + np.exp(-(hour - 6) * 1.5)) - 1 / (1 + np.exp(-(hour - 22.5) * 1.2))
    return (0.35 + 0.45 * awake + 0.8 * rush) * np.where(day >= 5, 0.85, 1.0)


def _concentrations(seed: int, name: str, urban: float, here: Weather, slow_wind: Column) -> dict[str, Column]:
    hours, warm = here.hours, season(here.hours)
    cold = np.maximum(-warm, 0)
    washed = np.exp(-0.22 * (rain(seed, hours) + rain(seed, hours - 2) + rain(seed, hours - 5)))
    haze = np.exp(0.55 * wave(seed, "haze", hours, 88.0) + 0.28 * wave(seed, "haze band", hours, 26.0)
                  + 0.15 * wave(seed, f"{name} haze", hours, 9.0) - 0.25 * here.front)
    trapped = np.clip((2.1 / slow_wind) ** 0.75, 0.4, 3.0)
    near = np.clip((620 / here.mixing_m) ** 0.6 * (2.2 / np.maximum(here.wind_speed, 0.5)) ** 0.55, 0.25, 3.6)
    local = bustle(hours) * near * urban * (1 + 0.12 * wave(seed, f"{name} street", hours, 1.7))
    swelling = 1 + 0.007 * np.maximum(here.humidity_percent - 60, 0)
    pm25 = (21 * (1 + 0.85 * cold - 0.25 * np.maximum(warm, 0)) * haze * trapped * swelling + 6.5 * local) * washed
    dust = 260 * np.maximum(wave(seed, "dust", hours, 42.0) - 1.75, 0) * np.clip(0.5 - 0.5 * warm, 0, 1) * washed
    pm10 = pm25 * 1.32 + (17 + 13 * local * (here.humidity_percent < 75)) * washed + dust
    no2 = (7 + 16 * local * (1 + 0.45 * cold) * (1 - 0.45 * here.sun)) * (0.8 + 0.2 * haze)
    so2 = 5 + (2.6 + 4 * cold) * local + 3 * cold * haze
    co = 0.28 + 0.0068 * pm25 + 0.13 * local
    return {"a34004": pm25, "a34002": pm10, "a21026": so2, "a21004": no2, "a21005": co,
            "a05024": _ozone(seed, name, here, no2)}


def _ozone(seed: int, name: str, here: Weather, no2: Column) -> Column:
    """Made in the sun of the last hours from what the day has emitted, more in heat; eaten by fresh NO by night."""
    hours = here.hours
    light = np.mean([sun(hours - back) for back in (0.5, 1.5, 2.5, 3.5)], axis=0) * (1 - 0.6 * here.cloud)
    heat = np.exp(0.042 * (here.temperature_c - 24))
    mood = np.exp(0.22 * wave(seed, "ozone", hours, 58.0) + 0.05 * wave(seed, f"{name} ozone", hours, 5.0))
    made = 152 * light * heat * mood
    background = 46 + 12 * season(hours)
    return np.maximum(background + made - 1.05 * np.maximum(no2 - 8, 0) * (1 - 0.7 * here.sun), 2.0)


def _plumes(item: str, place: tuple[float, float], here: Weather, stacks: Sequence[Stack]) -> Column:
    total = np.zeros(len(here.hours))
    parts = PLUME_PARTS.get(item, {})
    speed = np.maximum(here.wind_speed, 0.5)
    for stack in stacks:
        amount = sum((stack.kg_h[source] * part for source, part in parts.items() if source in stack.kg_h), np.zeros(1))
        if not np.any(amount > 0):
            continue
        east, north = metres(stack.lon, stack.lat, *place)
        along = (east * here.east + north * here.north) / speed
        across = (-east * here.north + north * here.east) / speed
        for letter, chosen in _stabilities(here).items():
            kernel = share_at_ground(along, across, speed, stack.height_m * 1.3, letter, 0.08 * np.abs(along))
            total += np.where(chosen, kernel * amount / 3600 * 1e9, 0.0)
    return total


def _stabilities(here: Weather) -> dict[str, Column]:
    unstable = (here.sun > 0.35) & (here.wind_speed < 4)
    stable = (here.sun == 0) & (here.wind_speed < 3)
    return {"B": unstable, "F": stable, "D": ~unstable & ~stable}
