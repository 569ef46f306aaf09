"""Surface water class of a section by the worst item: GB 3838-2002 and 地表水环境质量评价办法 (环办〔2011〕22号).

Values in mg/L (faecal coliform per litre, pH without unit). Full values are compared with the limits, unrounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from district.systems.environment.quantities import BadQuantity, Number, exact, is_absent, not_negative
from district.systems.environment.standards import table

Water = Literal["river", "lake"]

WORST = 6
"""劣Ⅴ类: worse than class V."""
SATURATED = 90
"""Dissolved oxygen of class I may be 90 % saturation instead of 7.5 mg/L (GB 3838-2002, table 1)."""
MAIN_POLLUTANTS = 3
TEMPERATURE = "water temperature"
_TEMPERATURE_NAMES = {TEMPERATURE, "水温", "w01010", "t"}


@dataclass(frozen=True)
class WaterItem:
    """A row of the standard. `limits` has five classes, drinking-water items one; pH (`range`) needs none."""

    key: str
    code: str
    zh: str
    en: str
    unit: str
    part: str
    rule: str
    water: str
    is_evaluated: bool
    is_priority: bool
    limits: tuple[Fraction, ...]


@dataclass(frozen=True)
class ItemClass:
    """Class 1–6 of one item. `multiple` is 超标倍数 C/S - 1 above the target class, None for pH and DO
    and for values that keep the target."""

    item: WaterItem
    value: Fraction
    water_class: int
    is_exceeding: bool
    multiple: Fraction | None


@dataclass(frozen=True)
class WaterQuality:
    """`water_class` is None without any evaluated item. `deciding` are the items in the worst class;
    `main_pollutants` at most three, only when the class is worse than III; `apart` are items given but not
    part of the 21 (total nitrogen, faecal coliform); `missing` are keys of the 21 without a value."""

    water: Water
    water_class: int | None
    items: tuple[ItemClass, ...]
    deciding: tuple[str, ...]
    exceeding: tuple[str, ...]
    main_pollutants: tuple[str, ...]
    apart: tuple[ItemClass, ...]
    missing: tuple[str, ...]
    meets_target: bool | None


@dataclass(frozen=True)
class WaterGrade:
    """Name (I … V, 劣V), quality and colour of a class."""

    water_class: int
    name: str
    quality_zh: str
    quality_en: str
    colour_zh: str
    colour: str


@cache
def water_grades() -> dict[int, WaterGrade]:
    """The six classes by number."""
    return {
        int(row["water_class"]): WaterGrade(
            int(row["water_class"]), row["name"], row["quality_zh"], row["quality_en"], row["colour_zh"], row["rgb_hex"]
        )
        for row in table("surface_water_grades")
    }


@cache
def water_items(water: Water) -> dict[str, WaterItem]:
    """Items by key that apply to rivers or to lakes and reservoirs, in the order of the standard."""
    return {
        row["key"]: WaterItem(
            row["key"], row["code"], row["zh"], row["en"], row["unit"], row["part"], row["rule"], row["water"],
            row["is_evaluated"] == "1", row["is_priority"] == "1",
            tuple(exact(row[f"class_{number}"]) for number in range(1, 6) if row[f"class_{number}"].count("-") == 0
                  and row[f"class_{number}"]),
        )
        for row in table("surface_water_classes")
        if row["water"] in ("", water)
    }


@cache
def _keys_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in table("surface_water_classes"):
        for name in (row["key"], row["code"], row["zh"], row["en"], *row["aliases"].split("|")):
            if name:
                names[_plain(name)] = row["key"]
    return names | {_plain(name): TEMPERATURE for name in _TEMPERATURE_NAMES}


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "").replace("（", "(").replace("）", ")")


def item_key(name: str) -> str:
    """The key of an item by key, HJ 212 code, Chinese or English name; BadQuantity `unknown_item`."""
    try:
        return _keys_by_name()[_plain(name)]
    except KeyError:
        raise BadQuantity("unknown_item", f"GB 3838 没有项目 {name!r}", name) from None


def oxygen_saturation(oxygen: Number, temperature: Number, pressure_kpa: Number = "101.325") -> Fraction:
    """Dissolved oxygen in percent of saturation DOf = 468/(31.6+T), scaled by air pressure (HJ 2.3-2018, D.2)."""
    celsius, pressure = exact(temperature, "temperature"), exact(pressure_kpa, "pressure_kpa")
    if not -5 <= celsius <= 60:
        raise BadQuantity("out_of_range", f"水温 {temperature} ℃ 不可能", "temperature")
    if not 30 <= pressure <= 120:
        raise BadQuantity("out_of_range", f"气压 {pressure_kpa} kPa 不可能", "pressure_kpa")
    saturated = Fraction(468) / (exact("31.6") + celsius) * pressure / exact("101.325")
    return 100 * not_negative(oxygen, "DO") / saturated


def item_class(item: WaterItem, value: Number, oxygen_percent: Number | None = None) -> int:
    """Class 1–6 of a value: the best class whose limit it keeps. For DO, 90 % saturation also is class I.

    Drinking-water items have one limit: 1 when it is kept, else 6.
    """
    number = not_negative(value, item.key)
    if item.rule == "range":
        if number > 14:
            raise BadQuantity("out_of_range", f"pH {value} 大于 14", item.key)
        return 1 if 6 <= number <= 9 else WORST
    if item.rule == "at_least":
        if oxygen_percent is not None and exact(oxygen_percent) >= SATURATED:
            return 1
        kept = (place for place, limit in enumerate(item.limits, 1) if number >= limit)
    else:
        kept = (place for place, limit in enumerate(item.limits, 1) if number <= limit)
    return next(kept, WORST)


def assess_section(
    values: Mapping[str, Number | None], water: Water = "river", *,
    oxygen_percent: Number | None = None, temperature: Number | None = None, target_class: int = 3,
) -> WaterQuality:
    """Class of a section from its values by item key (see `item_key`); None or NaN is missing.

    `oxygen_percent`, or water temperature to compute it, opens the saturation way to class I for DO.
    `target_class` 1–5 is what exceeding is measured against (III in published evaluations).
    """
    items = water_items(water)
    if unknown := [key for key in values if key not in items and key not in ("TN", TEMPERATURE)]:
        raise BadQuantity("unknown_item", f"GB 3838 没有项目 {unknown[0]!r}", unknown[0])
    present = {key: value for key, value in values.items() if value is not None and not is_absent(value)}
    if oxygen_percent is None and temperature is not None and "DO" in present:
        oxygen_percent = oxygen_saturation(present["DO"], temperature)
    judged = tuple(
        _judged(item, present[key], target_class, oxygen_percent) for key, item in items.items() if key in present
    )
    evaluated = tuple(one for one in judged if one.item.is_evaluated)
    worst = max((one.water_class for one in evaluated), default=None)
    missing = tuple(key for key, item in items.items() if item.is_evaluated and key not in present)
    return WaterQuality(
        water, worst, evaluated,
        tuple(one.item.key for one in evaluated if one.water_class == worst),
        tuple(one.item.key for one in evaluated if one.is_exceeding),
        main_pollutants(evaluated),
        tuple(one for one in judged if not one.item.is_evaluated),
        missing,
        None if worst is None else worst <= target_class,
    )


def _judged(item: WaterItem, value: Number, target_class: int, oxygen_percent: Number | None) -> ItemClass:
    number = exact(value, item.key)
    water_class = item_class(item, value, oxygen_percent)
    is_exceeding = water_class > (1 if item.part == "drinking" else target_class)
    multiple = None
    if is_exceeding and item.rule == "at_most":
        limit = item.limits[min(target_class, len(item.limits)) - 1]
        multiple = number / limit - 1
    return ItemClass(item, number, water_class, is_exceeding, multiple)


def main_pollutants(items: Iterable[ItemClass]) -> tuple[str, ...]:
    """主要污染指标 of a section: only items worse than class III, cyanide and heavy metals first, then the worse
    class, then the larger multiple; at most three."""
    bad = [one for one in items if one.water_class > 3]
    bad.sort(key=lambda one: (not one.item.is_priority, -one.water_class, -(one.multiple or Fraction(-1))))
    return tuple(one.item.key for one in bad[:MAIN_POLLUTANTS])
