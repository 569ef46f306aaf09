"""`district decode PROTOCOL [FILE]`: JSON lines in, one JSON object a line out. Loads neither Django nor a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any


def main(arguments: list[str]) -> int:
    """Decodes the lines of FILE or of standard input. The exit code tells whether the command could run at all."""
    from district.protocols.decoders import DECODERS, decoder

    if len(arguments) not in (1, 2) or arguments[0] not in DECODERS:
        print(f"用法 usage: district decode {{{'|'.join(sorted(DECODERS))}}} [FILE]", file=sys.stderr)
        return 2
    if len(arguments) == 2:
        with open(arguments[1], encoding="utf-8", newline="\n") as file:
            _answer(decoder(arguments[0]), file)
    else:
        _answer(decoder(arguments[0]), sys.stdin)
    return 0


def _answer(decode: Callable[[dict[str, Any]], dict[str, Any]], lines: Iterable[str]) -> None:
    for line in lines:
        if line.strip():
            print(json.dumps(_one(decode, line), ensure_ascii=False), flush=True)


def _one(decode: Callable[[dict[str, Any]], dict[str, Any]], line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        return {"ok": False, "error": "bad_json", "layer": "input", "detail": f"这一行不是 JSON：{error}"}
    if not isinstance(item, dict):
        return {"ok": False, "error": "bad_json", "layer": "input", "detail": "这一行不是 JSON 对象"}
    return decode(item)
