"""The compiled loop of a protocol, or none: frames must be read either way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from typing import Any

log = logging.getLogger(__name__)


def hot_loop(package: str, try_out: Callable[[Any], None]) -> Any:
    """`scan` of `<package>.compiled`, compiled now rather than at the first frame; None, and why in the log, when that fails.

    `try_out` is given the loop and raises when it gives a wrong answer.
    """
    try:
        loop = import_module(f"{package}.compiled").scan
    except ImportError as error:
        log.warning("numba 不可用，改用普通解码（numba is not usable, decoding plainly）: %s", error)
        return None
    try:
        try_out(loop)
    except Exception as error:  # whatever the compiler raises
        log.warning("numba 编译失败，改用普通解码（numba failed, decoding plainly）: %s", error)
        return None
    return loop
