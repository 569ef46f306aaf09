"""Arrivals at the stops ahead of many runs at once. Pure.

Within a quarter of an hour the learnt model tells them (`forecast`); farther on its last word is carried on by plan, learnt
history and the buses ahead, with an interval that widens as the way does. Without a model the same parts are added up, and a
bus that is early waits at timepoints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..forecast import told_of
from ..moments import FARTHEST_S, TREND_S, Moments
from .board import RunState
from .drives import Drive
from .holds import with_holds
from .knowledge import Knowledge

Floats = NDArray[np.float64]
WAITING_M = 100.0
EARLY_LEAVING_S = 60.0
NO_MODEL_EARLY, NO_MODEL_LATE = (30.0, 0.10), (60.0, 0.25)
"""Interval without a model: seconds, and share of the way's time."""
DWELL_LEFT_S = 5.0


@dataclass(frozen=True)
class Foreseen:
    """Unix seconds for the stops from `first_stop` on. `quantiles`: (low, middle, high) of the model, to calibrate by."""

    run: RunState
    first_stop: int
    arrivals: Floats
    departures: Floats
    earliest: Floats
    latest: Floats
    source: str
    reason: dict[str, Any]
    quantiles: tuple[Floats, Floats, Floats] | None = None


@dataclass(frozen=True)
class Way:
    """What is known of the way ahead of one run, a number for each stop from `first` on. Times as in Moments."""

    run: RunState
    drive: Drive
    first: int
    seen_at: float
    planned_at: Floats
    planned_left_s: Floats
    history_s: Floats
    ahead_s: Floats
    ahead_weight: Floats
    stops_left: Floats
    metres_left: Floats
    delay_s: float
    trend_s: float
    share_done: float
    waits: bool


def foreseen(runs: Sequence[RunState], knowledge: Knowledge, now: float, day_type: int) -> list[Foreseen]:
    """Forecasts of the runs that have stops ahead and a believed position."""
    ways = [way for run in runs if (way := _way(run, knowledge, now, day_type)) is not None]
    if not ways:
        return []
    told = _by_model(ways, knowledge, now) if knowledge.model is not None else None
    return [_of_way(way, knowledge, now, told[number] if told else None) for number, way in enumerate(ways)]


def _way(run: RunState, knowledge: Knowledge, now: float, day_type: int) -> Way | None:
    drive = run.drive
    if drive is None or not drive.at:
        return None
    trip, midnight = drive.planned.trip, drive.planned.midnight
    stops_at, along, seen_at = trip.pattern.stops_at, drive.along_m, drive.at[-1]
    first = drive.next_stop
    if first >= len(stops_at):
        return None
    hops = knowledge.hops(trip.pattern)
    key = (knowledge.version, id(trip), day_type, knowledge.factor(run.planned.day))
    if run.kept.get("history_of") != key:
        slots = (trip.arrivals[:-1] // 3600).astype(np.int64)
        run.kept["history_of"] = key
        run.kept["history"] = np.append(0.0, np.cumsum(knowledge.excess(trip, slots, day_type, run.planned.day)))
    history: Floats = run.kept["history"]
    share = float(np.interp(along, stops_at, np.arange(len(stops_at))))
    hop = min(int(share), len(hops) - 1)
    excess, weight = knowledge.ahead(hops[hop:], now)
    left_of_hop = 1.0 - (share - hop)
    excess[0], weight[0] = excess[0] * left_of_hop, weight[0] * left_of_hop
    ahead, weights = np.append(0.0, np.cumsum(excess))[first - hop :], np.append(0.0, np.cumsum(weight))[first - hop :]
    places = np.arange(first, len(stops_at), dtype=np.float64)
    weight_on_way: Floats = np.asarray(weights / np.maximum(places - share, 0.2), dtype=np.float64)
    plan_here = midnight + float(np.interp(along, stops_at, trip.arrivals))
    earlier = drive.at[-1] - TREND_S
    before = drive.along_at(earlier)
    delay = seen_at - plan_here
    trend = delay - (earlier - drive.plan_at(before)) if before is not None else 0.0
    return Way(
        run, drive, first, seen_at, midnight + trip.arrivals[first:], midnight + trip.arrivals[first:] - plan_here,
        history[first:] - float(np.interp(along, stops_at, history)), ahead, weight_on_way,
        places - share, stops_at[first:] - along, delay, trend, along / max(float(stops_at[-1]), 1.0), along < WAITING_M,
    )  # fmt: skip


def _by_model(ways: list[Way], knowledge: Knowledge, now: float) -> list[tuple[Floats, ...]]:
    """(told, earliest, latest, low, middle, high) of each way's stops, of all at once."""
    assert knowledge.model is not None
    sizes = [len(way.planned_at) for way in ways]

    def each(values: list[float]) -> Floats:
        return np.repeat(np.array(values, dtype=np.float64), sizes)

    count = sum(sizes)
    rows = Moments(
        run=np.zeros(count, dtype=np.int64), stop=np.zeros(count, dtype=np.int64), at=np.full(count, now),
        seen_at=each([way.seen_at for way in ways]), planned_at=np.concatenate([way.planned_at for way in ways]),
        actual_at=np.full(count, np.nan), delay_s=each([way.delay_s for way in ways]),
        planned_left_s=np.concatenate([way.planned_left_s for way in ways]),
        history_s=np.concatenate([way.history_s for way in ways]), ahead_s=np.concatenate([way.ahead_s for way in ways]),
        ahead_weight=np.concatenate([way.ahead_weight for way in ways]), trend_s=each([way.trend_s for way in ways]),
        hour=each([(now - way.drive.planned.midnight) / 3600 for way in ways]),
        stops_left=np.concatenate([way.stops_left for way in ways]),
        metres_left=np.concatenate([way.metres_left for way in ways]),
        share_done=each([way.share_done for way in ways]), waits=each([float(way.waits) for way in ways]),
    )  # fmt: skip
    near = rows.planned_left_s <= 2 * FARTHEST_S
    low = middle = high = rows.carried_at
    if near.any():
        low, middle, high = low.copy(), middle.copy(), high.copy()
        low[near], middle[near], high[near] = knowledge.model.quantiles(rows.taken(near))
    columns = (*told_of(rows, low, middle, high, knowledge.shift_s, knowledge.widen_s), low, middle, high)
    borders = np.cumsum(sizes)[:-1]
    return list(zip(*(np.split(column, borders) for column in columns), strict=True))


def _of_way(way: Way, knowledge: Knowledge, now: float, model: tuple[Floats, ...] | None) -> Foreseen:
    source = "model" if model is not None else _source(way, knowledge)
    if model is not None:
        told, earliest, latest = _carried_on(way, now, *model[:3])
    else:
        told = _added_up(way, now)
        left = np.maximum(told - now, 0.0)
        earliest = told - NO_MODEL_EARLY[0] - NO_MODEL_EARLY[1] * left
        latest = told + NO_MODEL_LATE[0] + NO_MODEL_LATE[1] * left
    if way.drive.waits:
        # A bus at its first stop leaves it hardly before its time.
        told = np.maximum(told, way.planned_at - EARLY_LEAVING_S)
        latest = np.maximum(latest, told)
    told = np.maximum.accumulate(np.maximum(told, now))
    earliest = np.minimum(np.maximum.accumulate(np.maximum(earliest, now)), told)
    latest = np.maximum(np.maximum.accumulate(latest), told)
    departures, holds_until = _departures(way, told)
    reason: dict[str, Any] = {
        "delay_s": round(way.delay_s), "history_s": round(float(way.history_s[-1])), "ahead_s": round(float(way.ahead_s[-1])),
        "ahead_weight": round(float(way.ahead_weight[-1]), 2), "age_s": round(max(now - way.seen_at, 0.0)),
    }  # fmt: skip
    if holds_until is not None:
        reason["holds_until"] = round(holds_until)
    if (factor := knowledge.factor(way.run.planned.day)) != 1.0:
        reason |= {"weather": knowledge.weather[way.run.planned.day], "weather_percent": round(100 * (factor - 1))}
    # What was told of a bus that is held by order says nothing about the model.
    quantiles = (model[3], model[4], model[5]) if model is not None and not way.run.holds else None
    made = Foreseen(way.run, way.first, told, departures, earliest, latest, source, reason, quantiles)
    return with_holds(made, now)


def _source(way: Way, knowledge: Knowledge) -> str:
    if float(way.ahead_weight[-1]) > 0.4:
        return "ahead"
    return "delay" if knowledge.learnt.is_empty else "history"


def _carried_on(way: Way, now: float, told: Floats, earliest: Floats, latest: Floats) -> tuple[Floats, Floats, Floats]:
    """Beyond what the model has learnt to tell, from the last stop within on."""
    within = np.flatnonzero(way.planned_left_s <= FARTHEST_S + 120.0)
    last = int(within[-1]) if len(within) else 0
    if last == len(told) - 1:
        return told, earliest, latest
    told, earliest, latest = told.copy(), earliest.copy(), latest.copy()
    beyond = slice(last + 1, None)
    mixed = _mixed(way)
    told[beyond] = told[last] + (way.planned_at[beyond] - way.planned_at[last]) + (mixed[beyond] - mixed[last])
    grows = np.sqrt(np.maximum(told[beyond] - now, 60.0) / max(float(told[last]) - now, 60.0))
    earliest[beyond] = told[beyond] - (told[last] - earliest[last]) * grows
    latest[beyond] = told[beyond] + (latest[last] - told[last]) * grows
    return told, earliest, latest


def _mixed(way: Way) -> Floats:
    """Seconds beyond plan to each stop: the buses ahead as far as they are fresh, else history."""
    weight = np.clip(way.ahead_weight, 0.0, 1.0) * 0.6
    return way.history_s * (1.0 - weight) + way.ahead_s * 0.6


def _added_up(way: Way, now: float) -> Floats:
    """Plan, delay carried on, history and buses ahead; early buses are held at timepoints."""
    trip, midnight = way.drive.planned.trip, way.drive.planned.midnight
    delay = max(way.delay_s, 0.0) if way.waits else way.delay_s
    raw = way.planned_at + delay + _mixed(way)
    if way.drive.waits:
        raw = raw + max(now - float(midnight + trip.departures[0]) - delay, 0.0)
    told, more = raw.copy(), 0.0
    for number in range(len(raw)):
        told[number] = raw[number] + more
        place = way.first + number
        if trip.is_timepoint[place]:
            more += max(midnight + float(trip.departures[place]) - float(told[number])
                        - float(trip.departures[place] - trip.arrivals[place]), 0.0)  # fmt: skip
    return told


def _departures(way: Way, told: Floats) -> tuple[Floats, float | None]:
    """Leaving each stop: after its dwell, at timepoints not before its time, and never after the next arrival."""
    trip, midnight = way.drive.planned.trip, way.drive.planned.midnight
    planned = midnight + trip.departures[way.first :]
    held = np.where(trip.is_timepoint[way.first :] | (np.arange(way.first, way.first + len(told)) == 0), planned, 0.0)
    leaves = np.maximum(told + (trip.departures - trip.arrivals)[way.first :], held)
    following = np.append(told[1:] - DWELL_LEFT_S, np.inf)
    leaves = np.maximum(np.minimum(leaves, following), told)
    leaves[-1] = told[-1]
    holding = np.flatnonzero((held > told + 30.0) & (leaves > told + 30.0))
    return leaves, float(leaves[holding[0]]) if len(holding) else None
