from __future__ import annotations

import pytest
from django.test import Client

from district.kernel.places.geo import distance_m
from district.systems.governance.grid.queries.nearby import MOST_OF_A_KIND, REACH_M, help_near
from district.systems.governance.models import CellDuty, GridCell, KeyPlace, Post
from district.testing.people import account

from .conftest import SOUTH, WEST

pytestmark = pytest.mark.django_db


def place(number: int, lon: float, lat: float) -> Post:
    return Post.objects.create(
        code=f"P{number}", name=f"岗点{number}", kind="checkpoint", lon=lon, lat=lat, division_code="370306001"
    )


def test_the_nearest_come_first_as_a_walk_over_all_of_them_finds(cell: GridCell):
    here = (WEST + 0.001, SOUTH + 0.001)
    posts = [place(n, here[0] + n * 0.0021, here[1] - n * 0.0007) for n in range(12)]
    KeyPlace.objects.create(code="K1", name="学校", kind="school", lon=here[0], lat=here[1] + 0.02, division_code="370306001")
    worker = account("governance.grid_worker")
    CellDuty.objects.create(cell_code=cell.code, account=worker, is_lead=True)
    found = help_near(*here, account("governance.officer"))
    walked = sorted((distance_m(*here, one.lon, one.lat), one.name) for one in posts)
    assert [each.name for each in found.near] == [name for metres, name in walked if metres <= REACH_M][:MOST_OF_A_KIND]
    assert found.cell.code == cell.code
    assert [duty.account for duty in found.workers] == [worker]


def test_pages_a_reader_may_not_open_are_not_linked(cell: GridCell):
    place(1, WEST, SOUTH)
    assert [bool(each.url) for each in help_near(WEST, SOUTH, account("governance.officer")).near] == [True]
    assert [bool(each.url) for each in help_near(WEST, SOUTH, account("governance.clerk")).near] == [False]
    assert Client().get("/governance/protection/").status_code in (302, 401)
