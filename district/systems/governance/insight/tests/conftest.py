from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from shapely.geometry import box, mapping

from district.kernel.cases.models import Case, ProcedureVersion, VersionState
from district.kernel.cases.numbering import numbers
from district.kernel.clock import CHINA, stopped_at
from district.kernel.places.models import Division

TODAY = date(2026, 11, 26)
BOX = (117.80, 36.75, 117.95, 36.90)
TOWNS = ("370306001", "370306101")


@pytest.fixture
def district(db):
    border = mapping(box(*BOX))
    whole = Division.objects.create(
        code="370306", name="周村区", level="district", lon=117.87, lat=36.8, polygon=border
    )
    for place, code in enumerate(TOWNS):
        west = BOX[0] + 0.075 * place
        town = Division.objects.create(
            code=code, name="甲乙"[place] + "镇", level="town", parent=whole, lon=west + 0.03, lat=36.8,
            polygon=mapping(box(west, BOX[1], west + 0.075, BOX[3])),
        )  # fmt: skip
        Division.objects.create(
            code=code + "001",
            name="甲乙"[place] + "村",
            level="village",
            parent=town,
            lon=west + 0.03,
            lat=36.8,
        )
    return whole


@pytest.fixture
def clock():
    with stopped_at(datetime.combine(TODAY, time(9), CHINA)):
        yield


@pytest.fixture
def history(district, clock) -> list[Case]:
    """200 days of cases of three kinds in two towns, half as many on weekends, with a burst in the last week."""
    version = ProcedureVersion.objects.create(
        system="governance", key="grid_event", number=1, state=VersionState.PUBLISHED, bpmn="", digest="x"
    )
    chance = np.random.default_rng(7)
    made = []
    for back in range(200, 0, -1):
        day = TODAY - timedelta(days=back)
        for _ in range(chance.poisson(4 if day.weekday() < 5 else 2)):
            made.append(_case(chance, version, day, str(chance.choice(["E0102", "E0301", "G03"])), BOX))
        if back <= 5:
            made += [_case(chance, version, day, "G05", (117.86, 36.80, 117.865, 36.805)) for _ in range(5)]
    for case, number in zip(made, numbers("WG", TODAY, len(made), len(made)), strict=True):
        case.number = number
    return Case.objects.bulk_create(made)


def _case(chance: np.random.Generator, version: ProcedureVersion, day: date, kind: str, where: tuple) -> Case:
    at = datetime.combine(day, time(int(chance.integers(7, 20)), int(chance.integers(60))), CHINA)
    lon, lat = chance.uniform(where[0], where[2]), chance.uniform(where[1], where[3])
    closed_at = at + timedelta(hours=float(chance.gamma(2, 30)))
    return Case(
        system="governance", procedure="grid_event", version=version, idempotency_key=f"{day}-{chance.random()}",
        number="", title="案", channel="web", classification=kind, lon=lon, lat=lat, opened_at=at,
        due_at=at + timedelta(days=4), closed_at=closed_at if closed_at.date() < TODAY else None,
        state="closed" if closed_at.date() < TODAY else "open",
        division_code=TOWNS[int(lon > BOX[0] + 0.075)] + "001", reporter_name="张三", reporter_phone="13800000000",
    )  # fmt: skip
