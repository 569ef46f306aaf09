"""Keeps one sender from filling the quarantine: beyond its allowance refusals are counted, with a sample, not copied.

Every (sender, reason) has an allowance of `burst` full copies that grows back by `per_s`. What exceeds it is summed up,
and written as one row with `repeats` at the latest `SUM_UP_S` later. So nothing goes uncounted, and the bytes of the
first and of a recent one are always there to look at.
"""

from __future__ import annotations

from dataclasses import dataclass

from district.edges.gateway.group import Refusal

SUM_UP_S = 10.0
STRANGER = (30.0, 0.5)
DEVICE = (1000.0, 20.0)
"""(burst, per second): what nobody vouches for, and what comes from a device that has proved who it is."""
MOST_SENDERS = 50_000


@dataclass(slots=True)
class _Allowance:
    left: float
    seen_s: float
    extra: int = 0
    sample: Refusal | None = None
    since_s: float = 0.0


class FloodGate:
    def __init__(self) -> None:
        self._allowances: dict[tuple[str, str], _Allowance] = {}

    def admit(self, refusal: Refusal, sender: str, is_device: bool, now_s: float) -> bool:
        """Whether to keep this refusal as it is; if not, it has been counted."""
        burst, per_s = DEVICE if is_device else STRANGER
        allowance = self._allowances.get((sender, refusal.reason))
        if allowance is None:
            if len(self._allowances) >= MOST_SENDERS:
                self._forget_quiet(now_s)
            allowance = self._allowances[sender, refusal.reason] = _Allowance(burst, now_s)
        allowance.left = min(burst, allowance.left + (now_s - allowance.seen_s) * per_s)
        allowance.seen_s = now_s
        if allowance.left >= 1.0:
            allowance.left -= 1.0
            return True
        if not allowance.extra:
            allowance.since_s = now_s
        allowance.extra += 1
        allowance.sample = refusal
        return False

    def sums(self, now_s: float, is_final: bool = False) -> list[Refusal]:
        """The rows that stand for many, for those that have waited long enough (all of them at the end)."""
        due = []
        for allowance in self._allowances.values():
            if allowance.sample is not None and (is_final or now_s - allowance.since_s >= SUM_UP_S):
                allowance.sample.repeats = allowance.extra - 1
                due.append(allowance.sample)
                allowance.extra, allowance.sample = 0, None
        return due

    def has_due(self, now_s: float) -> bool:
        return any(each.sample is not None and now_s - each.since_s >= SUM_UP_S for each in self._allowances.values())

    def _forget_quiet(self, now_s: float) -> None:
        kept = {key: each for key, each in self._allowances.items() if each.sample or now_s - each.seen_s < 60.0}
        # A flood from more addresses than we remember: the oldest lose their allowance's memory, not their rows.
        while len(kept) >= MOST_SENDERS:
            oldest = next((key for key, each in kept.items() if each.sample is None), None)
            if oldest is None:
                break
            del kept[oldest]
        self._allowances = kept
