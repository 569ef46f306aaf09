"""Reading the fields of an assessment request, each refusal naming field, value and rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from district.systems.environment.quantities import BadQuantity, Number, exact

Request = Mapping[str, Any]


def required(request: Request, field: str) -> Any:
    """The field; BadQuantity `missing_field` when it is absent or null."""
    if request.get(field) is None:
        raise BadQuantity("missing_field", f"缺少字段 {field}", field)
    return request[field]


def mapping(request: Request, field: str) -> Mapping[str, Any]:
    """A required object field."""
    value = required(request, field)
    if not isinstance(value, Mapping):
        raise BadQuantity("wrong_type", f"{field} 应为对象", field)
    return value


def text(request: Request, field: str, default: str | None = None) -> str:
    """A text field; numbers are taken as their text (zone 2 is "2")."""
    value = required(request, field) if default is None else request.get(field, default)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadQuantity("wrong_type", f"{field} 应为文本", field)
    return str(value).strip()


def number(request: Request, field: str) -> Number | None:
    """An optional numeric field, checked; None when absent."""
    value = request.get(field)
    if value is not None:
        exact(value, field)
    return value


def day(request: Request, field: str = "on") -> date | None:
    """An optional ISO day (a time of day after it is allowed and ignored)."""
    value = request.get(field)
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        raise BadQuantity("bad_date", f"{value!r} 不是 YYYY-MM-DD 日期", field) from None


def unit_of(request: Request, name: str, default: str) -> str:
    """Unit of a value: `units[name]`, else `unit` for all, else the standard's own."""
    units = request.get("units")
    if units is not None and not isinstance(units, Mapping):
        raise BadQuantity("wrong_type", "units 应为对象", "units")
    unit = (units or {}).get(name) or request.get("unit") or default
    if not isinstance(unit, str):
        raise BadQuantity("wrong_type", f"{name} 的单位应为文本", "units")
    return unit
