"""Request `noise`, answered by `noise`: 24 hourly levels, day and night levels, or a single level."""

from __future__ import annotations

from typing import Any, cast

from district.systems.environment import noise
from district.systems.environment.assessments import fields
from district.systems.environment.quantities import BadQuantity, exact

_PERIODS: dict[str, noise.Period] = {"day": "day", "昼间": "day", "night": "night", "夜间": "night"}
_SCOPES = ("ambient", "factory", "social", "construction")


def answer_noise(request: fields.Request) -> dict[str, Any]:
    """`hourly` (24 values from `first_hour` on), or `day` and/or `night`, or `level` with `period` (and
    `background`, `burst`), judged by `zone` and `scope`; or `mean_level` with `period` and `town` area|road."""
    if "hourly" in request:
        return _hours(request)
    if "mean_level" in request:
        level = fields.required(request, "mean_level")
        town = fields.text(request, "town", "area")
        if town not in ("area", "road"):
            raise BadQuantity("unknown_scope", f"town 应为 area 或 road，而不是 {town!r}", "town")
        number = noise.quality_level(level, _period(request), "area" if town == "area" else "road")
        return {"standard": "HJ 640-2012", "level_number": number}
    if "level" in request:
        return _single(request)
    if "day" in request or "night" in request:
        day, night = fields.number(request, "day"), fields.number(request, "night")
        return _levels(
            request, None if day is None else float(exact(day)), None if night is None else float(exact(night))
        )
    raise BadQuantity("missing_field", "需要 hourly、level、mean_level 或 day/night 之一", "level")


def _hours(request: fields.Request) -> dict[str, Any]:
    hourly = fields.required(request, "hourly")
    if not isinstance(hourly, list | tuple):
        raise BadQuantity("wrong_type", "hourly 应为数组", "hourly")
    first = exact(request.get("first_hour", 0), "first_hour")
    if first.denominator != 1 or not 0 <= first < 24:
        raise BadQuantity("out_of_range", "first_hour 应为 0–23 的整数", "first_hour")
    levels = [None if one is None else float(exact(one, "hourly")) for one in hourly]
    got = noise.day_night(levels, int(first))
    answer = _levels(request, got.day, got.night)
    return answer | {"day_hours": got.day_hours, "night_hours": got.night_hours}


def _levels(request: fields.Request, day: float | None, night: float | None) -> dict[str, Any]:
    both = None if day is None or night is None else noise.day_night_level(day, night)
    answer: dict[str, Any] = {"Ld": day, "Ln": night, "Ldn": both}
    if request.get("zone") is not None:
        answer |= _limits(request)
        levels: dict[noise.Period, float | None] = {"day": day, "night": night}
        for period, level in levels.items():
            answer[period] = None if level is None else _judged(request, level, period)
    return answer


def _single(request: fields.Request) -> dict[str, Any]:
    level: Any = fields.required(request, "level")
    answer: dict[str, Any] = {"measured": float(exact(level, "level"))}
    background = fields.number(request, "background")
    if background is not None:
        level = noise.source_level(level, background)
        answer |= {"corrected": level, "must_repeat": level is None}
        if level is None:
            return answer
    return answer | _limits(request) | _judged(request, level, _period(request))


def _judged(request: fields.Request, level: Any, period: noise.Period) -> dict[str, Any]:
    got = noise.judge(level, _zone(request), period, _scope(request), fields.text(request, "burst", ""))
    return {"level": got.level, "limit": got.limit, "excess": got.excess, "is_exceeding": got.is_exceeding}


def _limits(request: fields.Request) -> dict[str, Any]:
    limits = noise.noise_limits(_zone(request), _scope(request))
    return {"standard": limits.standard, "zone": limits.zone}


def _zone(request: fields.Request) -> str:
    if _scope(request) == "construction":
        return fields.text(request, "zone", "")
    return fields.text(request, "zone").lower()


def _scope(request: fields.Request) -> noise.Scope:
    scope = fields.text(request, "scope", "ambient")
    if scope not in _SCOPES:
        raise BadQuantity("unknown_scope", f"scope 应为 {'、'.join(_SCOPES)}，而不是 {scope!r}", "scope")
    return cast(noise.Scope, scope)


def _period(request: fields.Request) -> noise.Period:
    name = fields.text(request, "period")
    if name not in _PERIODS:
        raise BadQuantity("unknown_period", f"period 应为 day 或 night，而不是 {name!r}", "period")
    return _PERIODS[name]
