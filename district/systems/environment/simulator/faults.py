"""What goes wrong by the script of `fleet.json`, and when.

In the world: `over_limit` (treatment fails: more is really emitted). In the instrument: `constant`, `zero`, `spike`,
`missing`, `fault`, `absurd_value`, `illogical` (after treatment above before), `below_outlet` (the inlet reads too low).
On the line: `offline`, `bad_crc`, `resend`, `absurd_time`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from district.systems.environment.simulator.chance import Column
from district.systems.environment.simulator.fleet import Fault

WORLD = frozenset({"over_limit"})
INSTRUMENT = frozenset(
    {"constant", "zero", "spike", "missing", "fault", "absurd_value", "illogical", "below_outlet"})
LINE = frozenset({"offline", "bad_crc", "resend", "absurd_time"})
KINDS = WORLD | INSTRUMENT | LINE


def begun_at(fault: Fault, hours: Column) -> Column:
    """When the occurrence that holds each of `hours` began, in hours since 1970; NaN outside of all occurrences."""
    hours = np.asarray(hours, dtype=float)
    since = (hours - 24 * fault.on_day - fault.from_hour) % (24 * fault.every_days)
    return np.where(since < fault.hours, hours - since, np.nan)


def is_active(fault: Fault, hours: Column | float) -> NDArray[np.bool_]:
    return np.isfinite(begun_at(fault, np.atleast_1d(np.asarray(hours, dtype=float))))


def active(faults: Iterable[Fault], kind: str, hours: float) -> Fault | None:
    """The fault of that kind which is on at the moment, if any."""
    return next((one for one in faults if one.kind == kind and is_active(one, hours)[0]), None)


def touches(fault: Fault, item: str) -> bool:
    """Whether a fault concerns an item; converted values (`zs:`) go with their item."""
    return not fault.items or item.removeprefix("zs:") in fault.items
