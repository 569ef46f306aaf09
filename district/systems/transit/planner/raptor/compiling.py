"""The decorator of the inner loops: machine code where numba is, the function itself elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def _decorator() -> Callable[[Any], Any]:
    try:
        from district.protocols.jit import compiler
    except ImportError:
        return lambda function: function
    return compiler(Path(__file__).parent)


inner_loop = _decorator()
