"""How these functions are compiled, and where the machine code is kept."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import numba

PACKAGE = Path(__file__).resolve().parents[1]


def _digest() -> str:
    """Changes with every source and table: numba itself notices a change in a function's own file only."""
    digest = hashlib.sha256()
    for path in sorted([*PACKAGE.glob("*.py"), *PACKAGE.glob("compiled/*.py"), *PACKAGE.glob("tables/*.csv")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> str:
    """The first place that can be written; empty when there is none, and the code is compiled at every start."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    for root in [Path(chosen)] if chosen else [PACKAGE / "__pycache__", users / "district"]:
        folder = root / f"hj212-{_digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            _drop_stale(folder)
            return str(folder)
    return ""


def _drop_stale(folder: Path) -> None:
    for sibling in folder.parent.glob("hj212-*"):
        if sibling != folder:
            shutil.rmtree(sibling, ignore_errors=True)


FOLDER = _folder()
SETTINGS = {
    "cache": bool(FOLDER),
    "nogil": True,
    "boundscheck": False,
    "forceinline": True,
    # Nothing here makes or keeps an array: without counting references it runs ten times as fast.
    "_nrt": False,
}


def compiled(function: Any) -> Any:
    """numba's njit, kept on disk where that can be written."""
    typed: Any = numba
    before = typed.config.CACHE_DIR
    typed.config.CACHE_DIR = FOLDER or before
    try:
        return typed.njit(**SETTINGS)(function)
    finally:
        typed.config.CACHE_DIR = before
