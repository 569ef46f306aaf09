"""A fleet that drives the timetable in force and speaks JT/T 808 into the gateway. Nothing here writes positions.

`main` is the command line of `district simulate transit`.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Loads the rest when it is wanted: the pure parts below serve tests as well."""
    from .command_line import main as command_line

    return command_line(arguments)
