"""Which cases a new report may be of: those near in place and time that are still open."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from district.kernel.cases.models import Case

from ..reading.duplicates import FARTHEST_M, LONGEST_HOURS, METRES_PER_DEGREE, Pair, Reported, pairs
from .reader import district_reader
from .routing import SYSTEM

MOST_COMPARED = 200
NEW = ""


@dataclass(frozen=True)
class LikelyDouble:
    case: Case
    pair: Pair

    @property
    def reasons(self) -> str:
        return "，".join(self.pair.reasons)


def likely_doubles(
    text: str,
    lon: float | None,
    lat: float | None,
    at: datetime,
    but: int | None = None,
    at_least: float = 0.5,
) -> list[LikelyDouble]:
    """The surest first. Confidential cases are never shown."""
    if lon is None or lat is None or not text.strip():
        return []
    near = list(_near(lon, lat, at, but))
    if not near:
        return []
    reported = Reported(
        ids=[*(case.number for case in near), NEW],
        texts=[*(case.text or case.title for case in near), text],
        lon=np.array([*(case.lon for case in near), lon], float),
        lat=np.array([*(case.lat for case in near), lat], float),
        at_s=np.array([*(case.opened_at.timestamp() for case in near), at.timestamp()]),
    )
    cases = {case.number: case for case in near}
    found = [
        pair for pair in pairs(reported, district_reader(), at_least) if NEW in (pair.earlier, pair.later)
    ]
    return [LikelyDouble(cases[pair.earlier or pair.later], pair) for pair in found]


def _near(lon: float, lat: float, at: datetime, but: int | None) -> list[Case]:
    high = FARTHEST_M / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    rows = Case.objects.filter(
        system=SYSTEM, state__in=("open", "suspended"), is_confidential=False,
        lon__range=(lon - wide, lon + wide), lat__range=(lat - high, lat + high),
        opened_at__range=(at - timedelta(hours=LONGEST_HOURS), at + timedelta(hours=1)),
    )  # fmt: skip
    return list(rows.exclude(pk=but or 0).order_by("-opened_at")[:MOST_COMPARED])
