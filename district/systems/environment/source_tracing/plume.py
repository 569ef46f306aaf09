"""What a stack adds to the air downwind: Gaussian plume with ground reflection, spread after Briggs (1973), open country.

The same kernel serves the tracing of sources and the simulated air, in opposite directions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

SPREAD = {
    "B": (0.16, 0.12, 0.0, 0.0),
    "D": (0.08, 0.06, 0.0015, -0.5),
    "F": (0.04, 0.016, 0.0003, -1.0),
}
"""Pasquill class → across a x (1+0.0001x)^-1/2, upwards b x (1+cx)^e (metres)."""

SLOWEST = 0.5


def stability(hour_of_day: float, speed: float) -> str:
    """Pasquill class from what every station knows: strong wind is neutral, weak wind mixes by day, rests by night."""
    if speed >= 4:
        return "D"
    return "B" if 9 <= hour_of_day < 17 else "F" if hour_of_day >= 20 or hour_of_day < 6 else "D"


def widths(distance_m: Column | float, letter: str) -> tuple[Column, Column]:
    """Standard deviations (m) across and upwards at a distance downwind."""
    across, upwards, bend, power = SPREAD[letter]
    x = np.maximum(np.asarray(distance_m, dtype=float), 1.0)
    return across * x / np.sqrt(1 + 0.0001 * x), np.maximum(upwards * x * (1 + bend * x) ** power, 1.0)


def share_at_ground(
    along_m: Column | float, across_m: Column | float, speed: Column | float, height_m: float, letter: str,
    extra_spread_m: Column | float = 0.0,
) -> Column:
    """Concentration per emission (s/m³) at the ground, `along_m` downwind and `across_m` beside the axis; 0 upwind.

    `extra_spread_m`: standard deviation of where the axis really lies, added to the plume's own width.
    """
    along = np.asarray(along_m, dtype=float)
    wide, high = widths(along, letter)
    wide = np.hypot(wide, extra_spread_m)
    wind = np.maximum(speed, SLOWEST)
    value = np.exp(-0.5 * (np.asarray(across_m) / wide) ** 2 - 0.5 * (height_m / high) ** 2) / (np.pi * wind * wide * high)
    return np.where(along > 0, value, 0.0)
