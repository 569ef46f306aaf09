from datetime import timedelta

import pytest
from shapely.geometry import box, mapping

from district.kernel.clock import now, stopped_at
from district.kernel.places.models import Division
from district.systems.governance.grid.actions.cells import draw_cell

VILLAGE = "370306001001"
WEST, SOUTH, SIDE = 117.85, 36.80, 0.01


def square(column: int = 0, row: int = 0, width: float = 1.0) -> dict:
    """About 0.9 × 1.1 km; squares of neighbouring columns share a border."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    return mapping(box(west, south, west + SIDE * width, south + SIDE))


@pytest.fixture
def village(db):
    district = Division.objects.create(code="370306", name="周村区", level="district", lon=117.87, lat=36.8)
    town = Division.objects.create(
        code="370306001", name="丝绸路街道", level="town", parent=district, lon=117.86, lat=36.81
    )
    return Division.objects.create(
        code=VILLAGE, name="和平社区", level="village", parent=town, lon=117.855, lat=36.805
    )


@pytest.fixture
def cell(village):
    """A cell that has been there for a day."""
    with stopped_at(now() - timedelta(days=1)):
        return draw_cell(division_code=VILLAGE, name="第一网格", polygon=square())
