"""Reports as a data logger computes them: real-time, minute, hour and day values out of the slots of the world."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from district.protocols.hj212 import Reading
from district.protocols.hj212.tables import FACTORS
from district.systems.environment.simulator import outlets, sounds
from district.systems.environment.simulator.chance import Column, wave
from district.systems.environment.simulator.fleet import NOISE, WATER, WATER_INLET, Item, SimulatedDevice
from district.systems.environment.simulator.world import SLOT_S, SLOTS_AN_HOUR, Slots, World

VALID_SLOTS = 9
"""A valid hour has 45 minutes of normal data (HJ 75-2017, GB 3095-2012)."""

VALID_DAY_SHARE = 20 / 24 * VALID_SLOTS / SLOTS_AN_HOUR
"""A valid day has 20 valid hours."""

DIRECTION = "a01008"
FLOWS = {"a00000": 1.0, "w00000": 1e-3}
"""Flow item → m³ a second for one unit."""


def realtime(world: World, device: SimulatedDevice, hours: float) -> list[Reading]:
    """Values of the moment (hours since 1970, Beijing time)."""
    day = int(hours // 24)
    slots = world.slots(device, day)
    place = (hours - day * 24) * SLOTS_AN_HOUR
    slot = int(place)
    found: list[Reading] = []
    for item in device.items:
        if item.code not in slots.values:
            continue
        mark = str(slots.marks[item.code][slot])
        value = _moment(world, device, item.code, slots.values[item.code], place, hours)
        found += _said(device, item, {"rtd": value}, mark)
        converted = slots.values.get(f"zs:{item.code}")
        if converted is not None:
            found += _said(device, item, {"zs_rtd": _moment(world, device, item.code, converted, place, hours)}, mark)
    return found


def minute(world: World, device: SimulatedDevice, start: float, minutes: int) -> list[Reading]:
    return _period(world, device, start, max(1, round(minutes / 60 * SLOTS_AN_HOUR)), needed=1)


def hour(world: World, device: SimulatedDevice, start: float) -> list[Reading]:
    return _period(world, device, start, SLOTS_AN_HOUR, needed=VALID_SLOTS)


def day(world: World, device: SimulatedDevice, start: float) -> list[Reading]:
    """Mean, lowest and highest of the hourly means; pollutants in water weighed by flow; totals of the day."""
    slots = world.slots(device, int(start // 24))
    if device.kind == NOISE:
        return _noise_day(device, slots)
    found: list[Reading] = []
    volume = _volume(slots)
    for item in device.items:
        if item.code not in slots.values:
            continue
        # A plant that rests by night has a valid day when it was measured while it ran.
        ran = int((slots.marks[item.code] != outlets.STOPPED).sum())
        normal = _usable(slots.marks[item.code], slots.values[item.code], max(1, round(VALID_DAY_SHARE * ran)))
        mark = "N" if normal is not None else _commonest(slots.marks[item.code])
        kept = np.ones(len(slots.hours), dtype=bool) if normal is None else normal
        for prefix, column in _forms(slots, item.code):
            weight = volume if _is_weighed(device, item.code) and volume is not None else None
            numbers = _summary(np.where(kept, column, np.nan), item.code, prefix, weight)
            if prefix == "":
                numbers |= _total(item.code, column, volume)
            found += _said(device, item, numbers, mark)
    return found


def state(world: World, device: SimulatedDevice, hours: float, is_treating: bool = True) -> list[Reading]:
    """Running state of the production facility (SB1) and the treatment (SB2); empty for what is no outlet."""
    if not device.is_outlet:
        return []
    slots = world.slots(device, int(hours // 24))
    production = int(slots.state[int(hours % 24 * SLOTS_AN_HOUR)])
    treatment = production if is_treating else 4
    return [Reading("SB1", "rs", production), Reading("SB2", "rs", treatment)]


def running_hours(world: World, device: SimulatedDevice, start: float) -> list[Reading]:
    """Hours the facilities ran on a day."""
    if not device.is_outlet:
        return []
    ran = float((world.slots(device, int(start // 24)).state == outlets.RUNNING_STATE).sum()) / SLOTS_AN_HOUR
    return [Reading(name, "rt", ran, raw=f"{ran:.1f}") for name in ("SB1", "SB2")]


@cache
def code_sent(item: str, version: int) -> str:
    """The code a device of that version knows an item by."""
    factor = FACTORS.get(item)
    return factor.code_2005 if version == 2005 and factor is not None and factor.code_2005 else item


def _period(world: World, device: SimulatedDevice, start: float, count: int, needed: int) -> list[Reading]:
    slots = world.slots(device, int(start // 24))
    first = round(start % 24 * SLOTS_AN_HOUR)
    rows = slice(first, first + count)
    if device.kind == NOISE:
        return _noise(device, slots.values["LA"][rows], slots.hours[rows])
    found: list[Reading] = []
    volume = _volume(slots)
    for item in device.items:
        if item.code not in slots.values:
            continue
        marks = slots.marks[item.code][rows]
        normal = _usable(marks, slots.values[item.code][rows], needed)
        mark = "N" if normal is not None else _commonest(marks)
        kept = np.ones(len(marks), dtype=bool) if normal is None else normal
        for prefix, column in _forms(slots, item.code):
            numbers = _summary(np.where(kept, column[rows], np.nan), item.code, prefix)
            if prefix == "":
                numbers |= _total(item.code, column[rows], None if volume is None else volume[rows])
            found += _said(device, item, numbers, mark)
    return found


def _forms(slots: Slots, item: str) -> list[tuple[str, Column]]:
    converted = slots.values.get(f"zs:{item}")
    return [("", slots.values[item])] + ([("zs_", converted)] if converted is not None else [])


def _usable(marks: NDArray[np.str_], values: Column, needed: int) -> NDArray[np.bool_] | None:
    """Which slots count; None when too few are normal."""
    normal = (marks == outlets.NORMAL) & np.isfinite(values)
    return normal if normal.sum() >= min(needed, len(marks)) else None


def _commonest(marks: NDArray[np.str_]) -> str:
    others, counts = np.unique(marks[marks != outlets.NORMAL], return_counts=True)
    return str(others[np.argmax(counts)]) if len(others) else outlets.NORMAL


def _summary(values: Column, item: str, prefix: str, weight: Column | None = None) -> dict[str, float]:
    known = np.isfinite(values)
    if not known.any():
        return {}
    if item == DIRECTION:
        # A lowest and a highest direction have no meaning on a circle.
        radians = np.deg2rad(values[known])
        return {"avg": float(np.rad2deg(np.arctan2(np.sin(radians).mean(), np.cos(radians).mean())) % 360)}
    mean = float(values[known].mean())
    if weight is not None and weight[known].sum() > 0:
        mean = float(np.average(values[known], weights=weight[known]))
    low, high = float(values[known].min()), float(values[known].max())
    return {f"{prefix}min": low, f"{prefix}avg": min(max(mean, low), high), f"{prefix}max": high}


def _volume(slots: Slots) -> Column | None:
    """m³ in each slot; None for devices without flow."""
    for item, scale in FLOWS.items():
        if item in slots.values:
            return np.maximum(np.nan_to_num(slots.values[item]), 0.0) * scale * SLOT_S
    return None


def _is_weighed(device: SimulatedDevice, item: str) -> bool:
    return device.kind in (WATER, WATER_INLET) and item not in ("w00000", "w01001")


def _total(item: str, values: Column, volume: Column | None) -> dict[str, float]:
    """m³ of the flow itself, kg of a pollutant; nothing for temperatures and the like."""
    if volume is None:
        return {}
    if item in FLOWS:
        return {"cou": float(volume.sum())}
    factor = FACTORS.get(item)
    if factor is None or factor.mass_unit != "kg" or not np.isfinite(values).any():
        return {}
    grams = 1e-6 if factor.medium == "air" else 1e-3  # mg/m³ × m³ and mg/L × m³ to kg
    return {"cou": float(np.nansum(np.maximum(values, 0.0) * volume)) * grams}


def _noise(device: SimulatedDevice, levels: Column, hours: Column) -> list[Reading]:
    found = sounds.statistics(levels, hours)
    return [one for item in device.items if item.code in found
            for one in _said(device, item, {"data": found[item.code]}, "")]


def _noise_day(device: SimulatedDevice, slots: Slots) -> list[Reading]:
    hourly = np.array([
        sounds.energy_mean(slots.values["LA"][first : first + SLOTS_AN_HOUR])
        for first in range(0, len(slots.hours), SLOTS_AN_HOUR)
    ])
    found = sounds.statistics(slots.values["LA"], slots.hours)
    parts = sounds.day_night(hourly)
    units = {item.code: item for item in device.items}
    said = [one for code in found for one in _said(device, units[code], {"data": found[code]}, "")]
    said += _said(device, units["Ld"], {"day_data": parts["Ld"]}, "")
    said += _said(device, units["Ln"], {"night_data": parts["Ln"]}, "")
    return said + _said(device, units["Ldn"], {"data": parts["Ldn"]}, "")


def _moment(
    world: World, device: SimulatedDevice, item: str, column: Column, place: float, hours: float
) -> float:
    slot = int(place)
    value = float(column[slot])
    if item == DIRECTION or np.isnan(value) or slot + 1 >= len(column) or np.isnan(column[slot + 1]):
        return value
    value += (place - slot) * float(column[slot + 1] - value)
    if value == column[slot] == column[slot + 1]:
        return value  # an instrument that stands still does not tremble
    return value * (1 + 0.004 * float(wave(world.seed, f"{device.code} {item} tremble", np.array([hours]), 0.01)[0]))


def _said(device: SimulatedDevice, item: Item, numbers: dict[str, float], mark: str) -> list[Reading]:
    """Readings in the order of the standard, rounded as the device shows them; NaN is left out."""
    sent = code_sent(item.code, device.version)
    return [
        Reading(item.code, statistic, value, mark, f"{value:.{_decimals(item, statistic)}f}", sent)
        for statistic, value in numbers.items() if np.isfinite(value)
    ]


def _decimals(item: Item, statistic: str) -> int:
    return 3 if statistic == "cou" else item.decimals


def marked(readings: Sequence[Reading], mark: str) -> list[Reading]:
    """The same readings under another data mark."""
    return [Reading(one.item, one.statistic, one.value, mark, one.raw, one.code, one.sampled_at) for one in readings]
