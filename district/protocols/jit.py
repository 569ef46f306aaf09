"""How the hot loops of a protocol are compiled, and where the machine code is kept."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

SETTINGS = {
    "nogil": True,
    "boundscheck": False,
    "forceinline": True,
    # Nothing there makes or keeps an array: without counting references it runs ten times as fast.
    "_nrt": False,
}


def compiler(package: Path) -> Callable[[Any], Any]:
    """numba's njit for the functions of a protocol's folder, kept on disk where that can be written."""
    folder = folder_of(package)

    def compiled(function: Any) -> Any:
        typed: Any = numba
        before = typed.config.CACHE_DIR
        typed.config.CACHE_DIR = folder or before
        try:
            return typed.njit(cache=bool(folder), **SETTINGS)(function)
        finally:
            typed.config.CACHE_DIR = before

    return compiled


def _digest(package: Path) -> str:
    """Changes with every source and table: numba itself notices a change in a function's own file only."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted([*package.glob("*.py"), *package.glob("compiled/*.py"), *package.glob("tables/*.csv")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def folder_of(package: Path) -> str:
    """The first place that can be written; empty when there is none, and the code is compiled at every start."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for root in [Path(chosen)] if chosen else [package / "__pycache__", users / "district"]:
        folder = root / f"{package.name}-{_digest(package)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            _drop_stale(folder, package.name)
            return str(folder)
    return ""


def _drop_stale(folder: Path, name: str) -> None:
    for sibling in folder.parent.glob(f"{name}-*"):
        if sibling != folder:
            shutil.rmtree(sibling, ignore_errors=True)
