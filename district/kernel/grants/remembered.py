"""What was found at the door, remembered with the mark of the rows it was read from.

Nothing in here is true by itself: `entering` asks the database for the mark at each request, and what bears another one,
or is not found any more, is read anew. So whoever changes a grant, an item, a client need tell nobody.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from district.kernel.grants.row_rules import Rule
from district.kernel.grants.viewers import Viewer

MOST, MOST_TEXTS = 1000, 50
STALE_S = 600.0
"""Marks hold a transaction's number; the server begins anew with those after four thousand millions."""


@dataclass(frozen=True)
class Remembered:
    """`held` is the row of the grant, if there is one; `texts` are the statements a rule has made, by what they ask."""

    viewer: Viewer
    rule: Rule
    resource: SimpleNamespace
    keys: tuple[str, ...]
    held: Mapping[str, Any] | None = None
    mark: str = ""
    at_s: float = field(default_factory=time.monotonic)
    texts: dict[Any, Any] = field(default_factory=dict)

    def text(self, asked: Any, made: Any) -> Any:
        """What `made()` makes, made once."""
        found = self.texts.get(asked)
        if found is None:
            if len(self.texts) >= MOST_TEXTS:
                self.texts.clear()
            found = self.texts[asked] = made()
        return found

    @property
    def rule_mark(self) -> str:
        """Another for another rule."""
        return str(
            self.text("mark", lambda: hashlib.blake2b(repr(self.rule).encode(), digest_size=12).hexdigest())
        )


_kept: dict[tuple[str, str], Remembered] = {}


def recall(token: str, resource: str) -> Remembered | None:
    """By the checksum of the token."""
    found = _kept.get((token, resource))
    return found if found is not None and time.monotonic() - found.at_s < STALE_S else None


def remember(token: str, found: Remembered) -> None:
    if not found.mark:
        return
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[token, found.rule.resource] = found
