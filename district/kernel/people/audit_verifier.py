"""审计记录导出包的独立校验程序：只用 Python 标准库，不需要平台。

    python verify.py audit.zip                     校验一个导出包
    python verify.py audit.zip --earlier old.zip   并与较早的导出包对照：早先的每一条都还在，且未改
    python verify.py audit.zip --anchors anchors   并与另行保存的锚点文件对照

每条记录的摘要 = SM3(上一条摘要的 32 字节 ‖ 本条内容的规范 JSON)，首条之前为 32 个零字节（GB/T 32905-2016）。
改动、删去、插入任何一条，从该条起摘要就对不上；整链重做，则与早先的导出包或锚点对不上。

Verifies an export of the audit trail with the standard library alone. Exit code 0: whole; 1: broken; 2: unreadable.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

START = "0" * 64
ROWS = "audit.jsonl"
MASK = 0xFFFFFFFF
BEGIN = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _turned(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & MASK


def sm3(message: bytes) -> bytes:
    """GB/T 32905-2016, section 5, written out: slow, but it needs nothing."""
    length = len(message) * 8
    message += b"\x80" + b"\x00" * ((55 - len(message)) % 64) + length.to_bytes(8, "big")
    state = list(BEGIN)
    for at in range(0, len(message), 64):
        state = _folded(state, message[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _folded(state: list[int], block: bytes) -> list[int]:
    words = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turned(words[j - 3], 15)
        words.append(mixed ^ _turned(mixed, 15) ^ _turned(mixed, 23) ^ _turned(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = _turned((_turned(a, 12) + e + _turned(constant, j)) & MASK, 7)
        second = first ^ _turned(a, 12)
        chosen = (a ^ b ^ c) if j < 16 else (a & b) | (a & c) | (b & c)
        other = (e ^ f ^ g) if j < 16 else (e & f) | (~e & MASK & g)
        one = (chosen + d + second + (words[j] ^ words[j + 4])) & MASK
        two = (other + h + first + words[j]) & MASK
        a, b, c, d = one, a, _turned(b, 9), c
        e, f, g, h = two ^ _turned(two, 9) ^ _turned(two, 17), e, _turned(f, 19), g
    return [old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True)]


def digest_function() -> Callable[[bytes], bytes]:
    """The machine's own SM3 where it has one and it agrees with ours; ours otherwise."""
    try:
        if hashlib.new("sm3", b"abc").digest() == sm3(b"abc"):
            return lambda message: hashlib.new("sm3", message).digest()
    except ValueError:
        pass
    return sm3


def canonical(row: dict[str, Any]) -> bytes:
    """The bytes a digest is made over."""
    said = {name: value for name, value in row.items() if name not in ("previous", "digest")}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive, archive.open(ROWS) as file:
        for line in io.TextIOWrapper(file, "utf-8"):
            if line.strip():
                yield json.loads(line)


def problems(path: Path, expected: dict[int, str]) -> tuple[int, str, list[str]]:
    """(rows, head, what is wrong): follows the chain; `expected` are digests known from elsewhere, by row number."""
    digest = digest_function()
    previous, count, wrong = START, 0, []
    left = dict(expected)
    for row in rows_of(path):
        count += 1
        if row["seq"] != count:
            wrong.append(f"第 {count} 条处缺行，下一条是第 {row['seq']} 条 · rows are missing before row {row['seq']}")
            break
        made = digest(bytes.fromhex(previous) + canonical(row)).hex()
        if row["previous"] != previous or row["digest"] != made:
            wrong.append(f"第 {count} 条被改动 · row {count} was altered")
            break
        if left.pop(count, made) != made:
            wrong.append(f"第 {count} 条与早先所记摘要不符，记录链被重做 · row {count} differs from its earlier digest")
            break
        previous = made
    if not wrong and left:
        wrong.append(f"末尾的记录被删去：早先有第 {max(left)} 条 · rows were taken off the end: row {max(left)} existed")
    return count, previous, wrong


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="校验审计记录导出包 · verify an export of the audit trail")
    parser.add_argument("export", type=Path)
    parser.add_argument("--earlier", type=Path, help="较早的导出包 · an earlier export")
    parser.add_argument("--anchors", type=Path, help="锚点文件：每行 序号 摘要 时间 · a file of anchors")
    given = parser.parse_args(arguments)
    try:
        expected = {row["seq"]: row["digest"] for row in rows_of(given.earlier)} if given.earlier else {}
        if given.anchors:
            lines = given.anchors.read_text("utf-8").split("\n")
            expected |= {int(line.split()[0]): line.split()[1] for line in lines if line.strip()}
        count, head, wrong = problems(given.export, expected)
    except (OSError, KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile) as error:
        print(f"不能读取导出包：{error} · the export cannot be read", file=sys.stderr)
        return 2
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    print(f"记录链完整：{count} 条，末条摘要 {head} · the chain is whole: {count} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
