"""Every protocol by name, for `district decode NAME` and whoever else is given a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .gb28181 import decode_line as gb28181
from .hj212 import decode_line as hj212
from .jt808 import decode_line as jt808

Decoder = Callable[[dict[str, Any]], dict[str, Any]]
"""One object with a frame in, one object with its fields or its error out."""

DECODERS: dict[str, Decoder] = {"gb28181": gb28181, "hj212": hj212, "jt808": jt808}


def decoder(name: str) -> Decoder:
    """The decoder of a protocol; KeyError names those there are."""
    if name not in DECODERS:
        raise KeyError(f"没有协议 {name}；有 {' '.join(sorted(DECODERS))}")
    return DECODERS[name]
