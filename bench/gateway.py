"""Durable, acknowledged frames a second, beside bare binary COPY of the same rows into the same table.

Clients over TCP → decoded → committed (fsync on) → reply, one gateway process. Then the peer: the same rows, in groups
of the same size and order, by COPY in a transaction each, from one connection, with nothing else to do. Both in turns,
several rounds. Then 10,000 connections are held while some of them send at half of the maximum rate.
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

from bench import _field_clients as clients
from district.kernel import home
from district.kernel.devices.binary import COLUMNS, HEAD, TAIL, copy_rows
from district.kernel.devices.columns import PACK, unpacked
from district.kernel.devices.partitions import partition_of
from district.kernel.devices.storing import as_date
from district.testing.installation import GatewayProcess, Installation

ROUNDS = int(os.environ.get("DISTRICT_BENCH_ROUNDS") or 5)
SENDERS = 200
FRAMES = int(os.environ.get("DISTRICT_BENCH_FRAMES") or 1500)
WINDOW = 40
HELD = 10_000
PACED_S = int(os.environ.get("DISTRICT_BENCH_PACED_S") or 10)
SETTLE_S = 5
DAY_S = 86_400


class Clients:
    """The client process, asked by lines of JSON."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench._field_clients"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=home.CHECKOUT,
        )  # fmt: skip

    def __call__(self, do: str, **task: Any) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({"do": do, **task}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the client process has ended")
        return json.loads(line)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def yesterday_s() -> int:
    """The beginning of yesterday in China: every frame of the bench falls on one day, whenever it runs."""
    return (int(time.time()) + 8 * 3600) // DAY_S * DAY_S - DAY_S - 8 * 3600


def measure_gateway(ask: Clients, gateway: GatewayProcess, first_s: int) -> dict[str, Any]:
    """One round at full speed."""
    before = gateway.metrics()
    done = ask(
        "full_speed", port=gateway.port, devices=[0, SENDERS], first_s=first_s, frames=FRAMES, window=WINDOW
    )
    after = gateway.metrics()
    rows = after["district_gateway_observations_total"] - before["district_gateway_observations_total"]
    groups = after["district_gateway_commits_total"] - before["district_gateway_commits_total"]
    return {**done, "rows": int(rows), "groups": int(groups)}


def measure_copy(connection: psycopg.Connection[Any], first_s: int, groups: int) -> float:
    """Rows a second of bare COPY: the rows of the last round, in as many transactions as the gateway made."""
    day = partition_of(as_date((first_s + 8 * 3600) // DAY_S))
    where = "at >= to_timestamp(%s) AND at < to_timestamp(%s)"
    packed = connection.execute(PACK.format(table=day, where=where), [first_s, first_s + FRAMES], binary=True).fetchone()
    rows = unpacked(packed[0] if packed else None)
    rows = rows.chosen(np.lexsort((rows.series_id, rows.at)))
    at_us = rows.at.astype(np.int64)
    connection.execute("DELETE FROM devices_observation WHERE at >= to_timestamp(%s)", [first_s])
    connection.commit()
    connection.autocommit = True
    connection.execute(f"VACUUM {day}")
    connection.autocommit = False
    buffers = []
    for part in np.array_split(np.arange(len(rows)), groups):
        order = part[np.lexsort((at_us[part], rows.series_id[part]))]
        buffers.append(copy_rows(at_us[order], rows.value[order], rows.series_id[order], rows.mark[order]))
    started = time.perf_counter()
    for buffer in buffers:
        with connection.cursor() as cursor, cursor.copy(f"COPY {day} ({COLUMNS}) FROM STDIN (FORMAT binary)") as copy:
            copy.write(HEAD)
            copy.write(buffer)
            copy.write(TAIL)
        connection.commit()
    return len(rows) / (time.perf_counter() - started)


def main() -> None:
    results: dict[str, list[float]] = {"frames": [], "rows": [], "copy": [], "ratio": []}
    with Installation() as place:
        place.register([clients.code_of(device) for device in range(HELD + SENDERS)], clients.PASSWORD)
        with place.gateway() as gateway, psycopg.connect(place.url) as connection:
            ask = Clients()
            first_s = yesterday_s()
            ask("full_speed", port=gateway.port, devices=[0, SENDERS], first_s=first_s, frames=50, window=WINDOW)
            print(f"{'round':>5} {'frames/s':>10} {'rows/s':>10} {'rows/group':>10} {'COPY rows/s':>12} {'ratio':>6}")
            for number in range(ROUNDS):
                first_s += FRAMES + 60
                done = measure_gateway(ask, gateway, first_s)
                frames_per_s, rows_per_s = done["frames"] / done["seconds"], done["rows"] / done["seconds"]
                assert done["rows"] == SENDERS * FRAMES * len(clients.ITEMS), done
                copied = measure_copy(connection, first_s, done["groups"])
                for name, value in zip(
                    results, (frames_per_s, rows_per_s, copied, rows_per_s / copied), strict=True
                ):
                    results[name].append(value)
                print(
                    f"{number + 1:>5} {frames_per_s:>10,.0f} {rows_per_s:>10,.0f} {done['rows'] / done['groups']:>10,.0f}"
                    f" {copied:>12,.0f} {rows_per_s / copied:>6.2f}"
                )
            middle = {name: statistics.median(values) for name, values in results.items()}
            held, paced = measure_held(ask, gateway, first_s + FRAMES + 60, middle["frames"] / 2)
            ask.close()
    report(middle, held, paced)


def measure_held(
    ask: Clients, gateway: GatewayProcess, first_s: int, rate: float
) -> tuple[int, dict[str, Any]]:
    """The number of connections held throughout, and the waiting times of those that send meanwhile."""
    ask("hold", port=gateway.port, devices=[SENDERS, SENDERS + HELD], first_s=first_s)
    time.sleep(SETTLE_S)  # ten thousand devices have just appeared with a hundred thousand series
    paced = ask(
        "paced", port=gateway.port, devices=[0, SENDERS], first_s=first_s, frames=int(rate * PACED_S / SENDERS), rate=rate
    )
    held = ask("alive")["held"]
    seen = gateway.metrics()["district_gateway_connections"]
    return int(min(held, seen)), paced


def report(middle: dict[str, float], held: int, paced: dict[str, Any]) -> None:
    print(f"\nmedian of {ROUNDS} rounds, {SENDERS} devices, {len(clients.ITEMS)} readings a frame, window {WINDOW}")
    print(f"  gateway, committed and answered  {middle['frames']:>10,.0f} frames/s {middle['rows']:>10,.0f} rows/s")
    print(f"  bare COPY of the same rows       {'':>19} {middle['copy']:>10,.0f} rows/s")
    print(f"  held open meanwhile              {held:>10,} connections")
    print(f"  waiting at half of the maximum   p50 {paced['p50_ms']:.1f} ms, p99 {paced['p99_ms']:.1f} ms,"
          f" longest {paced['max_ms']:.0f} ms ({paced['frames'] / paced['seconds']:,.0f} frames/s)")  # fmt: skip
    figures = {
        "frames_per_s": round(middle["frames"]), "rows_per_s": round(middle["rows"]),
        "copy_rows_per_s": round(middle["copy"]), "ack_p99_ms": round(paced["p99_ms"], 1),
        "ack_p50_ms": round(paced["p50_ms"], 1), "connections_held": held,
    }  # fmt: skip
    print(json.dumps({"bench": "gateway", "ratios": {"durable_vs_copy": round(middle["ratio"], 3)}, "figures": figures}))


if __name__ == "__main__":
    main()
