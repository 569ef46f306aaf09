"""The rules, in memory, beside the stream of readings. Pure: no Django, no I/O, no clock.

Most readings are good and belong to series with simple rules. For those nothing happens but a few numpy
operations on the whole batch; a reading is looked at by itself only when it leaves the band in which no rule of
its series can be bad, or when its series has a rule with a memory, or an alarm that is open or on its way.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from district.kernel.alerts.conditions import Condition, condition_of
from district.kernel.alerts.rules import SILENCES, Binding, Kind
from district.kernel.alerts.transitions import Change, Transition, message_of
from district.kernel.devices.marks import EXCLUDED

UPDATE_EVERY_S = 60.0
"""An open alarm's count and value are written at most this often."""

OLDEST_S = 3 * 86400.0
"""Readings older than this are history sent later; they raise no alarm today."""

READING_KINDS_WITH_MEMORY = frozenset({Kind.RATE, Kind.CONSTANT, Kind.EXPRESSION})


@dataclass(frozen=True)
class Window:
    """A time in which a device (or all, with None) is worked on and raises no alarms. Unix seconds."""

    device_id: int | None
    start: float
    end: float
    rule_id: int | None = None

    def covers(self, binding: Binding, at: float) -> bool:
        return (
            self.start <= at < self.end
            and self.device_id in (None, binding.device_id)
            and self.rule_id in (None, binding.rule_id)
        )


@dataclass(frozen=True)
class OpenAlarm:
    """As much of an open alarm as the engine needs to go on after a restart."""

    key: str
    since: float
    count: int
    value: float | None
    peak: float | None


class _Watch:
    """One binding with where it stands."""

    __slots__ = (
        "bad_count", "bad_since", "binding", "condition", "good_count", "is_open", "last_at", "peak", "updated_at",
        "value",
    )

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self.condition: Condition | None = None if binding.kind in SILENCES else condition_of(binding)
        self.is_open = False
        self.bad_count = self.good_count = 0
        self.bad_since = self.last_at = self.updated_at = -math.inf
        self.value: float | None = None
        self.peak: float | None = None

    @property
    def is_idle(self) -> bool:
        return not self.is_open and self.bad_count == 0


class Engine:
    """Feeds readings to rules and answers with what changed. One instance, one thread."""

    def __init__(self, started_at: float, excluded_marks: int = EXCLUDED) -> None:
        """`excluded_marks`: readings with any of these bits are not judged; by default those that do not claim
        to be valid measurements, such as maintenance, calibration and fault (see `devices.marks`).
        """
        self._started_at = started_at
        self._excluded = excluded_marks
        self._watches: dict[str, _Watch] = {}
        self._of_series: dict[int, list[_Watch]] = {}
        self._silent: list[_Watch] = []
        self._open: Counter[tuple[int, int]] = Counter()
        self._windows: tuple[Window, ...] = ()
        self._size = 0
        self._low = self._high = self._reading_at = np.empty(0)
        self._is_busy = np.empty(0, dtype=bool)
        self._device_of = np.empty(0, dtype=np.int64)
        self._device_seen = np.empty(0)
        self.counts: Counter[str] = Counter()
        self.is_fresh = True
        """Until `restore` has told which alarms were open before this engine began."""

    def load(self, bindings: Iterable[Binding], devices: dict[int, int] | None = None) -> list[Transition]:
        """Replaces all rules; one that stays as it was keeps its memory. `devices` maps series to device.

        Returns the clearing of alarms whose rule is gone.
        """
        before, self._watches = self._watches, {}
        for binding in bindings:
            known = before.pop(binding.key, None)
            if known is not None and known.binding == binding:
                self._watches[binding.key] = known
            else:
                self._watches[binding.key] = self._succeeding(known, binding)
        self._index(devices or {})
        gone = [watch for watch in before.values() if watch.is_open]
        return [self._clear(watch, watch.last_at) for watch in gone]

    def watches(self, key: str) -> bool:
        """Whether a rule of now could raise and clear the alarm of that key."""
        return key in self._watches

    def restore(self, alarms: Iterable[OpenAlarm]) -> None:
        """Takes up open alarms after a restart; those that no rule watches any more are left out."""
        self.is_fresh = False
        for alarm in alarms:
            watch = self._watches.get(alarm.key)
            if watch is None:
                continue
            watch.is_open, watch.bad_count, watch.bad_since = True, max(1, alarm.count), alarm.since
            watch.value, watch.peak, watch.updated_at = alarm.value, alarm.peak, alarm.since
            self._open[watch.binding.rule_id, watch.binding.device_id] += 1
            self._is_busy[list(watch.binding.series)] = True

    def reconcile(self, stored: Iterable[OpenAlarm]) -> list[Transition]:
        """What must be written so that the store agrees again, after a write that failed or a person's clearing.

        An alarm that is open here and not there is told again; one that has ended here and not there is cleared.
        """
        there = {alarm.key: alarm for alarm in stored}
        changes = [
            self._transition(Change.UPDATED, watch, max(watch.updated_at, watch.bad_since))
            for key, watch in self._watches.items() if watch.is_open and key not in there
        ]
        for key, alarm in there.items():
            watch = self._watches.get(key)
            if watch is not None and not watch.is_open:
                changes.append(
                    Transition(
                        Change.CLEARED, key, watch.binding, max(watch.last_at, alarm.since), alarm.since, alarm.value,
                        None, alarm.peak, alarm.count, "",
                    )
                )
        return changes

    def suppress(self, windows: Iterable[Window]) -> None:
        """Replaces the times of maintenance."""
        self._windows = tuple(windows)

    def seen_before(self, series_id: int, at: float) -> None:
        """Tells of the latest reading from before this engine began, so that silences are counted from it."""
        if series_id < self._size:
            self._reading_at[series_id] = max(self._reading_at[series_id], at)
            device = self._device_of[series_id]
            self._device_seen[device] = max(self._device_seen[device], at)

    def heard(self, device_id: int, now: float) -> None:
        """A sign of life that is no reading, such as a heartbeat."""
        if device_id < len(self._device_seen):
            self._device_seen[device_id] = max(self._device_seen[device_id], now)

    def feed(
        self, series_id: np.ndarray, at: np.ndarray, value: np.ndarray, mark: np.ndarray, now: float
    ) -> list[Transition]:
        """Judges a batch of readings (columns of equal length; `at` in Unix seconds) that arrived at `now`.

        Readings of series no rule reads, excluded by mark, not a number, or older than three days are left
        out; those not newer than what the rule has seen (resends) too.
        """
        self.counts["fed"] += len(series_id)
        known = series_id < self._size
        if not known.all():
            series_id, at, value, mark = series_id[known], at[known], value[known], mark[known]
        if not len(series_id):
            return []
        np.maximum.at(self._reading_at, series_id, at)
        self._device_seen[self._device_of[series_id]] = now
        outside = (value >= self._high[series_id]) | (value <= self._low[series_id]) | self._is_busy[series_id]
        outside &= (mark & self._excluded) == 0
        outside &= (at > now - OLDEST_S) & np.isfinite(value)
        chosen = np.flatnonzero(outside)
        if not len(chosen):
            return []
        chosen = chosen[np.argsort(at[chosen], kind="stable")]
        self.counts["judged"] += len(chosen)
        changes: list[Transition] = []
        columns = (series_id[chosen].tolist(), at[chosen].tolist(), value[chosen].tolist())
        for series, moment, number in zip(*columns, strict=True):
            for watch in self._of_series.get(series, ()):
                self._judge(watch, series, moment, number, changes)
            self._is_busy[series] = self._must_look(series)
        return changes

    def tick(self, now: float) -> list[Transition]:
        """Looks for silence: series without new readings, devices that are not heard. Call every few seconds."""
        changes: list[Transition] = []
        # Offline before missing, so that a parent speaks first and its children stay silent.
        for watch in self._silent:
            binding = watch.binding
            series, device = binding.series_id, binding.device_id
            since = self._device_seen[device] if series is None else self._reading_at[series]
            since = self._started_at if since == -math.inf else float(since)
            watch.last_at = now
            if now - since > binding.parameters.silent_s:
                self._note_silence(watch, now, since, changes)
            elif watch.is_open:
                changes.append(self._clear(watch, now))
        return changes

    def open_keys(self) -> set[str]:
        return {key for key, watch in self._watches.items() if watch.is_open}

    def _succeeding(self, known: _Watch | None, binding: Binding) -> _Watch:
        """A changed rule starts with an empty memory, but its open alarm stays the same alarm."""
        watch = _Watch(binding)
        if known is not None and known.is_open:
            for name in ("is_open", "bad_count", "bad_since", "last_at", "value", "peak", "updated_at"):
                setattr(watch, name, getattr(known, name))
        return watch

    def _index(self, devices: dict[int, int]) -> None:
        """Rebuilds the columns by series id. What was heard so far is kept."""
        readers: defaultdict[int, list[_Watch]] = defaultdict(list)
        for watch in self._watches.values():
            for series in set(watch.binding.series):
                if watch.condition is not None:
                    readers[series].append(watch)
        self._of_series = dict(readers)
        self._silent = [watch for watch in self._watches.values() if watch.condition is None]
        self._silent.sort(key=lambda watch: watch.binding.kind is not Kind.OFFLINE)
        owners = dict(devices)
        for watch in self._watches.values():
            owners.update({series: watch.binding.device_id for series in watch.binding.series})
        self._resize(owners, {watch.binding.device_id for watch in self._watches.values()})
        for series, watches in self._of_series.items():
            self._low[series], self._high[series] = _band(watches)
            self._is_busy[series] = self._must_look(series)

    def _resize(self, owners: dict[int, int], device_ids: set[int]) -> None:
        size = max(owners, default=-1) + 1
        devices = max({*owners.values(), *device_ids}, default=0) + 1
        reading_at, device_seen = np.full(size, -math.inf), np.full(devices, -math.inf)
        kept = min(size, self._size)
        reading_at[:kept] = self._reading_at[:kept]
        device_seen[: len(self._device_seen)] = self._device_seen[:devices]
        self._size, self._reading_at, self._device_seen = size, reading_at, device_seen
        self._low, self._high = np.full(size, -math.inf), np.full(size, math.inf)
        self._is_busy = np.zeros(size, dtype=bool)
        self._device_of = np.zeros(size, dtype=np.int64)
        if owners:
            self._device_of[np.fromiter(owners, np.int64)] = np.fromiter(owners.values(), np.int64)

    def _must_look(self, series: int) -> bool:
        return any(
            watch.binding.kind in READING_KINDS_WITH_MEMORY or not watch.is_idle for watch in self._of_series[series]
        )

    def _judge(self, watch: _Watch, series: int, at: float, value: float, changes: list[Transition]) -> None:
        if at <= watch.last_at and watch.binding.kind is not Kind.EXPRESSION:
            self.counts["late"] += 1
            return
        watch.last_at = max(watch.last_at, at)
        assert watch.condition is not None
        is_bad = watch.condition.judge(series, at, value, watch.is_open)
        if is_bad is None:
            return
        if is_bad:
            self._note_bad(watch, at, value, changes)
            return
        watch.good_count += 1
        if watch.is_open and watch.good_count >= watch.binding.parameters.clear_count:
            watch.value = value
            changes.append(self._clear(watch, at))
        if not watch.is_open:
            watch.bad_count, watch.peak = 0, None
        if watch.binding.kind is Kind.CONSTANT and not watch.is_open:
            # The reading that differs is the first of the next run.
            watch.bad_count, watch.bad_since, watch.value = 1, at, value

    def _note_bad(self, watch: _Watch, at: float, value: float, changes: list[Transition]) -> None:
        given = watch.binding.parameters
        if watch.bad_count == 0:
            watch.bad_since = at
        watch.bad_count += 1
        watch.good_count = 0
        watch.value = value
        watch.peak = _worse(watch.peak, value, watch.condition.limit if watch.condition else None)
        if watch.is_open:
            if at - watch.updated_at >= UPDATE_EVERY_S:
                watch.updated_at = at
                changes.append(self._transition(Change.UPDATED, watch, at))
        elif watch.bad_count >= given.for_count and at - watch.bad_since >= given.for_s:
            self._raise(watch, at, changes)

    def _note_silence(self, watch: _Watch, now: float, since: float, changes: list[Transition]) -> None:
        if watch.is_open:
            return
        watch.bad_since, watch.bad_count = since, 1
        self._raise(watch, now, changes)
        if not watch.is_open:
            watch.bad_count = 0

    def _raise(self, watch: _Watch, at: float, changes: list[Transition]) -> None:
        if self._is_suppressed(watch.binding, at):
            self.counts["suppressed"] += 1
            return
        watch.is_open, watch.updated_at = True, at
        self._open[watch.binding.rule_id, watch.binding.device_id] += 1
        changes.append(self._transition(Change.RAISED, watch, at))

    def _clear(self, watch: _Watch, at: float) -> Transition:
        told = self._transition(Change.CLEARED, watch, at)
        watch.is_open, watch.bad_count, watch.good_count, watch.peak = False, 0, 0, None
        self._open[watch.binding.rule_id, watch.binding.device_id] -= 1
        return told

    def _is_suppressed(self, binding: Binding, at: float) -> bool:
        parent = binding.parameters.parent
        if parent is not None and self._open[parent, binding.device_id] > 0:
            return True
        return any(window.covers(binding, at) for window in self._windows)

    def _transition(self, change: Change, watch: _Watch, at: float) -> Transition:
        binding, limit = watch.binding, watch.condition.limit if watch.condition else None
        return Transition(
            change, binding.key, binding, at, watch.bad_since, watch.value, limit, watch.peak, watch.bad_count,
            message_of(binding, watch.value, limit, at - watch.bad_since),
        )


def _band(watches: list[_Watch]) -> tuple[float, float]:
    """The open interval of values that no rule without memory can call bad."""
    low, high = -math.inf, math.inf
    for watch in watches:
        given = watch.binding.parameters
        if watch.binding.kind is Kind.LIMIT:
            high = min(high, math.inf if given.above is None else given.above)
            low = max(low, -math.inf if given.below is None else given.below)
        elif watch.binding.kind is Kind.ZERO:
            low = max(low, given.tolerance)
    return low, high


def _worse(peak: float | None, value: float, limit: float | None) -> float:
    """The one of two bad values that is further from the limit."""
    if peak is None or limit is None:
        return value
    return value if abs(value - limit) > abs(peak - limit) else peak
