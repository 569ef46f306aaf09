"""The latest value of 5,000 series, and the number of 50 million observations: kept, beside asking the table itself.

`DISTRICT_BENCH_ROWS` makes it smaller. The peer is what one writes without `devices_latest` and the kept count:
`SELECT DISTINCT ON` and `count(*)` over the same partitions, same key.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg

from district.kernel.clock import CHINA, now
from district.kernel.devices.partitions import ensure_partitions, partition_of
from district.testing.installation import Installation, environment

ROWS = int(os.environ.get("DISTRICT_BENCH_ROWS") or 50_000_000)
SERIES = 5_000
DEVICES = 500
PER_DAY = 1_440
REPEATS = 21

MAKE_SERIES = """
    INSERT INTO devices_series (device_id, item, statistic, period, unit, decimals, made_at)
    SELECT d.id, 'a' || n, 'rtd', 'realtime', 'mg/m3', 2, now()
    FROM devices_device d, generate_series(1, %s) n ORDER BY d.id, n
"""
FILL = """
    INSERT INTO {partition} (at, value, series_id, mark)
    SELECT %(start)s + n * interval '1 minute', (s.id * 31 + n * 17) %% 1000 / 10.0, s.id, 1
    FROM devices_series s, generate_series(0, %(last)s) n ORDER BY s.id, n
"""
KEEP_LATEST = """
    INSERT INTO devices_latest (at, received_at, value, series_id, mark)
    SELECT at, now(), value, series_id, mark FROM {partition} WHERE at = %s
"""
PEER_LATEST = "SELECT DISTINCT ON (series_id) series_id, at, value, mark FROM devices_observation ORDER BY series_id, at DESC"
PEER_COUNT = "SELECT count(*) FROM devices_observation"


def main() -> None:
    with Installation() as place:
        place.register([f"BENCH{n:05d}" for n in range(DEVICES)])
        with place.connect() as connection:
            started = time.perf_counter()
            rows = fill(connection)
            print(f"{rows:,} observations of {SERIES:,} series loaded in {time.perf_counter() - started:.0f} s")
            variables = {"DISTRICT_HOME": str(place.path), "DJANGO_SETTINGS_MODULE": "district.edges.web.settings"}
            with environment(**variables):
                figures = measure_ours(rows)
            figures |= measure_peer(connection)
    report(figures, rows)


def fill(connection: psycopg.Connection[Any]) -> int:
    """Whole days up to yesterday, and the rest on the last; what the gateway keeps beside the rows is kept here too."""
    connection.execute(MAKE_SERIES, [SERIES // DEVICES])
    instants = ROWS // SERIES
    days = -(-instants // PER_DAY)
    today = now().astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=days)
    with connection.transaction(), connection.cursor() as cursor:
        ensure_partitions(cursor, first.date(), today.date())
    for day in range(days):
        start, count = first + timedelta(days=day), min(PER_DAY, instants - day * PER_DAY)
        partition = partition_of(start.date())
        connection.execute(FILL.format(partition=partition), {"start": start, "last": count - 1})
        connection.execute("INSERT INTO devices_observationcount VALUES (%s, %s)", [start.date(), count * SERIES])
        print(f"  {start:%Y-%m-%d}: {count * SERIES:,}", flush=True)
    connection.execute(KEEP_LATEST.format(partition=partition), [start + timedelta(minutes=count - 1)])
    connection.execute("VACUUM ANALYZE")
    return instants * SERIES


def measure_ours(rows: int) -> dict[str, float]:
    """Through the functions that pages use, rows made into objects."""
    import django

    django.setup()
    from django.db import connection

    from district.kernel.devices.queries import latest_of, observation_count

    latest = latest_of()
    assert len(latest) == SERIES, len(latest)
    assert observation_count() == rows
    figures = {"latest_ms": median_ms(latest_of), "count_ms": median_ms(observation_count)}
    connection.close()
    return figures


def median_ms(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def measure_peer(connection: psycopg.Connection[Any]) -> dict[str, float]:
    """Asked of the table itself, once each."""
    return {
        "peer_latest_ms": median_ms(lambda: connection.execute(PEER_LATEST).fetchall(), 1),
        "peer_count_ms": median_ms(lambda: connection.execute(PEER_COUNT).fetchall(), 1),
    }


def report(figures: dict[str, float], rows: int) -> None:
    print(f"\n{'':<34}{'ours ms':>10} {'table ms':>12}")
    print(f"{'latest of 5,000 series':<34}{figures['latest_ms']:>10.1f} {figures['peer_latest_ms']:>12,.0f}")
    print(f"{f'number of {rows:,}':<34}{figures['count_ms']:>10.2f} {figures['peer_count_ms']:>12,.0f}")
    ratios = {
        "latest_vs_table": round(figures["peer_latest_ms"] / figures["latest_ms"], 1),
        "count_vs_table": round(figures["peer_count_ms"] / figures["count_ms"], 1),
    }
    print(json.dumps({"bench": "latest", "ratios": ratios, "figures": {k: round(v, 2) for k, v in figures.items()}}))


if __name__ == "__main__":
    main()
