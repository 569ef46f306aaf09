"""Hourly and daily means over 100 million observations: the lake (DuckDB through Ibis) beside PostgreSQL.

`python -m bench.rollup`. The same rows, made once, stand as Parquet as the hand-over writes it and in day partitions
like those of `devices_observation` in a PostgreSQL of its own, vacuumed and analysed. PostgreSQL answers twice: with the
settings District runs it with, and tuned for this question (memory for its hash tables, partitionwise aggregation);
both times in as many processes as there are processors, as the lake has threads.
All work from the operating system's cache, compute mean, lowest, highest and count for each series and hour (day) of
the values that count, and fold the groups into four sums, so that handing over a million rows costs nobody anything.
They take turns, and the best of equally many tries counts. `DISTRICT_BENCH_ROWS` makes it smaller.
`lake_vs_postgres` is the worse of the two questions, beside PostgreSQL tuned for it; the milder figures stand beside.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import psycopg

from district.kernel.clock import CHINA
from district.kernel.datasets import lake as lakes
from district.kernel.datasets.rollups import counted, daily, hourly
from district.kernel.devices import lake_files
from district.kernel.devices.columns import Columns
from district.kernel.devices.marks import EXCLUDED, of_letter
from district.kernel.devices.partitions import TABLE, partition_of

ROWS = int(os.environ.get("DISTRICT_BENCH_ROWS") or 100_000_000)
MINUTES_A_DAY = 1440
SERIES = max(1, min(5_000, ROWS // MINUTES_A_DAY))
DAYS = max(1, round(ROWS / (SERIES * MINUTES_A_DAY)))
FIRST_DAY = date(2026, 3, 1)
TRIES = 2
TO_LOAD = {
    "fsync": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "8GB",
    "max_parallel_workers_per_gather": str(max(1, (os.cpu_count() or 2) - 1)),
}  # fmt: skip
"""What makes loading quick and reading no slower; everything else is as District runs its server."""
TUNED = {"work_mem": "512MB", "hash_mem_multiplier": "4", "enable_partitionwise_aggregate": "on"}
POSTGRES_EPOCH_US = 946_684_800_000_000
COPY_ROW = np.dtype([
    ("fields", ">i2"), ("n1", ">i4"), ("at", ">i8"), ("n2", ">i4"), ("value", ">f8"), ("n3", ">i4"),
    ("series_id", ">i4"), ("n4", ">i4"), ("mark", ">i4"),
])  # fmt: skip
QUESTIONS: dict[str, tuple[Callable[[ir.Table], ir.Table], str]] = {
    "hourly": (hourly, "date_trunc('hour', at)"),
    "daily": (daily, "date_trunc('day', at)"),
}


def day_columns(number: int) -> dict[str, np.ndarray]:
    """A day of every series, a reading a minute, in order of series and time. Always the same."""
    chance = np.random.default_rng(number)
    start = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=CHINA) + timedelta(days=number)
    minutes = np.arange(MINUTES_A_DAY, dtype=np.int64) * 60_000_000 + int(start.timestamp()) * 1_000_000
    level = chance.uniform(5, 150, SERIES).astype(np.float32)
    wave = np.sin(np.linspace(0, 2 * np.pi, MINUTES_A_DAY, dtype=np.float32)) * 0.3 + 1
    noise = chance.normal(1, 0.05, (SERIES, MINUTES_A_DAY)).astype(np.float32)
    values = np.round((level[:, None] * wave * noise).astype(np.float64), 1).ravel()
    marks = np.full(SERIES * MINUTES_A_DAY, of_letter("N"), np.int32)
    marks[chance.integers(0, len(marks), len(marks) // 50)] = of_letter("M")
    return {
        "series_id": np.repeat(np.arange(1, SERIES + 1, dtype=np.int32), MINUTES_A_DAY),
        "at": np.tile(minutes, SERIES), "value": values, "mark": marks,
    }


def put_into_lake(root: Path, day: date, columns: dict[str, np.ndarray]) -> int:
    """With the hand-over's own writer, in parts as it takes them from the database. Returns the size in bytes."""
    step = lake_files.SERIES_AT_ONCE * MINUTES_A_DAY
    whole = Columns(columns["series_id"], columns["at"].astype("datetime64[us]"), columns["value"], columns["mark"])
    lake_files.write_day(day, (whole.chosen(np.arange(n, min(n + step, len(whole)))) for n in range(0, len(whole), step)), root)
    return lake_files.path_of(day, root).stat().st_size


def put_into_postgres(connection: psycopg.Connection[Any], day: date, columns: dict[str, np.ndarray]) -> None:
    """In order of arrival: minute by minute, every series."""
    order = np.argsort(columns["at"], kind="stable")
    rows = np.empty(len(order), COPY_ROW)
    rows["fields"], rows["n1"], rows["n2"], rows["n3"], rows["n4"] = 4, 8, 8, 4, 4
    rows["at"] = columns["at"][order] - POSTGRES_EPOCH_US
    for name in ("value", "series_id", "mark"):
        rows[name] = columns[name][order]
    following = day + timedelta(days=1)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {partition_of(day)} PARTITION OF {TABLE}"
            f" FOR VALUES FROM ('{day} 00:00+08') TO ('{following} 00:00+08')"
        )
        # Into a table made in this transaction, with wal_level minimal, COPY writes no log.
        with cursor.copy(f"COPY {partition_of(day)} (at, value, series_id, mark) FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for start in range(0, len(rows), 200_000):
                copy.write(rows[start : start + 200_000].tobytes())
            copy.write(b"\xff\xff")


@contextmanager
def postgres(folder: Path) -> Iterator[psycopg.Connection[Any]]:
    """A server of its own in a home of its own; all of it is gone afterwards."""
    os.environ["DISTRICT_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    from district.edges import postgres as server

    process = server.start(None, **TO_LOAD)
    try:
        with psycopg.connect(server.layout().url(), autocommit=True) as connection:
            yield connection
    finally:
        server.stop(process)
        shutil.rmtree(server.layout().data, ignore_errors=True)


def fill(connection: psycopg.Connection[Any], root: Path) -> tuple[int, int]:
    """Makes the rows on both sides; returns the bytes of each."""
    connection.execute(
        f"CREATE TABLE {TABLE} (at timestamptz NOT NULL, value float8 NOT NULL, series_id int4 NOT NULL,"
        " mark int4 NOT NULL) PARTITION BY RANGE (at)"
    )
    lake_bytes = 0
    for number in range(DAYS):
        day, columns = FIRST_DAY + timedelta(days=number), day_columns(number)
        lake_bytes += put_into_lake(root, day, columns)
        put_into_postgres(connection, day, columns)
        print(f"  第 {number + 1}/{DAYS} 天 day", end="\r", flush=True)
    print(" " * 40, end="\r")
    connection.execute(f"VACUUM (ANALYZE, FREEZE) {TABLE}")
    size = connection.execute(
        "SELECT sum(pg_table_size(inhrelid)) FROM pg_inherits WHERE inhparent = %s::regclass", [TABLE]
    ).fetchone()
    assert size is not None
    return lake_bytes, int(size[0])


Told = tuple[int, float, float, float, int]
"""Groups, sums of means, of lows and of highs, and values counted: both sides must agree."""


def from_lake(root: Path, rollup: Callable[[ir.Table], ir.Table]) -> Told:
    """With opening the engine and finding the files: what a report pays."""
    engine = lakes.lake(threads=os.cpu_count() or 2, memory="4GB")
    groups = rollup(counted(lakes.observations(engine, root)))
    folded = groups.aggregate(
        groups=groups.count(), mean=groups["mean"].sum(), low=groups.low.sum(), high=groups.high.sum(),
        n=groups.n.sum(),
    )
    row = engine.to_pyarrow(folded).to_pylist()[0]
    return row["groups"], row["mean"], row["low"], row["high"], row["n"]


def from_postgres(connection: psycopg.Connection[Any], period: str) -> Told:
    row = connection.execute(
        f"SELECT count(*), sum(mean), sum(low), sum(high), sum(n)::int8 FROM (SELECT series_id, {period} AS period,"
        " avg(value) AS mean, min(value) AS low, max(value) AS high, count(*) AS n"
        f" FROM {TABLE} WHERE mark & {EXCLUDED} = 0 GROUP BY 1, 2) AS groups"
    ).fetchone()
    assert row is not None
    return row


def tuned(connection: psycopg.Connection[Any], is_tuned: bool) -> None:
    for name, value in TUNED.items():
        connection.execute(f"SET {name} = '{value}'" if is_tuned else f"RESET {name}")


def taking_turns(ask: dict[str, Callable[[], Told]]) -> dict[str, tuple[Told, float]]:
    """What each of them says, and its best time after a first round that warms the caches."""
    told = {name: question() for name, question in ask.items()}
    best = dict.fromkeys(ask, float("inf"))
    for _ in range(TRIES):
        for name, question in ask.items():
            began = time.perf_counter()
            told[name] = question()
            best[name] = min(best[name], time.perf_counter() - began)
    return {name: (told[name], best[name]) for name in ask}


def check_agreement(name: str, lake: Told, other: Told) -> None:
    if (lake[0], lake[4]) != (other[0], other[4]) or not np.allclose(lake[1:4], other[1:4], rtol=1e-9):
        raise SystemExit(f"{name}: 两边结果不同（the two sides disagree）: {lake} {other}")


def contest(connection: psycopg.Connection[Any], root: Path, name: str) -> dict[str, float]:
    """Seconds of the lake, of PostgreSQL and of PostgreSQL tuned for one question; stops when answers differ."""
    rollup, period = QUESTIONS[name]

    def database(is_tuned: bool) -> Told:
        tuned(connection, is_tuned)
        return from_postgres(connection, period)

    found = taking_turns({
        "lake": lambda: from_lake(root, rollup), "postgres": lambda: database(False), "tuned": lambda: database(True),
    })
    for other in ("postgres", "tuned"):
        check_agreement(name, found["lake"][0], found[other][0])
    return {side: seconds for side, (_, seconds) in found.items()}


def show(rows: int, results: dict[str, dict[str, float]]) -> None:
    print(f"\n{'':10}{'湖 lake':>14}{'PostgreSQL':>16}{'tuned':>14}{'倍 ratio':>11}{'tuned':>8}")
    for name, s in results.items():
        lake, plain, best = (f"{s[side]:6.2f}s {rows / s[side] / 1e6:5.1f}M" for side in ("lake", "postgres", "tuned"))
        print(f"{name:10}{lake:>15}{plain:>16}{best:>14}{s['postgres'] / s['lake']:10.1f}{s['tuned'] / s['lake']:8.1f}")
    print("M = 百万行每秒（million rows a second）")


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="district-bench-rollup-"))
    folder.chmod(0o755)
    rows, root = SERIES * MINUTES_A_DAY * DAYS, folder / "lake"
    figures: dict[str, Any] = {"rows": rows, "series": SERIES, "days": DAYS}
    try:
        with postgres(folder) as connection:
            began = time.perf_counter()
            figures["lake_bytes"], figures["postgres_bytes"] = fill(connection, root)
            print(f"{rows:,} 行，生成与装载 {time.perf_counter() - began:.0f} 秒（rows made and loaded）；"
                  f"Parquet {figures['lake_bytes'] / 1e9:.2f} GB，PostgreSQL {figures['postgres_bytes'] / 1e9:.2f} GB")
            results = {name: contest(connection, root, name) for name in QUESTIONS}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(rows, results)
    total = {side: sum(seconds[side] for seconds in results.values()) for side in ("lake", "postgres", "tuned")}
    ratios = {
        "lake_vs_postgres": min(seconds["tuned"] / seconds["lake"] for seconds in results.values()),
        "both_lake_vs_tuned_postgres": total["tuned"] / total["lake"],
        "both_lake_vs_untuned_postgres": total["postgres"] / total["lake"],
    }
    for name, seconds in results.items():
        ratios[f"{name}_lake_vs_untuned_postgres"] = seconds["postgres"] / seconds["lake"]
        figures |= {f"{name}_{side}_s": round(value, 3) for side, value in seconds.items()}
    told = {"bench": "rollup", "ratios": {name: round(ratio, 2) for name, ratio in ratios.items()}, "figures": figures}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
