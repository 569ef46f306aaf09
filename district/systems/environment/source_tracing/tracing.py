"""Which outlets may be behind high values at a station: on the way of the air, in time, emitting enough of the right kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from district.kernel.wording import Sentence, term
from district.systems.environment.source_tracing.plume import share_at_ground, stability
from district.systems.environment.source_tracing.trajectory import (
    Trajectory,
    WindRecord,
    back_trajectories,
    cone,
    metres,
)

Column = NDArray[np.float64]

MATCHES: dict[str, dict[str, float]] = {
    "SO2": {"a21026": 1.0},
    "NO2": {"a21002": 0.5, "a21004": 1.0},
    "CO": {"a21005": 1.0},
    "PM10": {"a34013": 0.8, "a34001": 0.6, "a34002": 1.0},
    "PM2.5": {"a34013": 0.5, "a34004": 1.0, "a21026": 0.03, "a21002": 0.03},
    "O3": {"a24088": 0.2, "a21002": 0.05},
}
"""Of an emitted kilogram, the part that counts for a pollutant at a station within hours: dust is mostly coarse, NOx
leaves as NO, and gases turn to particles slowly."""

MOST_RISE = 4.0
LEAST_SHARE = 1e-3
"""A suspect that explains less than this part of all is not named (it stays in the list with score 0 if downwind)."""


class BadTrace(ValueError):
    """A question that cannot be answered; `code` is stable for machines, the text is for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Emitter:
    """An outlet: where, how high, and kg/h per item in the same hourly rows as the winds (NaN: not measured).

    `usual`: kg/h of an ordinary hour. `is_estimated`: the rows come from a permit or inventory, not from an instrument.
    """

    code: str
    name: str
    lon: float
    lat: float
    emissions: Mapping[str, Column]
    usual: Mapping[str, float]
    height_m: float = 15.0
    is_estimated: bool = False


@dataclass(frozen=True)
class Suspect:
    """One outlet and why it stands where it stands. `share` is its part of all scores, 0 to 1.

    `added`: µg/m³ (CO: mg/m³) the plume model gives at the station, mean over the hours weighed by their excess;
    `upwind_share`: part of the judged hours in which the air passed within two standard deviations of the outlet;
    `rise`: emission at the time the air passed, against the usual; None when the usual is unknown.
    """

    code: str
    name: str
    score: float
    share: float
    added: float
    distance_m: float
    bearing_deg: float
    off_axis_m: float | None
    travel_minutes: float | None
    upwind_share: float
    emission_kg_h: float
    rise: float | None
    items: tuple[str, ...]
    is_estimated: bool
    reason: str


@dataclass(frozen=True)
class Trace:
    """`way` and `cone` (lon, lat) belong to the hour with the highest value, `peak_hour` in rows of the records."""

    pollutant: str
    suspects: tuple[Suspect, ...]
    peak_hour: int
    judged_hours: int
    way: list[tuple[float, float]]
    cone: list[tuple[float, float]]
    reach_m: float
    mean_speed: float

    def geojson(self) -> dict[str, Any]:
        """The cone and the way as a FeatureCollection for the map."""
        return {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"part": "cone"},
             "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in self.cone]]}},
            {"type": "Feature", "properties": {"part": "way"},
             "geometry": {"type": "LineString", "coordinates": [list(point) for point in self.way]}},
        ]}


def trace(
    lon: float, lat: float, pollutant: str, concentration: Column, winds: Sequence[WindRecord],
    emitters: Sequence[Emitter], *, window: tuple[int, int], first_hour_of_day: int = 0, hours_back: float = 4.0,
) -> Trace:
    """Suspects for the hours `window` (first row, row after the last) of a station.

    All columns share their rows; rows before the window are needed as far as `hours_back`. `first_hour_of_day` is that
    of row 0. Hours count in proportion to how far they lie above the lowest value of the window and the day before.
    BadTrace: unknown_pollutant, bad_window, no_values, no_wind.
    """
    matches = MATCHES.get(pollutant)
    if matches is None:
        raise BadTrace("unknown_pollutant", f"{pollutant} 不能溯源，可选 {'、'.join(MATCHES)}")
    values = np.asarray(concentration, dtype=float)
    first, end = window
    if not 0 <= first < end <= len(values):
        raise BadTrace("bad_window", f"时段 {first}–{end} 不在 {len(values)} 小时的数据之内")
    weight = _excess(values, first, end)
    rows = np.flatnonzero(weight) + first
    found = back_trajectories(lon, lat, [float(row) + 0.5 for row in rows], winds, hours_back)
    ways = {int(row): way for row, way in zip(rows, found, strict=True) if way is not None}
    if not ways:
        raise BadTrace("no_wind", "该时段没有可用的风向风速")
    weights = {row: float(weight[row - first]) for row in ways}
    scored = [_judged(each, (lon, lat), matches, pollutant, ways, weights, first_hour_of_day) for each in emitters]
    total = sum(one.score for one in scored)
    suspects = sorted((_with_share(one, total) for one in scored), key=lambda one: (-one.score, one.distance_m))
    peak = max(weights, key=lambda row: (weights[row], row))
    return Trace(
        pollutant, tuple(suspects), peak, len(ways), ways[peak].positions(), cone(ways[peak]),
        float(ways[peak].way_m[-1]), float(np.mean([way.speed.mean() for way in ways.values()])),
    )


def _excess(values: Column, first: int, end: int) -> Column:
    around = values[max(0, first - 24) : end]
    inside = values[first:end]
    if not np.isfinite(inside).any():
        raise BadTrace("no_values", "该时段没有有效监测值")
    above = np.nan_to_num(inside - np.nanmin(around))
    return above if above.max() > 0 else np.where(np.isfinite(inside), 1.0, 0.0)


@dataclass(frozen=True)
class _Passing:
    """How the air of one hour passed an outlet."""

    along_m: float
    across_m: float
    spread_m: float
    speed: float
    age_s: float


def _passing(way: Trajectory, east: float, north: float) -> _Passing | None:
    """The nearest place of the way to an outlet; None when that is the station itself (the outlet lies downwind) or
    the far end (the air came from nearer than the outlet, as far as the winds tell)."""
    xs, ys = np.diff(way.east), np.diff(way.north)
    length = np.maximum(xs**2 + ys**2, 1e-9)
    place = ((east - way.east[:-1]) * xs + (north - way.north[:-1]) * ys) / length
    inside = np.clip(place, 0.0, 1.0)
    gap = np.hypot(way.east[:-1] + inside * xs - east, way.north[:-1] + inside * ys - north)
    leg = int(np.argmin(gap))
    if (leg == 0 and place[0] <= 0) or (leg == len(gap) - 1 and place[-1] > 1):
        return None
    part = float(inside[leg])

    def at(column: Column) -> float:
        return float(column[leg] + part * (column[leg + 1] - column[leg]))

    return _Passing(at(way.way_m), float(gap[leg]), at(way.spread_m), at(way.speed), at(way.age_s))


def _judged(
    emitter: Emitter, station: tuple[float, float], matches: Mapping[str, float], pollutant: str,
    ways: Mapping[int, Trajectory], weights: Mapping[int, float], first_hour_of_day: int,
) -> Suspect:
    east, north = metres(*station, emitter.lon, emitter.lat)
    added, rises, emitted, nearest, upwind = 0.0, [], [], [], 0
    used: set[str] = set()
    for row, way in ways.items():
        passing = _passing(way, east, north)
        if passing is None:
            continue
        left_at = row + 0.5 - passing.age_s / 3600
        amounts = _emitted(emitter, matches, left_at)
        used |= set(amounts)
        amount = sum(kg_h for kg_h, _ in amounts.values())
        letter = stability((first_hour_of_day + left_at) % 24, passing.speed)
        kernel = float(share_at_ground(
            passing.along_m, passing.across_m, passing.speed, emitter.height_m, letter, passing.spread_m))
        added += weights[row] * amount / 3600 * 1e9 * kernel  # kg/h → µg/s
        if passing.across_m <= 2 * passing.spread_m:
            upwind += 1
        nearest.append((passing.across_m / passing.spread_m, passing.across_m, passing.age_s / 60))
        emitted.append((weights[row], amount))
        rises += [(weights[row], rise) for _, rise in amounts.values() if rise is not None]
    added /= sum(weights.values()) * (1000 if pollutant == "CO" else 1)
    rise = _weighed(rises)
    score = added * np.sqrt(np.clip(rise, 1 / MOST_RISE, MOST_RISE)) if rise is not None else added
    closest = min(nearest, default=None)
    return Suspect(
        emitter.code, emitter.name, float(score), 0.0, added, float(np.hypot(east, north)),
        float(np.rad2deg(np.arctan2(east, north)) % 360), closest[1] if closest else None,
        closest[2] if closest else None, upwind / len(ways), _weighed(emitted) or 0.0, rise,
        tuple(sorted(used)), emitter.is_estimated, "",
    )


def _emitted(emitter: Emitter, matches: Mapping[str, float], hour: float) -> dict[str, tuple[float, float | None]]:
    """Matching items at a time: effective kg/h and the rise against the usual."""
    found: dict[str, tuple[float, float | None]] = {}
    row = int(hour)
    for item, part in matches.items():
        column = emitter.emissions.get(item)
        usual = emitter.usual.get(item)
        value = float(column[row]) if column is not None and 0 <= row < len(column) else float("nan")
        if np.isnan(value):
            if usual is None:
                continue
            value = usual  # an hour without measurement is taken for an ordinary one
        found[item] = (value * part, value / usual if usual else None)
    return found


def _weighed(pairs: Sequence[tuple[float, float]]) -> float | None:
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None


def _with_share(one: Suspect, total: float) -> Suspect:
    share = one.score / total if total else 0.0
    return Suspect(**{**vars(one), "share": round(share, 4), "reason": _reason(one, share)})


PLACE: Final = Sentence("位于站点 %(bearing)s° 方向 %(km)s km")
NEVER_UPWIND: Final = Sentence("位于站点 %(bearing)s° 方向 %(km)s km，时段内始终不在上风向")
OTHER_POLLUTANTS: Final = Sentence("位于站点 %(bearing)s° 方向 %(km)s km，不排放相应污染物")
ON_THE_WAY: Final = Sentence("%(share)s 的时段在上风向，约 %(minutes)s 分钟可达，距轴线 %(off_axis)s m")
MEASURED: Final = Sentence("实测排放 %(kg_h)s kg/h")
ESTIMATED: Final = Sentence("许可量推算排放 %(kg_h)s kg/h")
RISEN: Final = Sentence("为平时的 %(times)s 倍")
PART: Final = Sentence("占全部嫌疑的 %(share)s")
NEGLIGIBLE: Final = term("贡献可忽略")


def _reason(one: Suspect, share: float) -> str:
    place = {"bearing": f"{one.bearing_deg:.0f}", "km": f"{one.distance_m / 1000:.1f}"}
    if one.travel_minutes is None:
        return NEVER_UPWIND(**place)
    if not one.items:
        return OTHER_POLLUTANTS(**place)
    way = ON_THE_WAY(
        share=f"{one.upwind_share:.0%}", minutes=f"{one.travel_minutes:.0f}", off_axis=f"{one.off_axis_m:.0f}"
    )
    amount = (ESTIMATED if one.is_estimated else MEASURED)(kg_h=f"{one.emission_kg_h:.2f}")
    parts = [PLACE(**place), way, amount]
    if one.rise is not None:
        parts.append(RISEN(times=f"{one.rise:.1f}"))
    parts.append(PART(share=f"{share:.0%}") if share >= LEAST_SHARE else NEGLIGIBLE)
    return "；".join(parts)
