"""What is measured: names and units of the item codes (HJ 212-2017 table B, HJ 524) that devices report."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .standards import table


@dataclass(frozen=True)
class Item:
    """`unit` is the unit results are kept in; `pollutant` is the name `air_quality` knows an item by, or ""."""

    code: str
    zh: str
    en: str
    unit: str
    pollutant: str
    medium: str
    decimals: int


@cache
def items() -> dict[str, Item]:
    """All known items by code."""
    return {
        row["code"]: Item(
            row["code"],
            row["zh"],
            row["en"],
            row["unit"],
            row["pollutant"],
            row["medium"],
            int(row["decimals"]),
        )
        for row in table("monitored_items")
    }


def item(code: str) -> Item:
    """The item of a code; an unknown code is an item without unit whose name is the code."""
    return items().get(code) or Item(code, code, code, "", "", "", 2)


def zh_of(code: str) -> str:
    return item(code).zh


@cache
def code_of_pollutant(pollutant: str) -> str:
    """`PM2.5` → `a34004`; KeyError when no item is that pollutant."""
    for each in items().values():
        if each.pollutant == pollutant:
            return each.code
    raise KeyError(pollutant)


def printed_unit(unit: str) -> str:
    """`ug/m3` → `µg/m³`."""
    return unit.replace("ug/", "µg/").replace("m3", "m³")


def unit_in(code: str, element: str) -> str:
    """The unit results of an item are kept in: gases of chimneys are mg/m3, where ambient ones are µg/m3."""
    unit = item(code).unit
    return "mg/m3" if element == "gas" and unit == "ug/m3" else unit
