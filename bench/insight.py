"""Trends on days and places they have not seen: hot places, load forecast, clusters and warnings, each beside naive ones.

`python -m bench.insight` with DISTRICT_REFERENCE set judges requests of three cities; the simulations need nothing.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

import holidays
import numpy as np

from bench import _cities
from district.systems.governance.insight import early_warning, planted
from district.systems.governance.insight.cells import Area, cells_of
from district.systems.governance.insight.gi_star import gi_star
from district.systems.governance.insight.happenings import EPOCH, Happenings, date_of
from district.systems.governance.insight.hierarchy import daily_counts
from district.systems.governance.insight.hot_places import accuracy, expected_rate
from district.systems.governance.insight.load_scoring import OURS, score
from district.systems.governance.insight.scan import scan

AHEAD_DAYS = 14
ORIGINS = 24
SHARES = (0.02, 0.05, 0.10)
NAIVE_DAYS = (28, 365)
HISTORY_DAYS = 1000
TRIALS = 60
CITIES = (("chicago", 12, 14), ("st_louis", 1, 2), ("new_york", 1, 5))
"""Name, folds and days ahead: only Chicago's record is longer than a month."""


def hot_places(events: Happenings) -> dict[str, list[float]]:
    """Mean hit rate at each share of the area over the last origins: ours, and the top cells by counts."""
    placed = events.placed
    cells = cells_of(placed.lon.tolist(), placed.lat.tolist(), 9)
    area = Area.around(cells)
    places = area.places(cells)
    found: dict[str, list[list[float]]] = {}
    for origin in range(ORIGINS):
        last = int(placed.day.max()) - AHEAD_DAYS * (origin + 1)
        later = np.bincount(
            places[(placed.day > last) & (placed.day <= last + AHEAD_DAYS)], minlength=len(area)
        )
        recent = placed.day > last - HISTORY_DAYS
        rankings: dict[str, np.ndarray] = {
            "ours": expected_rate(area, places[recent], placed.day[recent], last)
        }
        for days in NAIVE_DAYS:
            counted = (placed.day <= last) & (placed.day > last - days)
            counts = np.bincount(places[counted], minlength=len(area))
            rankings[f"top {days} days"] = counts
            rankings[f"Gi* {days} days"] = gi_star(area, counts).z
        for name, ranking in rankings.items():
            found.setdefault(name, []).append([accuracy(ranking, later, share).hit_rate for share in SHARES])
    return {name: np.mean(rows, axis=0).tolist() for name, rows in found.items()}


def scan_finds(area: Area, places: np.ndarray, days: np.ndarray) -> list[frozenset[str]]:
    return [
        frozenset(one.cells)
        for one in scan(area, places, days, first=0, last=119, replicates=199)
        if one.p <= 0.05
    ]


def top_counts(area: Area, places: np.ndarray, days: np.ndarray) -> list[frozenset[str]]:
    """The naive way: cells whose last fortnight is three deviations above the mean of all cells."""
    counts = np.bincount(places[days > 105], minlength=len(area))
    return [
        frozenset([area.cells[place]]) for place in np.flatnonzero(counts > counts.mean() + 3 * counts.std())
    ]


def off_days(first: int, last: int) -> set[int]:
    """Weekends and federal holidays."""
    free = holidays.country_holidays("US", years=range(date_of(first).year, date_of(last).year + 2))
    return {
        day
        for day in range(first - 1, last + 30)
        if (day + 3) % 7 >= 5 or date.fromordinal(day + EPOCH) in free
    }


def loads(folder: Path) -> dict[str, dict]:
    found = {}
    for name, folds, ahead in CITIES:
        events = getattr(_cities, name)(folder)
        first, last = int(events.day.min()), int(events.day.max())
        hierarchy, counts = daily_counts(events, first, last)
        rows = {"leaves": list(range(hierarchy.leaves)), "total": [len(hierarchy.keys) - 1]}
        for level, chosen in rows.items():
            one = score(
                hierarchy,
                counts,
                first,
                folds=folds,
                off_days=off_days(first, last),
                horizon=ahead,
                rows=chosen,
            )
            found[f"{name} {level}"] = {"mase": one.mase, "coverage": one.coverage, "days": one.days}
    return found


def print_loads(found: dict[str, dict]) -> None:
    methods = next(iter(found.values()))["mase"]
    print(
        f"{'load, MASE':18}"
        + "".join(f"{name:>16}" for name in methods)
        + f"{'in 80 %':>10}{'in 90 %':>10}{'days':>8}"
    )
    for name, one in found.items():
        line = "".join(f"{value:16.3f}" for value in one["mase"].values())
        print(
            f"{name:18}{line}"
            + "".join(f"{value:10.1%}" for value in one["coverage"].values())
            + f"{one['days']:8d}"
        )


def main(arguments: list[str]) -> int:
    began = time.perf_counter()
    ratios: dict[str, float] = {}
    figures: dict[str, object] = {}
    folder = _cities.folder()
    if folder is None:
        print("DISTRICT_REFERENCE is not set: simulations only")
    else:
        hits = hot_places(_cities.chicago(folder, date(2010, 1, 1)))
        print(f"{'hit rate, Chicago':18}" + "".join(f"{share:>9.0%}" for share in SHARES))
        for name, rates in hits.items():
            print(f"{name:18}" + "".join(f"{rate:9.1%}" for rate in rates))
            figures[f"hit_rate {name}"] = [round(rate, 4) for rate in rates]
            figures[f"pai {name}"] = [
                round(rate / share, 2) for rate, share in zip(rates, SHARES, strict=True)
            ]
        best = max(hits[f"top {days} days"][1] for days in NAIVE_DAYS)
        ratios["hot_places_vs_best_top_k"] = hits["ours"][1] / best
        scored = loads(folder)
        print_loads(scored)
        for name, one in scored.items():
            figures[name] = one
            ratios[f"{name} seasonal_naive_vs_ours"] = one["mase"]["seasonal_naive"] / one["mase"][OURS]
    for risk in (3.0, 5.0):
        setting = planted.Setting(risk=risk)
        for name, method in (("scan", scan_finds), ("three sigma", top_counts)):
            verdict = planted.judge(method, setting, TRIALS, seed=1)
            print(
                f"planted ×{risk:g} {name:12} power {verdict.power:.0%}  false alarms {verdict.false_alarms:.0%}"
            )
            figures[f"planted x{risk:g} {name}"] = {
                "power": verdict.power,
                "false_alarms": verdict.false_alarms,
            }
    rates_ = early_warning.simulate(4000, seed=1)
    print(
        f"warnings: false alarms {rates_.false_alarms:.2%} (EARS C2 {rates_.false_alarms_c2:.2%}), "
        f"doubled weeks found {rates_.power:.0%} (EARS C2 {rates_.power_c2:.0%})"
    )
    figures["warnings"] = vars(rates_)
    figures["seconds"] = round(time.perf_counter() - began, 1)
    print(
        json.dumps(
            {"bench": "insight", "ratios": {k: round(v, 3) for k, v in ratios.items()}, "figures": figures}
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
