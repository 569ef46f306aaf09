"""`district replay transit FEED.zip --learn DAY.csv … --judge DAY.csv`: recorded days through the terminals' door."""

from __future__ import annotations

import sys
from collections.abc import Callable


def replay(arguments: list[str]) -> int:
    """The first argument names the system, as of `simulate` and `score`."""
    from .recorded.command_line import replay as replayed

    if arguments[:1] != ["transit"]:
        print("用法：district replay transit FEED.zip --learn DAY.csv … --judge DAY.csv", file=sys.stderr)
        return 2
    return replayed(arguments[1:])


COMMANDS: dict[str, Callable[[list[str]], int]] = {"replay": replay}
