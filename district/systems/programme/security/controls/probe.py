"""A probe looks at the platform as it runs and says what it found; it types nothing for anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .door import Door

PASSED, FAILED, UNKNOWN = "passed", "failed", "unknown"


@dataclass(frozen=True)
class Found:
    """`outcome` is passed, failed or unknown; `words` say it to people, `facts` are the numbers behind."""

    outcome: str
    words: str
    facts: dict[str, Any] = field(default_factory=dict)


Probe = Callable[[Door], Found]
PROBES: dict[str, Probe] = {}


def probe(run: Probe) -> Probe:
    """Registers a probe under the name of its function."""
    if run.__name__ in PROBES:
        raise ValueError(f"two probes are called {run.__name__}")
    PROBES[run.__name__] = run
    return run


def judged(is_right: bool, words: str, **facts: Any) -> Found:
    return Found(PASSED if is_right else FAILED, words, facts)


def unknown(words: str, **facts: Any) -> Found:
    return Found(UNKNOWN, words, facts)
