"""Noise points: day and night, rush hours, weekends, passing trains; levels that fit each other."""

from __future__ import annotations

import numpy as np

from district.systems.environment.simulator.chance import Column, uniform, wave

USUAL = {"1": (50.5, 41.0), "2": (56.0, 46.5), "3": (60.0, 52.0), "4a": (66.0, 55.5), "4b": (63.0, 56.0)}
"""Zone (GB 3096-2008) → usual level by day and by night, dB(A)."""

DAY = (6, 22)
"""GB 3096-2008 section 3.4: day is from 6 to 22."""


def levels(seed: int, name: str, zone: str, hours: Column) -> Column:
    """A-weighted equivalent level of the minutes around each of `hours`."""
    hours = np.asarray(hours, dtype=float)
    by_day, by_night = USUAL[zone]
    hour = hours % 24
    awake = 1 / (1 + np.exp(-(hour - 6.2) * 1.8)) - 1 / (1 + np.exp(-(hour - 21.8) * 1.5))
    rush = 1.6 * np.exp(-((hour - 7.7) ** 2) / 2) + 1.4 * np.exp(-((hour - 18) ** 2) / 3)
    base = by_night + (by_day - by_night) * awake + rush
    base += 1.1 * wave(seed, f"{name} day", hours, 20.0) + 1.4 * wave(seed, f"{name} moment", hours, 0.25)
    return base + _events(seed, name, zone, hours)


def _events(seed: int, name: str, zone: str, hours: Column) -> Column:
    """Horns, trains, a fair on the square: some five-minute slots are louder."""
    slot = np.floor(hours * 12).astype(np.int64)
    often, loud = (0.14, 9.0) if zone == "4b" else (0.02, 8.0)
    chance = uniform(seed, f"{name} event", slot)
    return np.where(chance < often, loud * (0.4 + 0.6 * uniform(seed, f"{name} event size", slot)), 0.0)


def restlessness(hours: Column) -> Column:
    """Standard deviation of the level within minutes: what parts L10 from L90."""
    hour = np.asarray(hours, dtype=float) % 24
    return np.where((hour >= DAY[0]) & (hour < DAY[1]), 3.1, 2.2)


def energy_mean(levels_db: Column) -> float:
    """Equivalent level of a row of levels; NaN of none."""
    known = levels_db[np.isfinite(levels_db)]
    return float(10 * np.log10(np.mean(10 ** (known / 10)))) if len(known) else float("nan")


def statistics(levels_db: Column, hours: Column) -> dict[str, float]:
    """Leq and the levels exceeded for 5 … 95 % of the time, highest and lowest, from the slots of a period."""
    equivalent = energy_mean(levels_db)
    if np.isnan(equivalent):
        return dict.fromkeys(("Leq", "L5", "L10", "L50", "L90", "L95", "LMx", "LMn"), float("nan"))
    spread = float(np.sqrt(np.nanvar(levels_db) + np.mean(restlessness(hours)) ** 2))
    # For normally distributed levels Leq = L50 + 0.115 s².
    middle = equivalent - 0.115 * spread**2
    return {
        "Leq": equivalent, "L5": middle + 1.645 * spread, "L10": middle + 1.282 * spread, "L50": middle,
        "L90": middle - 1.282 * spread, "L95": middle - 1.645 * spread,
        "LMx": max(middle + 2.9 * spread, float(np.nanmax(levels_db))) + 1.0,
        "LMn": min(middle - 2.4 * spread, float(np.nanmin(levels_db))) - 0.5,
    }


def day_night(hourly: Column) -> dict[str, float]:
    """Ld, Ln and Ldn of a natural day from its 24 hourly Leq (GB 3096-2008, annex; Ldn with 10 dB by night)."""
    hour = np.arange(24)
    is_day = (hour >= DAY[0]) & (hour < DAY[1])
    by_day, by_night = energy_mean(hourly[is_day]), energy_mean(hourly[~is_day])
    whole = 10 * np.log10((16 * 10 ** (by_day / 10) + 8 * 10 ** ((by_night + 10) / 10)) / 24)
    return {"Ld": by_day, "Ln": by_night, "Ldn": float(whole)}
