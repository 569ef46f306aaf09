from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Incoming:
    """A message as it came. `identity`: what the broker tells it by, empty where it has none; `is_again`: the broker
    says it has sent it before."""

    topic: str
    payload: bytes
    identity: str = ""
    is_again: bool = False
