"""What trends are reckoned from: when, where, of which kind, in which town. Nothing else is let in, no person above all.

Pure. Days are numbers since 1970-01-01 (China Standard Time where the events are the district's own).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH


def date_of(number: int) -> date:
    return date.fromordinal(int(number) + EPOCH)


@dataclass(frozen=True)
class Happenings:
    """Columns of equal length: `day` (day numbers), `lon`, `lat` (WGS-84, NaN where unknown), `kind`, `town` (codes)."""

    day: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    kind: npt.NDArray[np.str_]
    town: npt.NDArray[np.str_]

    def __post_init__(self) -> None:
        lengths = {name: len(getattr(self, name)) for name in ("day", "lon", "lat", "kind", "town")}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns of different length: {lengths}")

    def __len__(self) -> int:
        return len(self.day)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Happenings:
        return Happenings(
            self.day[chosen], self.lon[chosen], self.lat[chosen], self.kind[chosen], self.town[chosen]
        )

    def between(self, first: int, last: int) -> Happenings:
        """Those of the days `first` to `last`, both included."""
        return self.where((self.day >= first) & (self.day <= last))

    @property
    def placed(self) -> Happenings:
        """Those whose position is known."""
        return self.where(np.isfinite(self.lon) & np.isfinite(self.lat))


def happenings(rows: Sequence[tuple[date, float | None, float | None, str, str]]) -> Happenings:
    """From rows of (day, lon, lat, kind, town)."""
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), (), ()]
    return Happenings(
        np.array([day_number(day) for day in columns[0]], dtype=np.int64),
        np.array([np.nan if lon is None else lon for lon in columns[1]], dtype=float),
        np.array([np.nan if lat is None else lat for lat in columns[2]], dtype=float),
        np.array(columns[3], dtype=np.str_),
        np.array(columns[4], dtype=np.str_),
    )
