"""Requests `aqi` and `iaqi`, answered by `air_quality`."""

from __future__ import annotations

from typing import Any

from district.systems.environment.air_quality import (
    POLLUTANTS,
    STAND_IN,
    AirQualityIndex,
    Report,
    SubIndex,
    aqi_standard,
    daily_index,
    realtime_index,
    sub_index,
)
from district.systems.environment.assessments import fields
from district.systems.environment.items import items
from district.systems.environment.quantities import BadQuantity, Number, convert, is_absent
from district.systems.environment.standards import editions, table

_REPORTS: dict[str, Report] = {
    "24h": "daily", "daily": "daily", "day": "daily", "日报": "daily",
    "1h": "realtime", "realtime": "realtime", "hour": "realtime", "hourly": "realtime", "实时报": "realtime",
}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def answer_aqi(request: fields.Request) -> dict[str, Any]:
    """AQI of a day (`averaging` 24h) or an hour (1h) from `concentrations` by pollutant."""
    report = _REPORTS.get(fields.text(request, "averaging", "24h").lower())
    if report is None:
        raise BadQuantity("unknown_averaging", f"averaging 应为 24h 或 1h，而不是 {request['averaging']!r}", "averaging")
    standard = _standard(request)
    concentrations: dict[str, Number | None] = {}
    for name, value in fields.mapping(request, "concentrations").items():
        key = pollutant_key(name)
        if key in concentrations:
            raise BadQuantity("given_twice", f"{key} 给出了两次", name)
        concentrations[key] = None if value is None or is_absent(value) else _in_table_unit(request, name, key, value)
    index = (daily_index if report == "daily" else realtime_index)(concentrations, standard=standard)
    return _index_answer(index)


def answer_iaqi(request: fields.Request) -> dict[str, Any]:
    """Sub-index of one `pollutant`, `averaging` (1h, 8h, 24h) and `concentration`."""
    name = fields.text(request, "pollutant")
    pollutant, _, averaging_of_name = pollutant_key(name).partition("_")
    averaging = fields.text(request, "averaging", averaging_of_name or "").lower().replace(" ", "")
    if not averaging:
        raise BadQuantity("missing_field", "缺少字段 averaging", "averaging")
    value = _in_table_unit(request, name, pollutant, fields.required(request, "concentration"))
    standard = _standard(request)
    one = sub_index(pollutant, averaging, value, standard)
    answer = {"standard": standard, **_sub_index_answer(one)}
    if one.iaqi is None:
        answer["use_averaging"] = STAND_IN["daily" if averaging == "8h" else "realtime"][pollutant]
    return answer


def pollutant_key(name: str) -> str:
    """`pm25`, `PM₂.₅`, `a34004`, `臭氧`, `o3-8h` → `PM2.5` …, `O3_8h`; BadQuantity `unknown_pollutant`."""
    plain = str(name).translate(_SUBSCRIPTS).strip().upper().replace(" ", "_").replace("-", "_")
    for averaging in ("24H", "8H", "1H"):
        if plain.endswith(f"_{averaging}"):
            return f"{_pollutant(plain[: -len(averaging) - 1], name)}_{averaging.lower()}"
    return _pollutant(plain, name)


def _pollutant(plain: str, name: str) -> str:
    for pollutant in POLLUTANTS:
        if plain.replace("_", "").replace(".", "") == pollutant.replace(".", ""):
            return pollutant
    for item in items().values():
        if item.pollutant and plain in (item.code.upper(), item.zh.upper(), item.en.upper().replace(" ", "_")):
            return item.pollutant
    raise BadQuantity("unknown_pollutant", f"{name!r} 不在 {'、'.join(POLLUTANTS)} 之中", str(name))


def _in_table_unit(request: fields.Request, name: str, key: str, value: Number) -> Number:
    pollutant = key.partition("_")[0]
    own = next(row["unit"] for row in table("aqi_breakpoints") if row["pollutant"] == pollutant)
    unit = fields.unit_of(request, name, own)
    return convert(value, unit, own, name)


def _standard(request: fields.Request) -> str:
    """The named standard, else the one of the day."""
    if request.get("standard") is None:
        on = fields.day(request)
        if on is None:
            raise BadQuantity("no_date", "需要日期 on 或标准 standard", "on")
        return aqi_standard(on)
    wanted = fields.text(request, "standard").upper().replace(" ", "")
    for edition in editions("aqi"):
        if wanted in (edition.name.replace(" ", ""), edition.name[-4:]):
            return edition.name
    raise BadQuantity("unknown_standard", f"没有 AQI 标准 {request['standard']!r}", "standard")


def _sub_index_answer(one: SubIndex) -> dict[str, Any]:
    return {
        "pollutant": one.pollutant, "averaging": one.averaging, "concentration": float(one.concentration),
        "iaqi": one.iaqi, "rule": one.rule,
    }


def _index_answer(index: AirQualityIndex) -> dict[str, Any]:
    grade = index.grade
    return {
        "standard": index.standard,
        "report": index.report,
        "status": index.status,
        "aqi": index.aqi,
        "computed_aqi": index.computed_aqi,
        "level": grade.level if grade else None,
        "category": grade.zh if grade else None,
        "category_en": grade.en if grade else None,
        "colour": grade.colour if grade else None,
        "primary_pollutants": list(index.primary),
        "exceeding_pollutants": list(index.exceeding),
        "iaqi": {one.pollutant: one.iaqi for one in index.sub_indices},
        "sub_indices": [_sub_index_answer(one) for one in index.sub_indices],
        "companions": [_sub_index_answer(one) for one in index.companions],
        "missing": list(index.missing),
        "not_computed": list(index.not_computed),
    }
