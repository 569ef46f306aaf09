"""JSON Schema (draft 2020-12) of the rows of an entry. Pure but for the rows it reads."""

from __future__ import annotations

from typing import Any

from district.kernel.datasets.models import Item, Resource

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"}, "integer": {"type": "integer"}, "number": {"type": "number"},
    "boolean": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
}  # fmt: skip
_PATTERNS = {
    "person_id": "^[1-9][0-9]{16}[0-9X]$",
    "entity_code": "^[0-9A-HJ-NPQRTUWXY]{18}$",
    "division": "^[0-9]{6,12}$",
}


def json_schema(resource: Resource, address: str = "") -> dict[str, Any]:
    """One row as an object; items that are not required may be null. `x-` keys are the catalogue's own words."""
    items = list(resource.items.all())
    schema: dict[str, Any] = {
        "$schema": DIALECT, "title": resource.title, "description": resource.abstract, "type": "object",
        "x-code": resource.code, "x-provider": resource.provider.name, "x-share": resource.share,
        "properties": {item.name: _property(item) for item in items},
        "required": [item.name for item in items if item.is_required], "additionalProperties": False,
        "x-key": [item.name for item in items if item.is_key],
    }  # fmt: skip
    return {"$id": address, **schema} if address else schema


def _property(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {"title": item.title, **_TYPES[item.type]}
    if item.type == "text" and item.length:
        found["maxLength"] = item.length
    if item.holds in _PATTERNS:
        found["pattern"] = _PATTERNS[item.holds]
    if not item.is_required:
        found["type"] = [found["type"], "null"]
    if item.unit:
        found["x-unit"] = item.unit
    if item.code_table:
        found["x-code-table"] = item.code_table
    return {**found, "x-grade": item.grade}
