"""What charts are made of, and how numbers and moments travel to the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import orjson

from district.kernel import clock
from district.kernel.ui.saying import said

_EIGHT_HOURS_MS = 8 * 3_600_000
_DAY_0, _DAY_MS = date(1970, 1, 1).toordinal(), 86_400_000


@dataclass(frozen=True)
class Trace:
    """One line or one set of bars. `band` is `(lower, upper)`: an interval drawn behind the line."""

    name: Any
    values: Sequence[float | None]
    colour: str = ""
    unit: str = ""
    decimals: int | None = None
    axis: int = 0
    area: bool = False
    dashed: bool = False
    band: tuple[Sequence[float | None], Sequence[float | None]] | None = None

    def option(self, kind: str, index: int) -> dict[str, Any]:
        made: dict[str, Any] = {"type": kind, "name": said(self.name),
                                "encode": {"x": "x", "y": f"y{index}", "tooltip": [f"y{index}"]}}
        if self.colour:
            made["itemStyle"] = {"color": self.colour}
        return made


@dataclass(frozen=True)
class Limit:
    """A horizontal line: a limit, a target."""

    name: Any
    value: float
    colour: str = "var(--d-bad)"

    def option(self) -> dict[str, Any]:
        return {"yAxis": self.value, "name": said(self.name), "lineStyle": {"color": self.colour, "type": "dashed"},
                "label": {"formatter": f"{said(self.name)} {self.value:g}", "position": "insideEndTop", "color": self.colour}}


@dataclass(frozen=True)
class Span:
    """A stretch of the axis that is shaded: a stop of operation, a held-back period."""

    start: Any
    end: Any
    text: Any = ""
    colour: str = "var(--tblr-secondary)"

    def option(self, is_time: bool) -> list[dict[str, Any]]:
        start, end = (wall_clock_ms(edge) if is_time else str(edge) for edge in (self.start, self.end))
        style = {"color": self.colour, "opacity": 0.12}
        return [{"xAxis": start, "name": str(self.text), "itemStyle": style}, {"xAxis": end}]


@dataclass(frozen=True)
class DataColumn:
    """One column of a chart's numbers. `kind`: time, category or number."""

    key: str
    title: str
    values: Sequence[Any]
    kind: str
    unit: str = ""
    decimals: int | None = None

    def payload(self) -> dict[str, Any]:
        return {"key": self.key, "title": self.title, "values": self.values, "kind": self.kind, "unit": self.unit,
                "decimals": self.decimals}


def plain(values: Iterable[Any]) -> list[float | None]:
    """Numbers for JSON: NaN and infinity become None, NumPy and Decimal become float."""
    numbers = np.array(values if isinstance(values, Sequence | np.ndarray) else list(values), np.float64)
    is_number = np.isfinite(numbers)
    found: list[float | None] = numbers.tolist()
    for index in np.flatnonzero(~is_number).tolist():
        found[index] = None
    return found


def wall_clock_ms(moment: date) -> int:
    """Milliseconds of the clock on the wall in China, as if it were UTC: all browsers then show the same hour."""
    if not isinstance(moment, datetime):
        return (moment.toordinal() - _DAY_0) * _DAY_MS
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.CHINA)
    return round(moment.timestamp() * 1000) + _EIGHT_HOURS_MS


def json_text(payload: Any) -> str:
    """JSON that may stand inside a script element: no `<`, so no `</script>`."""
    text = orjson.dumps(payload, option=orjson.OPT_SERIALIZE_NUMPY, default=str).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
