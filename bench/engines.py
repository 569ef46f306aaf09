"""Origins and destinations, hourly means, and a join, on DuckDB and on Spark, at 10 and 100 million rows.

`python -m bench.engines`. The rows are made once, as Parquet in a temporary folder, without anything that changes from
run to run. Both engines run the same Ibis expressions, on as many threads as there are processors, from the operating
system's cache; Spark's session is started and warmed before the clock runs. The answers are folded into one row and
compared. `DISTRICT_BENCH_ROWS` gives the larger size, a tenth of it is the smaller.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from district.kernel.datasets import engines, lake
from district.kernel.datasets.analytics import by_attribute, origins_and_destinations
from district.kernel.datasets.rollups import hourly
from district.kernel.devices.lake_files import EXACT

LARGE = int(os.environ.get("DISTRICT_BENCH_ROWS") or 100_000_000)
SIZES = (LARGE // 10, LARGE)
CHUNK = 2_000_000
PLACES, THINGS, SERIES = 400, 200_000, 5_000
TRIES = 2


def write(folder: Path, first: int, rows: int) -> None:
    """One file of each kind, numbered by its first row."""
    chance = np.random.default_rng(first)
    kinds = {
        "trips": {
            "origin": chance.integers(0, PLACES, rows, dtype=np.int32),
            "destination": chance.integers(0, PLACES, rows, dtype=np.int32),
            "hour": chance.integers(0, 24, rows, dtype=np.int32), "minutes": chance.uniform(3, 60, rows),
        },
        "records": {"thing": chance.integers(0, THINGS, rows), "amount": chance.uniform(0, 900, rows)},
        "observations": {
            "series_id": chance.integers(0, SERIES, rows, dtype=np.int32),
            "hour": chance.integers(0, 24 * 14, rows, dtype=np.int32),
            "exact": pa.array(chance.integers(0, 900_000, rows)).cast(pa.decimal128(19, 0)).cast(EXACT),
        },
    }  # fmt: skip
    for name, columns in kinds.items():
        pq.write_table(pa.table(columns), folder / name / f"part-{first:012}.parquet", compression="lz4")


def made(folder: Path) -> None:
    for name in ("trips", "records", "observations", "things"):
        (folder / name).mkdir()
    kinds = [f"类{number % 60}" for number in range(THINGS)]
    pq.write_table(pa.table({"thing": np.arange(THINGS), "kind": kinds}), folder / "things" / "part.parquet")
    for first in range(0, LARGE, CHUNK):
        write(folder, first, min(CHUNK, LARGE - first))
        print(f"  {first:,} 行 rows", end="\r", flush=True)
    print(" " * 30, end="\r")


def questions(backend: ibis.BaseBackend, folder: Path, rows: int) -> dict[str, Callable[[], Any]]:
    """Each folded into a number of groups and a sum."""

    def table(name: str) -> ir.Table:
        paths = sorted((folder / name).glob("*.parquet"))
        return engines.parquet(backend, [str(path) for path in paths[: max(1, rows // CHUNK)]])

    def told(groups: ir.Table, n: str, value: str) -> Callable[[], tuple[int, int, float]]:
        folded = groups.aggregate(groups=groups.count(), n=groups[n].sum(), total=groups[value].sum())

        def run() -> tuple[int, int, float]:
            row = backend.to_pandas(folded).iloc[0]
            return int(row["groups"]), int(row["n"]), float(row["total"])

        return run

    joined = by_attribute(table("records"), table("things"), "thing", "kind", "amount")
    return {
        "od": told(origins_and_destinations(table("trips")), "trips", "mean_minutes"),
        "rollup": told(hourly(table("observations")), "n", "mean"),
        "join": told(joined, "n", "mean"),
    }


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    best, answer = float("inf"), None
    for _ in range(TRIES):
        began = time.perf_counter()
        answer = run()
        best = min(best, time.perf_counter() - began)
    return answer, best


def missing() -> str:
    """Why Spark cannot take part, or nothing."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed"
    return "" if shutil.which("java") else "there is no Java"


def verdict(seconds: dict[str, dict[int, dict[str, float]]]) -> dict[str, int | None]:
    """For each question the smallest measured size at which Spark is the faster; None where it never is."""
    return {
        name: next((rows for rows, both in sizes.items() if both["spark"] < both["duckdb"]), None)
        for name, sizes in seconds.items()
    }


def measured(folder: Path) -> dict[str, dict[int, dict[str, float]]]:
    threads = os.cpu_count() or 2
    backends = {"duckdb": lake.lake(threads=threads)}
    if not missing():
        backends["spark"] = engines.spark(f"local[{threads}]", shuffles=threads * 4)
    seconds: dict[str, dict[int, dict[str, float]]] = {}
    for rows in SIZES:
        asked = {name: questions(backend, folder, rows) for name, backend in backends.items()}
        for question in asked["duckdb"]:
            answers = {}
            for name in backends:
                answers[name], took = timed(asked[name][question])
                seconds.setdefault(question, {}).setdefault(rows, {})[name] = took
            for answer in answers.values():
                if not np.allclose(answer, answers["duckdb"], rtol=1e-9):
                    raise SystemExit(f"{question}: {answers}")
            both = seconds[question][rows]
            print(f"{question:8}{rows:>14,}" + "".join(f"{name:>9} {took:8.2f} s" for name, took in both.items()))
    if "spark" in backends:
        engines.end_spark(backends["spark"])
    return seconds


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="district-engines-"))
    try:
        made(folder)
        seconds = measured(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told: dict[str, Any] = {"rows": list(SIZES)}
    if missing():
        print(f"Spark 未参加（did not take part）：{missing()}")
        told["spark"] = missing()
    else:
        overtakes = verdict(seconds)
        for name, rows in overtakes.items():
            never = "单机上 Spark 从未更快（Spark is never faster here）"
            print(f"{name}: " + (f"自 {rows:,} 行起 Spark 更快（faster from there on）" if rows else never))
        told["spark_overtakes_at"] = overtakes
        told["duckdb_vs_spark"] = {
            f"{name}_{rows}": round(both["spark"] / both["duckdb"], 2)
            for name, sizes in seconds.items()
            for rows, both in sizes.items()
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
