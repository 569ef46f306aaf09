"""How far an incremental reading has come, exactly, where many rows share one value of the cursor. Pure.

Rows are read in the order of the cursor column. The next reading begins a little behind the largest value seen (the
overlap, for rows that were committed late) and at least with all rows that have this very value, as more of them may
have come. Which of the rows in that window have been delivered is remembered by digests, so none is lost and none is
taken twice. Rows that are alike in everything are told apart by counting them.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, deque
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from district.kernel.connectors.refused import Refused

DIGEST_BYTES = 9
MOST_SEEN = 200_000
OVERLAP_S = 600.0
OVERLAP_UNITS = 1_000.0


class Position:
    """Begins with what was saved before, is moved by each row, and can be saved after any."""

    def __init__(
        self, saved: dict[str, Any] | None, overlap: float | None = None, *, remembers: bool = True
    ) -> None:
        """`remembers` False: rows of the window are delivered again, for deliveries in which the key decides."""
        self.overlap = overlap
        self.remembers = remembers
        self.before = decoded(saved.get("value")) if saved else None
        self.value: Any = self.before
        self.seen: frozenset[bytes] = frozenset(_unpacked(saved.get("seen", ""))) if saved else frozenset()
        self.read = int(saved.get("read", 0)) if saved else 0
        self._window: deque[tuple[Any, bytes]] = deque()
        self._alike: Counter[bytes] = Counter()
        self._at: Any = None

    @property
    def start(self) -> Any:
        """Where the query begins (inclusive); None: with the first row."""
        return None if self.before is None else _behind(self.before, self.overlap)

    def take(self, cursor: Any, identity: Sequence[Any]) -> bool:
        """Notes a row, in the order of the query; False when it was delivered before."""
        if cursor != self._at:
            self._at = cursor
            self._alike.clear()
        if self.before is None or cursor > self.before:
            self.value = cursor
        self.read += 1
        if not self.remembers:
            return True
        plain = _digest([cursor, *identity], 0)
        self._alike[plain] += 1
        count = self._alike[plain]
        digest = plain if count == 1 else _digest([cursor, *identity], count)
        self._window.append((cursor, digest))
        self._prune()
        return digest not in self.seen

    def save(self) -> dict[str, Any] | None:
        """JSON; None as long as no row was seen."""
        if self.value is None:
            return None
        digests = {digest for _, digest in self._window}
        if self.value == self.before:
            digests |= self.seen
        saved: dict[str, Any] = {"value": encoded(self.value), "read": self.read}
        if self.remembers:
            saved["seen"] = base64.b64encode(b"".join(sorted(digests))).decode()
        return saved

    def _prune(self) -> None:
        if self.before is None or self.value != self.before:
            edge = _behind(self.value, self.overlap)
            while self._window and self._window[0][0] < edge:
                self._window.popleft()
        if len(self._window) > MOST_SEEN:
            raise Refused(
                "cursor_too_coarse",
                f"增量字段的同一取值（或回看范围内）超过 {MOST_SEEN} 行，请改用更细的增量字段、缩小回看范围，或改为按主键更新",
                field="cursor_item", value=str(self.value)[:80],
            )  # fmt: skip


def _behind(value: Any, overlap: float | None) -> Any:
    """`value` less the overlap. Texts have none."""
    if isinstance(value, datetime):
        return value - timedelta(seconds=OVERLAP_S if overlap is None else overlap)
    if isinstance(value, date):
        return value - timedelta(seconds=86_400 if overlap is None else overlap)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        units = OVERLAP_UNITS if overlap is None else overlap
        return value - Decimal(units) if isinstance(value, Decimal) else value - type(value)(units)
    return value


def _digest(values: Sequence[Any], count: int) -> bytes:
    hashed = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for value in values:
        text = repr(value).encode()
        hashed.update(len(text).to_bytes(4, "big") + text)
    hashed.update(count.to_bytes(4, "big"))
    return hashed.digest()


def _unpacked(text: str) -> list[bytes]:
    raw = base64.b64decode(text)
    return [raw[at : at + DIGEST_BYTES] for at in range(0, len(raw), DIGEST_BYTES)]


_KINDS: dict[str, Any] = {
    "datetime": datetime.fromisoformat, "date": date.fromisoformat, "decimal": Decimal, "integer": int, "number": float,
    "text": str,
}  # fmt: skip


def encoded(value: Any) -> dict[str, str]:
    """A cursor value as JSON that gives the same value back."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    for kind, name in ((Decimal, "decimal"), (int, "integer"), (float, "number"), (str, "text")):
        if isinstance(value, kind) and not isinstance(value, bool):
            return {name: repr(value) if kind is float else str(value)}
    raise Refused(
        "cursor_type", f"增量字段或主键的类型“{type(value).__name__}”不能用来排序", field="cursor_item"
    )


def decoded(saved: dict[str, str] | None) -> Any:
    if not saved:
        return None
    kind, text = next(iter(saved.items()))
    return _KINDS[kind](text)


def newest(saved: Any) -> Any:
    """The largest cursor value of a saved position; None where there is none."""
    return (
        decoded(saved.get("value"))
        if isinstance(saved, dict) and isinstance(saved.get("value"), dict)
        else None
    )
