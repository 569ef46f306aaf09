"""How good the air forecast is on days it has not seen: ours, persistence, and the same hour of the last days.

`python -m bench.forecast` with DISTRICT_REFERENCE set judges recorded stations; without it, a year of simulated air.
Rolling origin: each fold is forecast by a model fitted on what came before it. Ratio: error of the peer / ours.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from district.systems.environment import forecast
from district.systems.environment.forecast import AQI, History, ScoreTable
from district.systems.environment.forecast.scoring import OURS, PERSISTENCE, SEASONAL

HORIZONS = (24, 48, 72)
STATIONS = ("Aotizhongxin", "Dingling", "Nongzhanguan", "Wanshouxigong")
TARGETS = (AQI, "PM2.5", "O3")
COVERAGE = 0.9
COMPASS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
POLLUTANTS = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")


def vapour(temperature_c: pd.Series) -> pd.Series:
    """Saturation vapour pressure, hPa (Magnus)."""
    return 6.112 * np.exp(17.62 * temperature_c / (243.12 + temperature_c))


def recorded_station(path: Path) -> History:
    """A station of the UCI Beijing multi-site set; CO is µg/m³ there."""
    table = pd.read_parquet(path)
    table.index = pd.DatetimeIndex(pd.to_datetime(table[["year", "month", "day", "hour"]]))
    table = table[~table.index.duplicated()]
    table = table.reindex(pd.date_range(table.index.min(), table.index.max(), freq="h"))
    values = {name: table[name].to_numpy(float) / (1000 if name == "CO" else 1) for name in POLLUTANTS}
    weather = {
        "wind_speed": table["WSPM"],
        "wind_from_deg": table["wd"].map({name: place * 22.5 for place, name in enumerate(COMPASS)}),
        "temperature_c": table["TEMP"],
        "pressure_hpa": table["PRES"],
        "humidity_percent": 100 * vapour(table["DEWP"]) / vapour(table["TEMP"]),
        "rain_mm": table["RAIN"],
    }
    columns = {name: column.to_numpy(float) for name, column in weather.items()}
    return History(table.index[0].to_pydatetime(), values, columns).with_aqi("HJ 633-2012")


def simulated_station(place: int, days: int = 700) -> History:
    """Hours of one of the fleet's air stations, outlets and their faults included."""
    from district.systems.environment.simulator import World, fleet
    from district.systems.environment.simulator.weather import BEIJING, hours_of

    start = datetime(2024, 1, 1, tzinfo=BEIJING)
    hours = np.asarray(hours_of(start) + np.arange(days * 24) + 0.5, dtype=np.float64)
    found = World(fleet()).true_columns(fleet().of_kind("air")[place], hours)
    codes = {"PM2.5": "a34004", "PM10": "a34002", "SO2": "a21026", "NO2": "a21004", "CO": "a21005", "O3": "a05024"}
    weather = {"wind_speed": found["a01007"], "wind_from_deg": found["a01008"], "temperature_c": found["a01001"],
               "pressure_hpa": found["a01006"] * 10, "humidity_percent": found["a01002"]}
    return History(start, {name: found[code] for name, code in codes.items()}, weather).with_aqi("HJ 633-2026")


def stations(wanted: list[str]) -> tuple[str, dict[str, History]]:
    """Where the data is from, and the stations."""
    reference = os.environ.get("DISTRICT_REFERENCE")
    if reference:
        folder = Path(reference) / "data" / "environment" / "air"
        names = wanted or list(STATIONS)
        return "recorded (UCI Beijing multi-site, 2013–2015)", {
            name: recorded_station(folder / f"prsa_{name}.parquet") for name in names}
    return "SIMULATED (DISTRICT_REFERENCE is not set)", {
        f"simulated {place}": simulated_station(place) for place in (0, 7)}


def print_table(found: dict[tuple[str, str], ScoreTable]) -> None:
    methods = (OURS, PERSISTENCE, *SEASONAL)
    print(f"{'target':8}{'station':16}{'h':>4}" + "".join(f"{name:>14}" for name in methods) + f"{'in interval':>13}")
    for (target, station), table in found.items():
        for place, horizon in enumerate(table.horizons):
            errors = "".join(f"{table.mae[name][place]:14.2f}" for name in methods)
            print(f"{target:8}{station:16}{horizon:4d}{errors}{table.coverage[place]:12.1%}")


def mean_ratio(tables: list[ScoreTable], place: int | None, peer: str | None) -> float:
    """Geometric mean over tables of peer / ours at one horizon (None: all); peer None: each table's best seasonal."""
    logs = []
    for table in tables:
        name = peer or table.best_seasonal()
        rows = range(len(table.horizons)) if place is None else [place]
        logs += [np.log(table.mae[name][row] / table.mae[OURS][row]) for row in rows]
    return float(np.exp(np.mean(logs)))


def summed_up(found: dict[tuple[str, str], ScoreTable], source: str, seconds: float) -> dict:
    tables = list(found.values())
    ratios = {"ours_vs_persistence": mean_ratio(tables, None, PERSISTENCE), "ours_vs_seasonal": mean_ratio(tables, None, None)}
    for place, horizon in enumerate(HORIZONS):
        ratios[f"ours_vs_persistence_{horizon}h"] = mean_ratio(tables, place, PERSISTENCE)
        ratios[f"ours_vs_seasonal_{horizon}h"] = mean_ratio(tables, place, None)
    worst = min(table.mae[name][row] / table.mae[OURS][row] for table in tables
                for name in (PERSISTENCE, *SEASONAL) for row in range(len(table.horizons)))
    figures: dict[str, object] = {
        "data": source, "hours_judged": sum(table.count for table in tables), "worst_ratio": worst,
        "coverage_wanted": COVERAGE, "coverage": float(np.mean([table.coverage for table in tables])),
        "fit_and_forecast_s": seconds,
    }
    for target in dict.fromkeys(target for target, _ in found):
        rows = [table.mae[OURS] for (one, _), table in found.items() if one == target]
        figures |= {f"mae_{target}_{horizon}h": float(np.mean([row[place] for row in rows]))
                    for place, horizon in enumerate(HORIZONS)}
    rounded = {name: round(value, 3) if isinstance(value, float) else value for name, value in figures.items()}
    return {"bench": "forecast", "ratios": {name: round(value, 3) for name, value in ratios.items()}, "figures": rounded}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.forecast")
    parser.add_argument("--targets", nargs="*", default=list(TARGETS), help="AQI and pollutants")
    parser.add_argument("--stations", nargs="*", default=[], help="names of recorded stations")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--fold-days", type=int, default=90)
    given = parser.parse_args(arguments)
    source, records = stations(given.stations)
    print(f"data: {source}; {given.folds} folds of {given.fold_days} days, each forecast by a model of its past only")
    began = time.perf_counter()
    found = {
        (target, name): forecast.score(record, target, given.folds, given.fold_days, horizons=HORIZONS, coverage=COVERAGE)
        for target in given.targets for name, record in records.items()
    }
    print_table(found)
    print(json.dumps(summed_up(found, source, time.perf_counter() - began), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
