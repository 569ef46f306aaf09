"""A simulated past of closed cases, so that there are trends to look at: marked as simulated, always the same.

Made once. Kinds and towns differ, weekdays and seasons show, two things are planted in the last
days: a place where litter piles up, and a kind that grows.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
from django.db import transaction

from district.kernel.cases.clocks import Limit, due_at
from district.kernel.cases.models import Case, CaseState
from district.kernel.cases.numbering import counting, numbers
from district.kernel.cases.procedure_versions import current
from district.kernel.cases.statements import sent
from district.kernel.clock import CHINA, today
from district.kernel.places.models import Division, Level

from ..grid.queries.cells import cell_codes_at
from ..manifest import SYSTEM
from .happenings import date_of, day_number
from .queries.events import class_name, off_days

PROCEDURE, PREFIX = "grid_event", "WG"
SEED = 370306
DAYS = 420
KEY = "simulated:"
A_DAY = 14.0
KINDS = {
    "E0102": 5.0, "E0104": 3.0, "E0201": 2.0, "E0301": 2.5, "E0302": 2.0, "E0601": 1.0, "C0101": 1.5, "C0102": 1.0,
    "G01": 1.5, "G03": 2.5, "G05": 2.0, "G06": 3.0, "G09": 1.0,
}  # fmt: skip
PLANTED_DAYS, PLANTED_A_DAY, PLANTED_KIND = 9, 3.0, "E0102"
GROWING_DAYS, GROWING_A_DAY, GROWING_KIND = 8, 4.0, "G05"
LIMIT = Limit("working_days", 5)
CHANNELS = ("grid", "hotline", "citizen")


@transaction.atomic
def seed_history() -> int:
    """Cases of the 420 days before today; returns how many."""
    villages = list(Division.objects.filter(level=Level.VILLAGE).order_by("code"))
    if not villages or Case.objects.filter(system=SYSTEM.name, idempotency_key=f"{KEY}0").exists():
        return 0
    version = current(SYSTEM.name, PROCEDURE)
    chance = np.random.default_rng(SEED)
    first = today() - timedelta(days=DAYS)
    rows = sorted(_rows(chance, villages, first), key=lambda row: row[0])
    codes = cell_codes_at([row[3] for row in rows], [row[4] for row in rows])
    made = []
    for place, (at, kind, village, lon, lat) in enumerate(rows):
        due = due_at(at, LIMIT)
        assert due is not None
        closed_at = at + timedelta(hours=float(chance.gamma(2.0, 26.0)))
        # One that would still be open needs a procedure that runs: those of the last days were dealt with at once.
        closed_at = closed_at if closed_at.date() < today() else at + timedelta(minutes=40)
        made.append(Case(
            system=SYSTEM.name, procedure=PROCEDURE, version=version, idempotency_key=f"{KEY}{place}",
            number="", kind="event", classification=kind, title=f"{village.name}：{class_name(kind)}（模拟）",
            channel=CHANNELS[place % len(CHANNELS)], lon=lon, lat=lat, address=village.name,
            cell_code=codes[place] or "", division_code=village.code, state=CaseState.CLOSED, opened_at=at,
            due_at=due, closed_at=closed_at, outcome="已处置（模拟）", is_simulated=True,
            limit_kind=LIMIT.kind, limit_amount=LIMIT.amount,
        ))  # fmt: skip
    _number(made)
    Case.objects.bulk_create(made, batch_size=1000)
    return len(made)


def _number(cases: list[Case]) -> None:
    by_day: dict[date, list[Case]] = {}
    for case in cases:
        by_day.setdefault(case.opened_at.date(), []).append(case)
    for day, found in by_day.items():
        [[(last,)]] = sent(counting(PREFIX, day, len(found)))
        for case, number in zip(found, numbers(PREFIX, day, last, len(found)), strict=True):
            case.number = number


Row = tuple[datetime, str, Division, float, float]


def _rows(chance: np.random.Generator, villages: list[Division], first: date) -> list[Row]:
    """The moments, kinds and places."""
    busy = chance.gamma(1.2, size=len(villages))
    kinds, shares = list(KINDS), np.array(list(KINDS.values()))
    start = day_number(first)
    free = off_days(start, start + DAYS)
    rows: list[Row] = []
    for number in range(start, start + DAYS):
        season = 1 + 0.25 * np.sin(2 * np.pi * (number % 365) / 365)
        mean = A_DAY * season * (0.6 if number in free else 1.1)
        for _ in range(chance.poisson(mean)):
            village = villages[chance.choice(len(villages), p=busy / busy.sum())]
            kind = kinds[chance.choice(len(kinds), p=shares / shares.sum())]
            rows.append(_row(chance, date_of(number), kind, village, 0.006))
        left = start + DAYS - number
        if left <= PLANTED_DAYS:
            spot = villages[len(villages) // 3]
            rows += [
                _row(chance, date_of(number), PLANTED_KIND, spot, 0.002)
                for _ in range(chance.poisson(PLANTED_A_DAY))
            ]
        if left <= GROWING_DAYS:
            for _ in range(chance.poisson(GROWING_A_DAY)):
                rows.append(
                    _row(
                        chance, date_of(number), GROWING_KIND, villages[chance.integers(len(villages))], 0.006
                    )
                )
    return rows


def _row(chance: np.random.Generator, day: date, kind: str, village: Division, scatter: float) -> Row:
    hour = min(22, max(6, int(chance.normal(13, 3.5))))
    at = datetime.combine(day, time(hour, int(chance.integers(60)), int(chance.integers(60))), CHINA)
    lon, lat = chance.normal(village.lon, scatter), chance.normal(village.lat, scatter)
    return at, kind, village, round(float(lon), 6), round(float(lat), 6)
