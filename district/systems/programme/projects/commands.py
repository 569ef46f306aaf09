"""`district draw check FILE`: a published draw, checked without the platform's database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .draw import faults_of, new_secret, sealed

USAGE = "district draw check FILE | district draw seal 见证方"


def draw(arguments: list[str]) -> int:
    """`check`: 0 when the file proves right, 1 with what is wrong. `seal`: a new secret and its seal for a witness."""
    match arguments:
        case ["check", path]:
            return _check(Path(path))
        case ["seal", witness]:
            secret = new_secret()
            print(f"secret {secret}\nseal   {sealed(witness, secret)}")
            return 0
    print(USAGE, file=sys.stderr)
    return 2


def _check(path: Path) -> int:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    wrong = faults_of(told) if isinstance(told, dict) else ["不是公布的抽取记录"]
    print("\n".join(wrong) if wrong else f"一致：{'，'.join(f'{name} {key}' for name, key in told['chosen'])}")
    return 1 if wrong else 0
