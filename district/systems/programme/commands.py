"""Verbs of the command line, each of its sub-feature."""

from __future__ import annotations

from collections.abc import Callable

from .projects.commands import draw

COMMANDS: dict[str, Callable[[list[str]], int]] = {"draw": draw}
