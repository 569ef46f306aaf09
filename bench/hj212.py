"""How many HJ 212 frames a second are decoded on one core, CRC checked, values as floats: ours beside others.

`python -m bench.hj212`. Neither PyPI nor npm holds a decoder of HJ 212 (looked up 2026-11), so the peer is, the fastest
of what is at hand counting:
- `DISTRICT_HJ212_PEER=package.module:function`, any decoder you have (called with the bytes of one frame);
- a decoder of our own for Node.js, written as published ones are (split, table CRC, objects): bench/hj212_node.mjs.
The floor of the language is a tuned split-and-compare loop in Python. A byte scanner in Node stands by for the reader.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench._decoders import brought, on_node, timed
from district.protocols.hj212 import READ, Reading, Scanner, upload_frames
from district.protocols.hj212.crc import crc16
from district.protocols.hj212.times import BEIJING

FRAMES = 12_000
RUNS = 7
CHUNK = 65_536
NODE_PROGRAM = Path(__file__).with_name("hj212_node.mjs")
NUMERIC = frozenset(("Rtd", "Min", "Avg", "Max", "Cou", "ZsRtd", "ZsMin", "ZsAvg", "ZsMax"))

Told = tuple[int, int, float]
"""Frames, readings and the sum of the values: what every decoder must agree on."""

AIR = ("a34004", "a34002", "a21026", "a21004", "a21005", "a05024", "a01001", "a01002", "a01006", "a01007", "a01008")
WATER = ("w00000", "w01018", "w21003", "w21011", "w21001", "w01001")
HOURLY = (("cou", 3.6), ("min", 0.9), ("avg", 1.0), ("max", 1.03))
FLUE = ("a34013", "a21026", "a21002", "a19001", "a01011", "a01012", "a01013", "a01014", "a00000")


def frames() -> list[bytes]:
    """Uploads of stations and outlets as they come in: real-time air and water, flue gas hours. Always the same."""
    chance = random.Random(212)
    begun = datetime(2026, 2, 14, tzinfo=BEIJING)
    made: list[bytes] = []
    while len(made) < FRAMES:
        at = begun + timedelta(seconds=len(made))
        kind, codes, period = chance.choice((("22", AIR, "realtime"), ("32", WATER, "realtime"), ("31", FLUE, "hour")))
        made += upload_frames(
            device_code=f"370306{chance.randrange(5000):018d}", password="zc2026", system_kind=kind, at=at, sent_at=at,
            period=period, readings=_readings(chance, codes, period),
        )[:1]  # fmt: skip
    return [frame for frame in made if b"Flag=7" not in frame]


def _readings(chance: random.Random, codes: tuple[str, ...], period: str) -> list[Reading]:
    found = []
    for code in codes:
        middle = round(chance.uniform(0.5, 13.5), 3)
        if period == "realtime":
            found.append(Reading(code, "rtd", middle, "N"))
            continue
        found += [Reading(code, name, round(middle * by, 3), "N") for name, by in HOURLY]
    return found


def ours(scanner: Scanner, data: bytes) -> Told:
    """As the gateway does: chunks of a socket's size, what is left over put before the next."""
    count = readings = 0
    total = 0.0
    held = b""
    for start in range(0, len(data), CHUNK):
        chunk = held + data[start : start + CHUNK]
        batch = scanner.scan([chunk])
        held = chunk[int(batch.taken[0]) :]
        count += int((batch.column("status") == READ).sum())
        readings += len(batch.readings.values)
        total += float(batch.readings.values.sum())
    return count, readings, total


def plain(data: bytes) -> Told:
    """Split and compare, tuned: one pass, columns as lists, the folded CRC (nothing in pure Python is faster)."""
    codes: list[str] = []
    attributes: list[str] = []
    values: list[float] = []
    marks: list[str] = []
    count = 0
    for line in data.split(b"\r\n"):
        segment = line[6:-4]
        if line[:2] != b"##" or int(line[2:6]) != len(segment) or int(line[-4:], 16) != crc16(segment):
            continue
        head, _, area = segment.decode("ascii").partition("CP=&&")
        fields = dict([pair.split("=") for pair in head.split(";") if pair])
        items = area[:-2].split(";")
        if not fields["MN"] or len(items[0]) != 23:
            continue
        count += 1
        for item in items[1:]:
            mark = ""
            begun = len(values)
            for pair in item.split(","):
                name, value = pair.split("=")
                code, _, attribute = name.partition("-")
                if attribute in NUMERIC:
                    codes.append(code)
                    attributes.append(attribute)
                    values.append(float(value))
                elif attribute == "Flag":
                    mark = value
            marks += [mark] * (len(values) - begun)
    return count, len(values), sum(values)


def agreed(ours_told: Told, others: dict[str, Told]) -> None:
    """Ends the bench when a decoder says something else: then its speed means nothing."""
    for name, told in others.items():
        if told[:2] != ours_told[:2] or abs(told[2] - ours_told[2]) > 1e-6 * ours_told[2]:
            raise SystemExit(f"{name} 与我们读出的不同（reads differently）: {told} {ours_told}")


def table(seconds: dict[str, float], count: int, size: int, ours_s: float) -> None:
    print("PyPI 和 npm 上没有 HJ 212 解码包（no package there decodes HJ 212），见本文件开头")
    print(f"{'':42}{'frames/s':>12}{'MB/s':>9}{'ours ×':>9}")
    for name, each in seconds.items():
        print(f"{name:42}{count / each:>12,.0f}{size / each / 1e6:>9.1f}{each / ours_s:>9.1f}")


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        # One core for all of them, the child processes included.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    made = frames()
    data = b"".join(made)
    scanner = Scanner()
    told, ours_s = timed(lambda each: ours(scanner, each), data, RUNS)
    plain_told, plain_s = timed(plain, data, RUNS)
    node: dict[str, tuple[Told, float]] = {
        name: ((each["frames"], each["readings"], each["sum"]), statistics.median(each["seconds"]))
        for name, each in (on_node(NODE_PROGRAM, data, RUNS) or {}).items()
    }
    agreed(told, {"plain": plain_told, **{name: each[0] for name, each in node.items()}})
    peers = {"stand-in: Node.js, split + table CRC": node["split"][1]} if node else {}
    theirs = brought("DISTRICT_HJ212_PEER", made)
    if theirs is not None:
        peers[os.environ["DISTRICT_HJ212_PEER"]] = theirs
    seconds = {f"ours ({scanner.engine})": ours_s, "plain Python": plain_s, **peers}
    if node:
        seconds["for the reader: Node.js byte scanner"] = node["bytes"][1]
    size, values = len(data) / len(made), told[1] / len(made)
    print(f"HJ 212：{len(made)} 帧，平均 {size:.0f} 字节、{values:.1f} 个值；单核，{RUNS} 次取中位数")
    table(seconds, len(made), len(data), ours_s)
    ratios = {"ours_vs_plain": round(plain_s / ours_s, 2)}
    figures: dict[str, Any] = {f"{name}, frames/s": round(len(made) / each) for name, each in seconds.items()}
    if peers:
        peer = min(peers, key=lambda name: peers[name])
        ratios["ours_vs_peer"] = round(peers[peer] / ours_s, 2)
        figures["peer"] = peer
    print(json.dumps({"bench": "hj212", "ratios": ratios, "figures": figures}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
