"""Surface-water sections: slow water that follows the seasons, and rain that washes the land into it."""

from __future__ import annotations

import numpy as np

from district.systems.environment.simulator.chance import Column, wave
from district.systems.environment.simulator.weather import rain, season, sun, weather


def runoff(seed: int, hours: Column) -> Column:
    """How much of the last day's rain is in the river, 0 to about 4."""
    backs = (1, 3, 6, 10, 15, 22)
    parts = [np.exp(-back / 10) * rain(seed, hours - back) for back in backs]
    return np.minimum(np.sum(parts, axis=0), 12) / 3


def section_columns(seed: int, name: str, load: float, hours: Column) -> dict[str, Column]:
    """Every item of a section. `load`: how burdened the water is, around 1 for class IV."""
    hours = np.asarray(hours, dtype=float)
    warm = season(hours)
    swell = runoff(seed, hours)
    mood = 1 + 0.16 * wave(seed, f"{name} load", hours, 75.0) + 0.06 * wave(seed, f"{name} eddy", hours, 6.0)
    burden = load * np.maximum(mood, 0.3)
    temperature = np.maximum(
        14.2 + 11.8 * warm + 1.8 * wave(seed, "water", hours, 120.0)
        + 0.12 * (weather(seed, hours - 3).temperature_c - 14 - 14 * warm), 0.4)
    breathing = 0.9 + 0.16 * sun(hours - 2.5) * (0.5 + 0.5 * np.maximum(warm, 0)) - 0.13 * burden + 0.02 * swell
    oxygen = saturation(temperature) * np.clip(breathing, 0.15, 1.3)
    thin = 1 / (1 + 0.35 * swell)
    silt = np.exp(0.25 * wave(seed, f"{name} silt", hours, 12.0))
    trembling = {item: 1 + 0.015 * wave(seed, f"{name} {item}", hours, 0.2) for item in ("w01014", "w01003", "w01009")}
    return {
        "w01010": temperature,
        "w01001": np.clip(7.85 + 0.35 * sun(hours - 2.5) - 0.12 * swell + 0.1 * wave(seed, f"{name} pH", hours, 30), 6.3, 9.3),
        "w01009": oxygen * trembling["w01009"],
        "w01014": (1250 + 260 * load) * thin * mood**0.4 * trembling["w01014"],
        "w01003": (11 + 6 * load) * (1 + 4.5 * swell) * silt * trembling["w01003"],
        "w01019": 5.0 * burden**0.7 * (1 + 0.28 * swell) * (1 + 0.1 * np.maximum(warm, 0)),
        "w21003": 0.62 * burden**1.3 * (1 + 0.45 * np.maximum(-warm, 0)) * (1 + 0.3 * swell) * thin,
        "w21011": 0.125 * burden * (1 + 0.5 * swell) * thin**0.5,
        "w21001": 6.4 * burden**0.8 * (1 + 0.2 * np.maximum(-warm, 0)) * thin**0.6,
    }


def saturation(temperature_c: Column) -> Column:
    """Dissolved oxygen (mg/L) of water in balance with air at 101.3 kPa (GB 3838-2002: 468/(31.6+T))."""
    return 468 / (31.6 + temperature_c)
