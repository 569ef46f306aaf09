"""`district open311-key NAME`: a key for a program that reports by Open311."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from .reports.program_keys import make_key


def open311_key(arguments: list[str]) -> int:
    """Makes a key and shows it this once."""
    parser = argparse.ArgumentParser(
        prog="district open311-key", description="发给程序的 Open311 密钥 · a key for a program"
    )
    parser.add_argument("name", help="程序名称 · name of the program")
    print(make_key(parser.parse_args(arguments).name))
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"open311-key": open311_key}
