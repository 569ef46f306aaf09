from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from shapely.geometry import shape

from district.kernel.clock import now
from district.kernel.places.geo import area_m2
from district.systems.governance.grid.actions.cells import (
    draw_cell,
    end_cell,
    merge_cells,
    redraw_cell,
    split_cell,
)
from district.systems.governance.grid.actions.rosters import assign_worker, book_shift
from district.systems.governance.grid.queries.cells import (
    cell_at,
    cell_codes_at,
    cells_at,
    history_of,
    workers_of,
)
from district.systems.governance.grid.refused import Refused
from district.systems.governance.models import GridCell, Shift
from district.testing.people import account

from .conftest import SIDE, SOUTH, VILLAGE, WEST, square

pytestmark = pytest.mark.django_db
MIDDLE = (WEST + SIDE / 2, SOUTH + SIDE / 2)
ACROSS = {"type": "LineString", "coordinates": [
    [WEST + SIDE / 4, SOUTH - SIDE], [WEST + SIDE / 4, SOUTH + 2 * SIDE]]}  # fmt: skip


def test_the_first_cell_of_a_village_has_its_code_and_serial_one(cell: GridCell):
    assert cell.code == VILLAGE + "001"


def test_the_past_is_answered_with_the_cells_of_the_past(cell: GridCell):
    before = now()

    parts = split_cell(cell.code, ACROSS, None, "拆分")

    assert cell_at(*MIDDLE, before).code == cell.code
    assert cell_at(*MIDDLE).code == parts[0].code
    assert cell_at(*MIDDLE, before - timedelta(days=30)) is None
    assert [one.code for one in cells_at()] == sorted(part.code for part in parts)
    assert {part.code[12:] for part in parts} == {"002", "003"}
    assert all(list(part.parents.all()) == [cell] for part in parts)


def test_split_parts_fill_the_old_cell(cell: GridCell):
    parts = split_cell(cell.code, ACROSS, None, "拆分")

    assert sum(part.area_m2 for part in parts) == pytest.approx(cell.area_m2, rel=1e-3)


def test_merged_cells_become_one_with_both_as_parents(cell: GridCell):
    parts = split_cell(cell.code, ACROSS, None, "拆分")

    whole = merge_cells([part.code for part in parts], "合并网格", None, "合并")

    assert whole.code == VILLAGE + "004"
    assert set(whole.parents.all()) == set(parts)
    assert area_m2(shape(whole.polygon).symmetric_difference(shape(cell.polygon))) < 0.001 * cell.area_m2


def test_redrawing_keeps_the_code_and_the_old_shape(cell: GridCell):
    before = now()
    redraw_cell(cell.code, square(width=0.5), None, "缩小")

    assert [one.valid_to is None for one in history_of(cell.code)] == [True, False]
    assert cell_at(WEST + SIDE * 0.8, SOUTH + SIDE / 2) is None
    assert cell_at(WEST + SIDE * 0.8, SOUTH + SIDE / 2, before).code == cell.code


def test_a_cell_over_another_is_refused_and_named(cell: GridCell):
    with pytest.raises(Refused, match=cell.code) as refusal:
        draw_cell(division_code=VILLAGE, name="重叠", polygon=square(width=1.5))

    assert refusal.value.code == "overlaps"
    trimmed = draw_cell(division_code=VILLAGE, name="修剪", polygon=square(width=1.5), trim=True)
    assert trimmed.area_m2 == pytest.approx(cell.area_m2 / 2, rel=0.01)


def test_the_ground_of_an_ended_cell_is_free(cell: GridCell):
    end_cell(cell.code)

    assert cell_at(*MIDDLE) is None
    assert draw_cell(division_code=VILLAGE, name="新", polygon=square()).code == VILLAGE + "002"


def test_the_database_itself_keeps_a_code_from_being_valid_twice(cell: GridCell):
    copy = GridCell(
        **{field.name: getattr(cell, field.name) for field in cell._meta.fields if field.name != "id"}
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_many_positions_are_answered_at_once(cell: GridCell):
    assert cell_codes_at([MIDDLE[0], 117.0], [MIDDLE[1], 36.0]) == [cell.code, None]


def test_the_worker_goes_on_with_the_parts_and_one_lead_stays_one(cell: GridCell):
    worker = account("governance.grid_worker")
    assign_worker(cell.code, worker, is_lead=True, at=now() - timedelta(hours=1))
    with pytest.raises(Refused, match="已有网格长"):
        assign_worker(cell.code, account("governance.grid_worker"), is_lead=True)

    parts = split_cell(cell.code, ACROSS, None, "拆分")

    assert [duty.account for part in parts for duty in workers_of(part.code)] == [worker, worker]
    assert workers_of(cell.code) == []
    whole = merge_cells([part.code for part in parts], "合并", None, "合并")
    assert [(duty.account, duty.is_lead) for duty in workers_of(whole.code)] == [(worker, True)]


def test_only_a_grid_worker_is_put_in_charge_of_a_cell(cell: GridCell):
    with pytest.raises(Refused) as refusal:
        assign_worker(cell.code, account("governance.reader"))

    assert refusal.value.code == "no_grid_worker"


def test_nobody_is_booked_twice_at_one_time_not_even_past_the_form(cell: GridCell):
    worker, at = account("governance.grid_worker"), now()
    booked = book_shift(worker, at, at + timedelta(hours=4), cell_code=cell.code)
    with pytest.raises(Refused, match="已有班次"):
        book_shift(worker, at + timedelta(hours=3), at + timedelta(hours=6), cell_code=cell.code)

    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(
            account=worker, cell_code=cell.code, starts_at=at, ends_at=at + timedelta(minutes=1)
        )

    assert book_shift(worker, booked.ends_at, booked.ends_at + timedelta(hours=1), cell_code=cell.code)
    assert book_shift(account("governance.grid_worker"), at, booked.ends_at, cell_code=cell.code)
