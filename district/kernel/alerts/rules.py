"""What a rule is, and which parameters each kind takes. Pure: no Django, so that the gateway can load it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum
from typing import Any

from district.kernel.alerts.expressions import Expression, ExpressionError


class Kind(StrEnum):
    """What a rule looks for."""

    LIMIT = "limit"
    RATE = "rate"
    CONSTANT = "constant"
    ZERO = "zero"
    MISSING = "missing"
    OFFLINE = "offline"
    EXPRESSION = "expression"


class Severity(IntEnum):
    """How grave an alarm is: 提示, 一般, 较重, 严重."""

    NOTE = 1
    MINOR = 2
    MAJOR = 3
    CRITICAL = 4


class RuleError(ValueError):
    """A rule that cannot work: names the parameter, its value and what is allowed."""


@dataclass(frozen=True)
class Parameters:
    """Numbers and texts of a rule; each kind uses some of them. Times are seconds.

    limit       `above`, `below`: one or both; an open alarm clears only `hysteresis` inside the limit
    rate        `sigmas` standard deviations (not below `floor`) from the mean of the last `window` readings,
                or `step` from the reading before
    constant    within `tolerance` of the first equal reading
    zero        within `tolerance` of 0
    missing     no reading for a time later than `silent_s` ago
    offline     nothing heard from the device for `silent_s`
    expression  `expression` over the names of the inputs, evaluated when all have a reading of the same time
                (give or take `align_s`)

    Every kind but missing and offline: bad for `for_count` readings in a row and for `for_s`; clear after
    `clear_count` good ones. `parent`: the id of a rule whose open alarm on the same device silences this one.
    """

    above: float | None = None
    below: float | None = None
    hysteresis: float = 0.0
    sigmas: float | None = None
    floor: float = 0.0
    window: int = 24
    step: float | None = None
    tolerance: float = 0.0
    silent_s: float = 0.0
    expression: str = ""
    align_s: float = 0.0
    for_count: int = 1
    for_s: float = 0.0
    clear_count: int = 1
    parent: int | None = None


USED: dict[Kind, frozenset[str]] = {
    Kind.LIMIT: frozenset({"above", "below", "hysteresis"}),
    Kind.RATE: frozenset({"sigmas", "floor", "window", "step"}),
    Kind.CONSTANT: frozenset({"tolerance"}),
    Kind.ZERO: frozenset({"tolerance"}),
    Kind.MISSING: frozenset({"silent_s"}),
    Kind.OFFLINE: frozenset({"silent_s"}),
    Kind.EXPRESSION: frozenset({"expression", "align_s"}),
}
DELAYS = frozenset({"for_count", "for_s", "clear_count"})
SILENCES = frozenset({Kind.MISSING, Kind.OFFLINE})


@dataclass(frozen=True)
class Binding:
    """A rule applied to one thing: the series it reads, the device they belong to, and words for people.

    `inputs` maps names in an expression to series; other kinds read `series_id`. For offline, `series_id`
    is None. `key` is the same for the same rule and thing, for ever: an alarm is known by it.
    """

    rule_id: int
    kind: Kind
    severity: int
    parameters: Parameters
    device_id: int
    series_id: int | None = None
    inputs: tuple[tuple[str, int], ...] = ()
    subject: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        thing = f"device:{self.device_id}" if self.series_id is None else f"series:{self.series_id}"
        return f"rule:{self.rule_id}/{thing}"

    @property
    def series(self) -> tuple[int, ...]:
        """Every series whose readings matter to this binding."""
        if self.inputs:
            return tuple(series for _, series in self.inputs)
        return () if self.series_id is None else (self.series_id,)


def checked(kind: str, raw: Mapping[str, Any]) -> Parameters:
    """Parameters from JSON. Raises RuleError for an unknown kind, a parameter it does not take, or a bad value."""
    try:
        kind = Kind(kind)
    except ValueError as error:
        raise RuleError(f"kind: {kind!r}，可用 {', '.join(Kind)}") from error
    delays = {"parent"} if kind in SILENCES else DELAYS | {"parent"}
    for name in raw:
        if name not in USED[kind] | delays:
            raise RuleError(f"{name}: {kind} 规则没有这个参数 (not a parameter of {kind})")
    parameters = Parameters(**{field.name: _number(field, raw[field.name]) for field in fields(Parameters)
                               if field.name in raw and raw[field.name] is not None})
    _complete(kind, parameters)
    return parameters


def _number(field: Any, value: Any) -> Any:
    if field.name == "expression":
        if not isinstance(value, str):
            raise RuleError(f"expression: {value!r} 不是文本 (not a text)")
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise RuleError(f"{field.name}: {value!r} 不是有限的数 (not a finite number)")
    if "int" in str(field.type) and value != int(value):
        raise RuleError(f"{field.name}: {value!r} 不是整数 (not a whole number)")
    if value < 0 and field.name not in ("above", "below"):
        raise RuleError(f"{field.name}: {value!r} 不能为负 (must not be negative)")
    return int(value) if "int" in str(field.type) else float(value)


def _complete(kind: Kind, given: Parameters) -> None:
    """The rules between parameters of one kind."""
    wrong = ""
    if given.for_count < 1 or given.clear_count < 1:
        wrong = "for_count、clear_count: 至少为 1 (at least 1)"
    elif kind is Kind.LIMIT:
        wrong = _wrong_limit(given)
    elif kind is Kind.RATE and not given.sigmas and not given.step:
        wrong = "sigmas、step: 至少给出一个 (one of them is needed)"
    elif kind is Kind.RATE and given.window < 4:
        wrong = f"window: {given.window}，至少为 4 (at least 4)"
    elif kind is Kind.CONSTANT and given.for_count < 2:
        wrong = f"for_count: {given.for_count}，恒值至少 2 个读数 (constant needs two readings or more)"
    elif kind in SILENCES and given.silent_s <= 0:
        wrong = "silent_s: 必须大于 0 (must be positive)"
    if wrong:
        raise RuleError(wrong)
    if kind is Kind.EXPRESSION:
        try:
            Expression(given.expression)
        except ExpressionError as error:
            raise RuleError(f"expression: {error}") from error


def _wrong_limit(given: Parameters) -> str:
    if given.above is None and given.below is None:
        return "above、below: 至少给出一个 (one of them is needed)"
    if given.above is not None and given.below is not None:
        if given.below >= given.above:
            return f"below: {given.below} 必须小于 above {given.above} (must be less than above)"
        if given.below + given.hysteresis >= given.above - given.hysteresis:
            return f"hysteresis: {given.hysteresis} 使上下限之间没有正常值 (leaves no good value between the limits)"
    return ""
