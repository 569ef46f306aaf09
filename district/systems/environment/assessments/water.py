"""Requests `water` and `trophic`, answered by `surface_water` and `water_bodies`."""

from __future__ import annotations

from typing import Any

from district.systems.environment.assessments import fields
from district.systems.environment.quantities import BadQuantity, Number, convert, exact, is_absent
from district.systems.environment.standards import table
from district.systems.environment.surface_water import (
    TEMPERATURE,
    ItemClass,
    Water,
    assess_section,
    item_key,
    water_grades,
    water_items,
)
from district.systems.environment.water_bodies import trophic_state

_WATERS: dict[str, Water] = {
    "river": "river", "河流": "river", "lake": "lake", "reservoir": "lake", "lake/reservoir": "lake",
    "湖库": "lake", "湖泊": "lake", "水库": "lake",
}
_CLASSES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5}


def answer_water(request: fields.Request) -> dict[str, Any]:
    """Class of a section from `values` by item; names in the answer are those of the request."""
    water = _WATERS.get(fields.text(request, "water", "river").lower())
    if water is None:
        raise BadQuantity("unknown_water", f"water 应为 river 或 lake，而不是 {request['water']!r}", "water")
    names: dict[str, str] = {}
    values: dict[str, Number | None] = {}
    for name, value in fields.mapping(request, "values").items():
        key = item_key(name)
        if key in values:
            raise BadQuantity("given_twice", f"{key} 给出了两次", name)
        names[key] = name
        values[key] = _value(request, name, key, water, value)
    temperature = values.pop(TEMPERATURE, None)
    if temperature is None:
        temperature = fields.number(request, "temperature")
    target = _target(request)
    got = assess_section(
        values, water, oxygen_percent=fields.number(request, "oxygen_percent"), temperature=temperature,
        target_class=target,
    )
    grade = water_grades().get(got.water_class or 0)
    applicable = water_items(water)
    return {
        "standard": "GB 3838-2002",
        "water": water,
        "class": grade.name if grade else None,
        "class_number": got.water_class,
        "quality": grade.quality_zh if grade else None,
        "quality_en": grade.quality_en if grade else None,
        "colour": grade.colour if grade else None,
        "deciding": [names[key] for key in got.deciding],
        "deciding_keys": list(got.deciding),
        "exceeding": [names[key] for key in got.exceeding],
        "exceed_multiples": {
            names[one.item.key]: float(one.multiple) for one in got.items if one.multiple is not None
        },
        "main_pollutants": [names[key] for key in got.main_pollutants],
        "items": [_item_answer(one, names) for one in got.items],
        "apart": [_item_answer(one, names) for one in got.apart],
        "ignored": [names[key] for key in values if key not in applicable],
        "missing": list(got.missing),
        "target_class": target,
        "meets_target": got.meets_target,
    }


def _value(request: fields.Request, name: str, key: str, water: Water, value: Any) -> Number | None:
    if value is None or is_absent(value):
        return None
    number = _detected(value, name)
    item = water_items(water).get(key)
    if item is None or item.unit != "mg/L":
        return number
    return convert(number, fields.unit_of(request, name, item.unit), item.unit, name)


def _detected(value: Any, name: str) -> Number:
    """A number; `<0.01` and `0.01L` (below the detection limit) count as half the limit."""
    if isinstance(value, str):
        plain = value.strip()
        if plain.startswith("<"):
            return exact(plain[1:].strip(), name) / 2
        if plain[-1:] in ("L", "l"):
            return exact(plain[:-1].strip(), name) / 2
    return exact(value, name)


def _target(request: fields.Request) -> int:
    value = request.get("target_class", 3)
    target = _CLASSES.get(value.strip().upper().removesuffix("类")) if isinstance(value, str) else value
    if isinstance(target, bool) or target not in (1, 2, 3, 4, 5):
        raise BadQuantity("out_of_range", f"目标类别应为 I–V，而不是 {value!r}", "target_class")
    return int(target)


def _item_answer(one: ItemClass, names: dict[str, str]) -> dict[str, Any]:
    return {
        "item": names[one.item.key], "key": one.item.key, "zh": one.item.zh, "en": one.item.en,
        "value": float(one.value), "class_number": one.water_class, "class": water_grades()[one.water_class].name,
        "is_exceeding": one.is_exceeding, "multiple": None if one.multiple is None else float(one.multiple),
    }


def answer_trophic(request: fields.Request) -> dict[str, Any]:
    """综合营养状态指数 of a lake from `values` of chl-a, TP, TN, SD and CODMn."""
    known = {row["key"].lower(): row["key"] for row in table("trophic_items")}
    known |= {row["zh"]: row["key"] for row in table("trophic_items")}
    values: dict[str, Number] = {}
    for name, value in fields.mapping(request, "values").items():
        key = known.get(name.strip().lower())
        if key is None:
            raise BadQuantity("unknown_item", f"营养状态评价没有项目 {name!r}", name)
        values[key] = exact(value, name)
    state = trophic_state(values)
    return {"tli": state.tli, "level": state.level_zh, "level_en": state.level_en, "parts": state.parts}
