"""What a register's columns are, read once for many rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from district.kernel.forms.models import Register, RegisterItem
from district.kernel.forms.registers.sealing import canonical

DIVISION = "division_code"
GEOMETRY = "geometry"


@dataclass(frozen=True)
class Layout:
    """`division`: the item that names a record's division; `key`: the one departments know it by. Empty for none."""

    register: Register
    items: Mapping[str, RegisterItem]
    grades: Mapping[str, int]
    key: str
    division: str

    def canonical(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values as they are compared."""
        return {
            name: canonical(self.items[name].type if name in self.items else "text", value)
            for name, value in values.items()
        }


def layout_of(register: Register) -> Layout:
    """One statement."""
    items = {item.name: item for item in register.items.select_related("resource_item")}
    divisions = [
        name
        for name, item in items.items()
        if name == DIVISION or (item.resource_item and item.resource_item.holds == "division")
    ]
    return Layout(
        register,
        items,
        {name: item.grade for name, item in items.items()},
        next((name for name, item in items.items() if item.is_key), ""),
        divisions[0] if divisions else "",
    )
