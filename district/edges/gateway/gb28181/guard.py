"""Who may knock: nonces used once, wrong passwords counted, messages per source bounded. All memory is bounded."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

from district.edges.gateway.gb28181.settings import SipSettings

MOST_SOURCES = 50_000


class NonceState(StrEnum):
    GOOD = "good"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"


class Nonces:
    """Random, of short life, good for one registration. The oldest are forgotten when there are too many."""

    def __init__(self, settings: SipSettings) -> None:
        self._life_s = settings.nonce_s
        self._most = settings.nonces
        self._made: OrderedDict[str, tuple[float, bool]] = OrderedDict()

    def issue(self, now_s: float) -> str:
        nonce = secrets.token_hex(16)
        self._made[nonce] = (now_s, False)
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        return nonce

    def state(self, nonce: str, now_s: float) -> NonceState:
        made_s, is_used = self._made.get(nonce, (None, False))
        if made_s is None:
            return NonceState.UNKNOWN
        if is_used:
            return NonceState.USED
        return NonceState.EXPIRED if now_s - made_s > self._life_s else NonceState.GOOD

    def spend(self, nonce: str) -> None:
        """It has let somebody in, or been tried with a wrong password: never again."""
        if nonce in self._made:
            self._made[nonce] = (self._made[nonce][0], True)


@dataclass(slots=True)
class _Failures:
    count: int = 0
    since_s: float = 0.0
    locked_until_s: float = 0.0


class Lockout:
    """Counts wrong passwords per (address, device) and per address."""

    def __init__(self, settings: SipSettings) -> None:
        self._settings = settings
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()

    def is_locked(self, host: str, device: str, now_s: float) -> bool:
        return any(
            (known := self._failures.get(key)) is not None and known.locked_until_s > now_s
            for key in ((host, ""), (host, device))
        )

    def failed(self, host: str, device: str, now_s: float) -> bool:
        """Whether this failure has shut the door."""
        limits = self._settings
        pairs = (((host, ""), limits.wrong_per_source), ((host, device), limits.wrong_per_device))
        return any([self._count(key, most, now_s) for key, most in pairs])

    def _count(self, key: tuple[str, str], most: int, now_s: float) -> bool:
        known = self._failures.pop(key, None) or _Failures(since_s=now_s)
        if now_s - known.since_s > self._settings.lockout_s:
            known = _Failures(since_s=now_s)
        self._failures[key] = known  # the newest stands last
        known.count += 1
        while len(self._failures) > MOST_SOURCES:
            self._failures.popitem(last=False)
        if known.count >= most:
            known.locked_until_s, known.count, known.since_s = now_s + self._settings.lockout_s, 0, now_s
            return True
        return False

    def succeeded(self, host: str, device: str) -> None:
        self._failures.pop((host, device), None)


class Pace:
    """Messages per source: `allows` is False for one that comes too fast."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s, self._burst = per_s, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, host: str, now_s: float) -> bool:
        left, at_s = self._left.pop(host, (self._burst, now_s))
        left = min(self._burst, left + (now_s - at_s) * self._per_s)
        is_allowed = left >= 1.0
        self._left[host] = (left - 1.0 if is_allowed else left, now_s)
        while len(self._left) > MOST_SOURCES:
            self._left.popitem(last=False)
        return is_allowed
