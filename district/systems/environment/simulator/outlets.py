"""Chimneys and drains: production that starts and stops, treatment that mostly works, instruments that are serviced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.simulator.chance import Column, uniform, wave
from district.systems.environment.simulator.weather import season, weather

NORMAL, STOPPED, CALIBRATION, MAINTENANCE = "N", "F", "C", "M"
RUNNING_STATE, OFF_STATE, CALIBRATING_STATE, MAINTAINING_STATE = 1, 0, 2, 3

CALIBRATION_EVERY_DAYS = 7
MAINTENANCE_EVERY_DAYS = 28
ORGANIC = "a24088"


@dataclass(frozen=True)
class Running:
    """`load` 0 to about 1.1, `marks` one letter a moment, `state` of the production facility (HJ 212 `RS`)."""

    load: Column
    marks: NDArray[np.str_]
    state: NDArray[np.int64]


def running(seed: int, code: str, stops: str, hours: Column) -> Running:
    """How an outlet runs. `stops`: never, nightly, sundays or summer (heating)."""
    hours = np.asarray(hours, dtype=float)
    day = np.floor(hours / 24).astype(np.int64)
    off = _is_off(stops, hours, day)
    # Two hours after a start the load is still climbing.
    climbing = np.minimum(_hours_since_off(stops, hours), 2.0) / 2.0
    load = 0.84 + 0.09 * wave(seed, f"{code} load", hours, 22.0) + 0.03 * wave(seed, f"{code} puff", hours, 0.7)
    load = np.where(off, 0.0, np.clip(load, 0.45, 1.1) * (0.4 + 0.6 * climbing))
    turn = int(uniform(seed, f"{code} week", 0)[0] * CALIBRATION_EVERY_DAYS)
    month = int(uniform(seed, f"{code} month", 0)[0] * MAINTENANCE_EVERY_DAYS)
    hour = hours % 24
    calibrates = (day % CALIBRATION_EVERY_DAYS == turn) & (hour >= 10) & (hour < 11)
    maintains = (day % MAINTENANCE_EVERY_DAYS == month) & (hour >= 14) & (hour < 16.5)
    marks = np.where(off, STOPPED, np.where(maintains, MAINTENANCE, np.where(calibrates, CALIBRATION, NORMAL)))
    return Running(load, marks, np.where(off, OFF_STATE, RUNNING_STATE))


def _is_off(stops: str, hours: Column, day: NDArray[np.int64]) -> NDArray[np.bool_]:
    hour = hours % 24
    if stops == "nightly":
        return (hour >= 23) | (hour < 6)
    if stops == "sundays":
        return (day + 3) % 7 == 6
    if stops == "summer":
        return season(hours) > 0.35
    return np.zeros(len(hours), dtype=bool)


def _hours_since_off(stops: str, hours: Column) -> Column:
    if stops == "nightly":
        return np.maximum((hours % 24) - 6, 0)
    if stops == "sundays":
        return np.maximum((hours - 24 * 4) % 168, 0)  # hour 96 of 1970 was the first Monday
    return np.full(len(hours), 99.0)


def stack_columns(
    seed: int, code: str, model: Mapping[str, Any], before: bool, hours: Column, base_oxygen: float | None,
    diameter_m: float,
) -> dict[str, Column]:
    """Items of a chimney, and `zs:`-prefixed ones converted to the reference oxygen. `before`: ahead of treatment."""
    hours = np.asarray(hours, dtype=float)
    run = running(seed, code, model["stops"], hours)
    on = run.load > 0
    flow = model["flow_m3_s"] * run.load
    oxygen = np.where(on, np.clip(model.get("oxygen_percent", 20.6) + 2.2 * (0.85 - run.load)
                                  + 0.4 * wave(seed, f"{code} oxygen", hours, 5.0), 1.0, 20.8), 20.9)
    found: dict[str, Column] = {}
    for item, clean in model["clean"].items():
        raw = model["raw"][item] * np.exp(0.16 * wave(seed, f"{code} {item} raw", hours, 14.0))
        slack = np.exp(0.2 * wave(seed, f"{code} {item} treat", hours, 31.0)
                       + 0.06 * wave(seed, f"{code} {item} puff", hours, 0.6))
        treated = np.minimum(clean * slack * (raw / model["raw"][item]) ** 0.5 * (0.75 + 0.3 * run.load), 0.97 * raw)
        # A chimney that stands still still shows what its instrument cannot tell from nothing.
        found[item] = np.where(on, raw if before else treated, 0.15 + 0.1 * np.abs(wave(seed, f"{code} nought", hours, 1.0)))
    if base_oxygen is not None:
        factor = (21 - base_oxygen) / np.maximum(21 - oxygen, 1.0)
        found |= {f"zs:{item}": found[item] * np.where(on, factor, 1.0) for item in model["clean"] if item != ORGANIC}
        found["a19001"] = oxygen
    outside = weather(seed, hours).temperature_c
    gas = model["temperature_c"] * (1.0 if not before else 1.6)
    temperature = np.where(on, gas + 3 * wave(seed, f"{code} heat", hours, 4.0), outside + 4)
    moisture = np.where(on, model["moisture_percent"] + 0.8 * wave(seed, f"{code} steam", hours, 6.0), 2.5)
    area = np.pi * diameter_m**2 / 4
    wet = flow * (273 + temperature) / 273 / (1 - moisture / 100)
    return found | {
        "a00000": flow, "a01012": temperature, "a01014": moisture, "a01011": wet / area,
        "a01013": np.where(on, -0.12 - 0.25 * run.load + 0.02 * wave(seed, f"{code} draught", hours, 0.5), 0.0),
    }


def drain_columns(seed: int, code: str, model: Mapping[str, Any], before: bool, hours: Column) -> dict[str, Column]:
    """Items of a waste-water outlet. Analysers take a sample an hour: their values stand still in between."""
    hours = np.asarray(hours, dtype=float)
    run = running(seed, code, model["stops"], hours)
    sampled = np.floor(hours)
    daily = 1 + 0.22 * np.cos(2 * np.pi * (hours % 24 - 11) / 24)
    flow = model["flow_l_s"] * run.load * daily * (1 + 0.03 * wave(seed, f"{code} flow", hours, 0.3))
    found = {"w00000": np.maximum(flow, 0.0)}
    acid = -0.4 if before else 0.0
    found["w01001"] = np.clip(7.55 + acid + 0.22 * wave(seed, f"{code} pH {before}", hours, 11.0), 5.5, 9.8)
    for item, clean in model["clean"].items():
        raw = model["raw"][item] * np.exp(0.22 * wave(seed, f"{code} {item} raw", sampled, 15.0))
        slack = np.exp(0.15 * wave(seed, f"{code} {item} treat", sampled, 40.0)
                       + 0.05 * wave(seed, f"{code} {item} hour", sampled, 1.0))
        found[item] = raw if before else np.minimum(clean * slack * (raw / model["raw"][item]) ** 0.35, 0.97 * raw)
    return found
