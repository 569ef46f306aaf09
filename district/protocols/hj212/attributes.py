"""The attributes of an item, `code-Attribute=value`, and what each of them is. HJ 212-2017 表 7."""

from __future__ import annotations

STATISTICS: dict[str, str] = {
    "Rtd": "rtd",
    "Min": "min",
    "Avg": "avg",
    "Max": "max",
    "Cou": "cou",
    "ZsRtd": "zs_rtd",
    "ZsMin": "zs_min",
    "ZsAvg": "zs_avg",
    "ZsMax": "zs_max",
    "Data": "data",
    "DayData": "day_data",
    "NightData": "night_data",
    "RS": "rs",
    "RT": "rt",
}
"""Numeric attributes, in the spelling of the standard → the statistic of a series. The order is the scanner's ids."""

BY_NAME: dict[str, str] = {name.lower(): statistic for name, statistic in STATISTICS.items()}
LEVELS = frozenset(("rtd", "min", "avg", "max", "zs_rtd", "zs_min", "zs_avg", "zs_max", "data", "day_data", "night_data"))
"""Statistics that the range of a factor bounds; totals, states and hours have bounds of their own."""

COUNTED_MARKS = ("", "N", "S")
"""Marks under which a value claims to be a measurement or a person's entry; others say themselves that it is not."""


def statistic_of(attribute: str) -> str | None:
    """The statistic of an attribute in any case, None when it is not a numeric one."""
    return STATISTICS.get(attribute) or BY_NAME.get(attribute.lower())


def attribute_of(attributes: dict[str, str], name: str) -> str | None:
    """The value of an attribute whose name is given in lower case."""
    return next((value for key, value in attributes.items() if key.lower() == name), None)


def mark_of(attributes: dict[str, str]) -> str:
    """The data mark (`Flag`) of an item, upper case, empty when there is none."""
    value = attributes.get("Flag")
    if value is None:
        value = attribute_of(attributes, "flag") or ""
    return value.upper()
