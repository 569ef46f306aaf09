"""Is this reading bad? One small class for each kind of rule, with the memory it needs. Pure."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from typing import Protocol

from district.kernel.alerts.expressions import Expression
from district.kernel.alerts.rules import Binding, Kind, Parameters


class Condition(Protocol):
    """`judge` is told each reading in order of time; None means it cannot be judged.

    `limit` is what the reading was compared with, for people to see.
    """

    limit: float | None

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None: ...


class Limit:
    """Above the upper or below the lower limit; an open alarm needs `hysteresis` more to be good again."""

    def __init__(self, parameters: Parameters) -> None:
        self._given = parameters
        self.limit: float | None = parameters.above if parameters.above is not None else parameters.below

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None:
        margin = self._given.hysteresis if is_open else 0.0
        above, below = self._given.above, self._given.below
        if above is not None and value > above - margin:
            self.limit = above
            return True
        if below is not None and value < below + margin:
            self.limit = below
            return True
        return False


class Rate:
    """A jump: many standard deviations from the recent mean, or a large step from the reading before."""

    def __init__(self, parameters: Parameters) -> None:
        self._given = parameters
        self._recent: deque[float] = deque(maxlen=parameters.window)
        self.limit: float | None = None

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None:
        verdict = self._is_jump(value)
        # A jump enters the window too: a new level becomes normal after a while.
        self._recent.append(value)
        return verdict

    def _is_jump(self, value: float) -> bool | None:
        given, recent = self._given, self._recent
        if given.step and recent and abs(value - recent[-1]) > given.step:
            self.limit = recent[-1] + math.copysign(given.step, value - recent[-1])
            return True
        if not given.sigmas:
            return False if recent else None
        if len(recent) < max(4, given.window // 2):
            return None
        mean = math.fsum(recent) / len(recent)
        deviation = math.sqrt(math.fsum((each - mean) ** 2 for each in recent) / (len(recent) - 1))
        reach = given.sigmas * max(deviation, given.floor)
        if abs(value - mean) <= reach or reach == 0.0:
            return False
        self.limit = mean + math.copysign(reach, value - mean)
        return True


class Constant:
    """The same as the reading that began the run. The first reading of a run counts as part of it."""

    def __init__(self, parameters: Parameters) -> None:
        self._tolerance = parameters.tolerance
        self.limit: float | None = None

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None:
        is_same = self.limit is not None and abs(value - self.limit) <= self._tolerance
        if not is_same:
            self.limit = value
        return is_same


class Zero:
    """Within the tolerance of nothing."""

    def __init__(self, parameters: Parameters) -> None:
        self._tolerance = parameters.tolerance
        self.limit: float | None = 0.0

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None:
        return abs(value) <= self._tolerance


class Together:
    """An expression over several series, judged once all have a reading of the same time.

    Each series keeps its own time: the one that arrives second is not late. A resend changes nothing.
    """

    limit: float | None = None

    def __init__(self, binding: Binding) -> None:
        self._expression = Expression(binding.parameters.expression)
        self._align_s = binding.parameters.align_s
        self._names: dict[int, list[str]] = {}
        for name, series in binding.inputs:
            self._names.setdefault(series, []).append(name)
        self.values: dict[str, float] = {}
        self._at: dict[int, float] = {}

    def judge(self, series_id: int, at: float, value: float, is_open: bool) -> bool | None:
        if at <= self._at.get(series_id, -math.inf):
            return None
        self._at[series_id] = at
        for name in self._names[series_id]:
            self.values[name] = value
        if len(self._at) < len(self._names) or max(self._at.values()) - min(self._at.values()) > self._align_s:
            return None
        return self._expression.holds(self.values)


SIMPLE: dict[Kind, Callable[[Parameters], Condition]] = {
    Kind.LIMIT: Limit, Kind.RATE: Rate, Kind.CONSTANT: Constant, Kind.ZERO: Zero,
}


def condition_of(binding: Binding) -> Condition:
    """A fresh condition for a binding that judges readings (not missing, not offline)."""
    if binding.kind is Kind.EXPRESSION:
        return Together(binding)
    return SIMPLE[binding.kind](binding.parameters)
