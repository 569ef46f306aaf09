"""`district score SYSTEM …`: what a system forecasts, judged by recorded days. Loads no Django."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

from district.kernel.registry import SYSTEMS_PACKAGE


def main(arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    if not name.isidentifier() or find_spec(f"{SYSTEMS_PACKAGE}.{name}") is None or (
        find_spec(f"{SYSTEMS_PACKAGE}.{name}.score") is None
    ):
        print("用法 usage: district score SYSTEM …（如 e.g. transit）", file=sys.stderr)
        return 2
    return int(import_module(f"{SYSTEMS_PACKAGE}.{name}.score").main(arguments[1:]))
