"""Durable, acknowledged positions a second through the gateway, beside bare binary COPY of the same rows into the same table.

As bench/gateway.py does for observations: terminals over TCP → decoded → committed (fsync on) → answered, one gateway
process; then the same rows, in as many transactions, by COPY from one connection with nothing else to do.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

import numpy as np
import psycopg

from bench import _terminals as terminals
from district.kernel import home
from district.kernel.devices.binary import HEAD, TAIL
from district.kernel.devices.partitions import POSITIONS, partition_of
from district.kernel.devices.position_rows import COLUMNS, PositionRows, copy_rows
from district.kernel.devices.seal import seal
from district.kernel.devices.storing import as_date
from district.testing.installation import GatewayProcess, Installation, environment

ROUNDS = int(os.environ.get("DISTRICT_BENCH_ROUNDS") or 5)
SENDERS = 200
FRAMES = int(os.environ.get("DISTRICT_BENCH_FRAMES") or 1000)
WINDOW = 60
DAY_S = 86_400
REGISTER = """
    INSERT INTO devices_device (code, name, kind, protocol, password, cipher_key, system, division_code, status,
        is_simulated, attributes, interval_s, is_online, made_at, updated_at)
    SELECT code, code, 'bus', 'jt808', %s, '', 'transit', '370306', 'active', true, '{}', 10, false, now(), now()
    FROM unnest(%s::text[]) AS new (code)
"""
READ = """
    SELECT device_id, (extract(epoch FROM at) * 1000000)::bigint, (extract(epoch FROM received_at) * 1000000)::bigint, digest,
        alarm, status, lon, lat, speed_kmh, altitude_m, direction, mark, mileage_km, extra::text
    FROM {day} WHERE at >= to_timestamp(%s) ORDER BY number
"""


def yesterday_s() -> int:
    """The beginning of yesterday in China: every position of the bench falls on one day, whenever it runs."""
    return (int(time.time()) + 8 * 3600) // DAY_S * DAY_S - DAY_S - 8 * 3600


def rows_of(connection: psycopg.Connection[Any], day: str, first_s: int) -> PositionRows:
    columns = list(zip(*connection.execute(READ.format(day=day), [first_s]).fetchall(), strict=True))
    floats = {6, 7, 8, 12}
    arrays: list[Any] = [np.array(each, dtype=np.float64 if n in floats else np.int64) for n, each in enumerate(columns[:13])]
    extra = np.empty(len(columns[0]), dtype=np.object_)
    extra[:] = [None if each is None else each.encode() for each in columns[13]]
    rows: PositionRows = PositionRows(*[*arrays, extra])
    return rows


def bare_copy(connection: psycopg.Connection[Any], first_s: int, groups: int) -> float:
    """Rows a second: the rows of the last round, in as many transactions as the gateway made."""
    day = partition_of(as_date((first_s + 8 * 3600) // DAY_S), POSITIONS)
    rows = rows_of(connection, day, first_s)
    connection.execute(f"DELETE FROM {day} WHERE at >= to_timestamp(%s)", [first_s])
    connection.commit()
    connection.autocommit = True
    connection.execute(f"VACUUM {day}")
    connection.autocommit = False
    buffers = [copy_rows(rows.at(part)) for part in np.array_split(np.arange(len(rows)), groups)]
    started = time.perf_counter()
    for buffer in buffers:
        with connection.cursor() as cursor, cursor.copy(f"COPY {day} ({COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
            copy.write(HEAD)
            copy.write(buffer)
            copy.write(TAIL)
        connection.commit()
    return len(rows) / (time.perf_counter() - started)


def one_round(clients: subprocess.Popen[str], gateway: GatewayProcess, first_s: int, frames: int) -> dict[str, Any]:
    before = gateway.metrics()
    task = {"port": gateway.terminals, "devices": [0, SENDERS], "first_s": first_s, "frames": frames, "window": WINDOW}
    assert clients.stdin
    assert clients.stdout
    print(json.dumps(task), file=clients.stdin, flush=True)
    done = json.loads(clients.stdout.readline())
    after = gateway.metrics()
    names = ("district_gateway_positions_total", "district_gateway_commits_total")
    rows, groups = (int(after[name] - before[name]) for name in names)
    assert rows == SENDERS * frames, rows
    return {**done, "rows": rows, "groups": groups}


def durable() -> dict[str, float]:
    """{"positions_per_s", "copy_rows_per_s", "durable_vs_copy"}, medians of the rounds."""
    kept: dict[str, list[float]] = {"positions_per_s": [], "copy_rows_per_s": [], "durable_vs_copy": []}
    with Installation() as place:
        with environment(DISTRICT_HOME=str(place.path)):
            sealed = seal(terminals.AUTH)
        with place.connect() as connection:
            connection.execute(REGISTER, [sealed, [terminals.code_of(device) for device in range(SENDERS)]])
        with place.gateway() as gateway, psycopg.connect(place.url) as connection:
            clients = subprocess.Popen([sys.executable, "-m", "bench._terminals"], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True, cwd=home.CHECKOUT)  # fmt: skip
            first_s = yesterday_s()
            one_round(clients, gateway, first_s, 50)
            for number in range(ROUNDS):
                first_s += FRAMES + 60
                done = one_round(clients, gateway, first_s, FRAMES)
                ours, copied = done["rows"] / done["seconds"], bare_copy(connection, first_s, done["groups"])
                print(f"{number + 1:>3} {ours:>10,.0f} positions/s, {done['rows'] / done['groups']:>6,.0f} a transaction,"
                      f" COPY {copied:>10,.0f}, ratio {ours / copied:.2f}")  # fmt: skip
                for name, value in zip(kept, (ours, copied, ours / copied), strict=True):
                    kept[name].append(value)
            assert clients.stdin
            clients.stdin.close()
            clients.wait()
    return {name: statistics.median(values) for name, values in kept.items()}
