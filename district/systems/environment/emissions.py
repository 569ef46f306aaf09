"""How much a source discharges: conversion of flue gas, flow-weighted means of waste water, mass over time.

Flue gas: HJ 75-2017 annex C, standard state 273.15 K (273 in the formula) and 101.325 kPa, dry. Waste water:
HJ 355/356-2019. Arrays go in and out; NaN is missing and stays missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from district.systems.environment.quantities import BadQuantity
from district.systems.environment.standards import table

Floats = NDArray[np.float64]

STANDARD_KELVIN = 273.0
STANDARD_KPA = 101.325
AIR_OXYGEN = 21.0
NO_TO_NO2 = 1.53


@dataclass(frozen=True)
class WaterDay:
    """One item of a waste water outlet over a day. `mean` is weighted by flow over the hours that have both;
    None without any flow. `mass_kg` is over the same hours, `flow_m3` over all hours with flow."""

    mean: float | None
    mass_kg: float | None
    flow_m3: float
    hours: int


@dataclass(frozen=True)
class PhDay:
    """pH of a day: it is judged by its range, a mean of logarithms is not weighted by flow."""

    lowest: float | None
    highest: float | None
    mean: float | None
    hours: int


@cache
def _gas_factors() -> dict[str, float]:
    return {row["gas"]: float(row["mg_per_m3_of_ppm"]) for row in table("gas_factors")}


def mass_from_ppm(ppm: ArrayLike, gas: str) -> Floats:
    """mg/m3 (dry, standard state) of SO2, NO or NO2 in ppm; BadQuantity `unknown_gas`."""
    if gas not in _gas_factors():
        raise BadQuantity("unknown_gas", f"没有 {gas!r} 的换算系数", "gas")
    return np.asarray(ppm, dtype=np.float64) * _gas_factors()[gas]


def nitrogen_oxides(nitric_oxide: ArrayLike, nitrogen_dioxide: ArrayLike = 0.0) -> Floats:
    """NOx as NO2 in mg/m3 from NO and NO2 in mg/m3: 1.53 NO + NO2."""
    return NO_TO_NO2 * np.asarray(nitric_oxide, dtype=np.float64) + np.asarray(nitrogen_dioxide, dtype=np.float64)


def dry_standard_flow(
    flow_m3_h: ArrayLike, temperature_c: ArrayLike, pressure_kpa: ArrayLike, moisture_percent: ArrayLike
) -> Floats:
    """Flow of dry gas at standard state from the actual wet flow. `pressure_kpa` is absolute (air plus static)."""
    return np.asarray(flow_m3_h, dtype=np.float64) / _expansion(temperature_c, pressure_kpa, moisture_percent)


def dry_standard_concentration(
    concentration: ArrayLike, temperature_c: ArrayLike, pressure_kpa: ArrayLike, moisture_percent: ArrayLike
) -> Floats:
    """Concentration in dry gas at standard state from one measured in actual wet gas."""
    return np.asarray(concentration, dtype=np.float64) * _expansion(temperature_c, pressure_kpa, moisture_percent)


def _expansion(temperature_c: ArrayLike, pressure_kpa: ArrayLike, moisture_percent: ArrayLike) -> Floats:
    """Actual wet volume of one standard dry cubic metre; NaN for states no flue gas can have."""
    kelvin = STANDARD_KELVIN + np.asarray(temperature_c, dtype=np.float64)
    pressure = np.asarray(pressure_kpa, dtype=np.float64)
    dry_share = 1 - np.asarray(moisture_percent, dtype=np.float64) / 100
    is_possible = (kelvin > 0) & (pressure > 0) & (dry_share > 0) & (dry_share <= 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        volume = kelvin / STANDARD_KELVIN * STANDARD_KPA / pressure / dry_share
    return np.where(is_possible, volume, np.nan)


def at_reference_oxygen(concentration: ArrayLike, oxygen_percent: ArrayLike, reference_percent: float) -> Floats:
    """折算浓度 C (21-O_ref)/(21-O_measured); NaN where the oxygen leaves nothing to convert (21 % or more, < 0)."""
    if not 0 <= reference_percent < AIR_OXYGEN:
        raise BadQuantity("out_of_range", f"基准氧含量 {reference_percent} 不在 0–21 之间", "reference_percent")
    oxygen = np.asarray(oxygen_percent, dtype=np.float64)
    is_possible = (oxygen >= 0) & (oxygen < AIR_OXYGEN)
    factor = (AIR_OXYGEN - reference_percent) / np.where(is_possible, AIR_OXYGEN - oxygen, np.nan)
    return np.asarray(concentration, dtype=np.float64) * factor


def gas_mass_kg(concentration: ArrayLike, flow_m3_h: ArrayLike, hours: ArrayLike = 1.0) -> Floats:
    """Mass from the measured (not converted to reference oxygen) mg/m3 and the m3/h of dry standard gas."""
    return np.asarray(concentration, float) * np.asarray(flow_m3_h, float) * np.asarray(hours, float) * 1e-6


def water_mass_kg(concentration: ArrayLike, flow_m3: ArrayLike) -> Floats:
    """Mass from mg/L and m3 of water."""
    return np.asarray(concentration, dtype=np.float64) * np.asarray(flow_m3, dtype=np.float64) * 1e-3


def flow_weighted_mean(concentration: ArrayLike, flow: ArrayLike) -> float | None:
    """Σ C·Q / Σ Q over the hours that have both; None when no water flowed. Negative flow is left out."""
    values, flows = np.asarray(concentration, dtype=np.float64), np.asarray(flow, dtype=np.float64)
    is_used = np.isfinite(values) & np.isfinite(flows) & (flows >= 0)
    total = flows[is_used].sum()
    return float((values[is_used] * flows[is_used]).sum() / total) if total > 0 else None


def water_day(concentration: ArrayLike, flow_m3: ArrayLike) -> WaterDay:
    """A day of waste water from hourly mg/L and m3 per hour (valid hours only, others NaN)."""
    values, flows = np.asarray(concentration, dtype=np.float64), np.asarray(flow_m3, dtype=np.float64)
    has_flow = np.isfinite(flows) & (flows >= 0)
    is_used = has_flow & np.isfinite(values)
    hours = int(is_used.sum())
    mass = float(water_mass_kg(values[is_used], flows[is_used]).sum()) if hours else None
    return WaterDay(flow_weighted_mean(values, flows), mass, float(flows[has_flow].sum()), hours)


def ph_day(values: ArrayLike) -> PhDay:
    """Range and plain mean of a day's pH, NaN left out."""
    numbers = np.asarray(values, dtype=np.float64)
    numbers = numbers[np.isfinite(numbers)]
    if numbers.size == 0:
        return PhDay(None, None, None, 0)
    return PhDay(float(numbers.min()), float(numbers.max()), float(numbers.mean()), numbers.size)


def totals(
    at: NDArray[np.datetime64], mass_kg: ArrayLike, span: Literal["D", "M", "Y"]
) -> tuple[NDArray[np.datetime64], Floats]:
    """Sums per day, month or year: (starts, kg), in order of time; NaN masses add nothing."""
    starts, which = np.unique(at.astype(f"datetime64[{span}]"), return_inverse=True)
    masses = np.nan_to_num(np.asarray(mass_kg, dtype=np.float64), nan=0.0)
    return starts, np.bincount(which, weights=masses, minlength=len(starts)).astype(np.float64)
