"""Verbs of the command line, each of its sub-feature."""

from __future__ import annotations

from collections.abc import Callable

from .indicators.commands import recompute_command
from .projects.commands import draw

COMMANDS: dict[str, Callable[[list[str]], int]] = {"draw": draw, "recompute": recompute_command}
