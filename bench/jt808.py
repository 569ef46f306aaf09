"""How many JT/T 808 frames (0x0200, 0x0704) a second are decoded on one core, checksum checked: ours beside others; then how
many positions a second the gateway stores and acknowledges, beside bare COPY of the same rows (`_durable_positions`).

`python -m bench.jt808`. Neither PyPI nor npm holds a decoder of JT/T 808 (looked up 2026-11), so the peer is, the fastest
of what is at hand counting:
- `DISTRICT_JT808_PEER=package.module:function`, any decoder you have (called with the bytes of one frame);
- a decoder of our own for Node.js, written as published ones are (split, unescape, Buffer reads): bench/jt808_node.mjs;
- a tuned plain loop in Python (struct, one pass).
All read position and every additional item; who says something else ends the bench.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import struct
import sys
from pathlib import Path
from typing import Any

from bench._decoders import brought, on_node, timed
from bench._durable_positions import durable
from district.protocols.jt808 import V2013, V2019, Header, encode
from district.protocols.jt808.encode import frames_of
from district.protocols.jt808.escape import checksum
from district.protocols.jt808.scanner import READ, Scanner

FRAMES = 60_000
RUNS = 7
CHUNK = 65_536
NODE_PROGRAM = Path(__file__).with_name("jt808_node.mjs")
FIXED = struct.Struct(">IIIIHHH")

Told = tuple[int, int, int, float]
"""Positions, items, sum of the items' first bytes, sum of latitudes: what every decoder must agree on."""


def frames() -> list[bytes]:
    """What a fleet of buses sends: positions with the usual items, every fortieth a batch of five. Always the same."""
    chance = random.Random(808)
    made: list[bytes] = []
    for serial in range(FRAMES):
        version = V2019 if chance.random() < 0.5 else V2013
        phone = f"{13370306000 + chance.randrange(1000):0{20 if version == V2019 else 12}d}"
        header = Header(0x0200, version, phone, serial % 65536, 0, protocol_version=1 if version == V2019 else 0)
        if serial % 40 == 0:
            batch = encode.batch([_place(chance, serial + at) for at in range(5)], 1)
            made += frames_of(Header(0x0704, version, phone, serial % 65536, 0, protocol_version=header.protocol_version), batch)
        else:
            made += frames_of(header, _place(chance, serial))
    return made


def _place(chance: random.Random, second: int) -> bytes:
    items = ((0x01, struct.pack(">I", chance.randrange(10**6))), (0x03, struct.pack(">H", chance.randrange(800))),
             (0x25, bytes(4)), (0x30, bytes([chance.randrange(32)])), (0x31, bytes([chance.randrange(20)])))  # fmt: skip
    return encode.position(
        alarm=0, status=3, latitude=36.7 + chance.random() / 10, longitude=117.8 + chance.random() / 10, altitude=45,
        speed_kmh=chance.randrange(600) / 10, direction=chance.randrange(360),
        time=f"2603{1 + second // 86400 % 28:02d}{second // 3600 % 24:02d}{second // 60 % 60:02d}{second % 60:02d}", items=items,
    )  # fmt: skip


def ours(scanner: Scanner, data: bytes) -> Told:
    """As the gateway does: chunks of a socket's size, what is left over put before the next."""
    places = items = firsts = 0
    total = 0.0
    held = b""
    for start in range(0, len(data), CHUNK):
        chunk = held + data[start : start + CHUNK]
        batch = scanner.scan([chunk])
        held = chunk[int(batch.taken[0]) :]
        assert (batch.column("status") == READ).all()
        places += len(batch.positions.at_s)
        items += len(batch.items.kinds)
        firsts += int(batch.content[batch.items.bytes_at].sum())
        total += float(batch.positions.latitudes.sum())
    return places, items, firsts, total


def plain(data: bytes) -> Told:
    """Split, unescape, check, unpack: one pass, values as they come."""
    places = items = firsts = 0
    total = 0.0
    for part in data.split(b"\x7e"):
        if not part:
            continue
        content = part
        if b"\x7d" in part:
            content = part.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
        if checksum(content):
            continue
        message, attributes = content[0] << 8 | content[1], content[2] << 8 | content[3]
        body = 17 if attributes & 0x4000 else 12
        end = len(content) - 1
        if end - body != attributes & 0x3FF:
            continue
        if message == 0x0200:
            spans = [(body, end)]
        else:
            spans, at = [], body + 3
            while at < end:
                length = content[at] << 8 | content[at + 1]
                spans.append((at + 2, at + 2 + length))
                at += 2 + length
        for begin, stop in spans:
            _alarm, _status, latitude, _longitude, _altitude, _speed, _direction = FIXED.unpack_from(content, begin)
            digits = content[begin + 22 : begin + 28].hex()
            if not digits.isdigit():
                continue
            places += 1
            total += latitude / 1e6
            at = begin + 28
            while at < stop:
                items += 1
                firsts += content[at + 2]
                at += 2 + content[at + 1]
    return places, items, firsts, total


def main() -> int:
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if hasattr(os, "sched_setaffinity"):
        # One core for all of them, the child processes included.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    made = frames()
    data = b"".join(made)
    scanner = Scanner()
    told, ours_s = timed(lambda each: ours(scanner, each), data, RUNS)
    plain_told, plain_s = timed(plain, data, RUNS)
    seconds = {f"ours ({scanner.engine})": ours_s, "plain loop in Python": plain_s}
    answers = {"plain": plain_told}
    node = on_node(NODE_PROGRAM, data, RUNS)
    if node:
        answers["node"] = node["places"], node["items"], node["firsts"], node["sum"]
        seconds["stand-in: Node.js"] = statistics.median(node["seconds"])
    theirs = brought("DISTRICT_JT808_PEER", made)
    if theirs is not None:
        seconds[os.environ["DISTRICT_JT808_PEER"]] = theirs
    for name, other in answers.items():
        if other[:3] != told[:3] or abs(other[3] - told[3]) > 1e-6 * abs(told[3]):
            raise SystemExit(f"{name} 与我们读出的不同（reads differently）: {other} {told}")
    size = len(data) / len(made)
    print(f"JT/T 808：{len(made)} 帧，平均 {size:.0f} 字节，{told[0]} 个位置、{told[1]} 个附加项；单核，{RUNS} 次取中位数")
    print(f"{'':32}{'frames/s':>12}{'MB/s':>9}{'ours ×':>9}")
    for name, each in seconds.items():
        print(f"{name:32}{len(made) / each:>12,.0f}{len(data) / each / 1e6:>9.1f}{each / ours_s:>9.1f}")
    others = {name: each for name, each in seconds.items() if not name.startswith("ours")}
    peer = min(others, key=lambda name: others[name])
    figures: dict[str, Any] = {f"{name}, frames/s": round(len(made) / each) for name, each in seconds.items()} | {"peer": peer}
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    print("\n落库并应答：200 个终端经网关，与单连接裸 COPY 同样的行（durable, acknowledged positions beside bare COPY）")
    stored = durable()
    figures |= {name: round(stored[name]) for name in ("positions_per_s", "copy_rows_per_s")}
    ratios = {"ours_vs_peer": round(others[peer] / ours_s, 2), "ours_vs_plain": round(plain_s / ours_s, 2),
              "durable_vs_copy": round(stored["durable_vs_copy"], 3)}  # fmt: skip
    print(json.dumps({"bench": "jt808", "ratios": ratios, "figures": figures}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
