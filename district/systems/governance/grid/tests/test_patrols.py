from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from district.kernel.clock import now, stopped_at
from district.kernel.people.models import AuditEntry
from district.systems.governance.grid.actions.patrols import (
    LONGEST,
    TRACK_TERM_DAYS,
    delete_due_tracks,
    end_forgotten_patrols,
    end_patrol,
    record_points,
    start_patrol,
)
from district.systems.governance.grid.queries.patrols import coverage_of_cells, patrols_visible_to, track_for
from district.systems.governance.grid.refused import Refused
from district.systems.governance.grid.track import Fix, read_gpx, read_points, within_patrol
from district.systems.governance.models import CheckPoint, GridCell, PatrolPlan, TrackPoint
from district.testing.people import account, organisation

from .conftest import SIDE, SOUTH, WEST

pytestmark = pytest.mark.django_db
START = now() - timedelta(hours=1)


@pytest.fixture
def plan(cell: GridCell) -> PatrolPlan:
    made = PatrolPlan.objects.create(name="巡防", division_code="370306001", cell_codes=[cell.code])
    for place, share in enumerate((0.2, 0.8), start=1):
        CheckPoint.objects.create(
            plan=made, place=place, name=f"点{place}", lon=WEST + SIDE * share, lat=SOUTH + SIDE / 2
        )
    return made


@pytest.fixture
def worker():
    return account("governance.grid_worker")


def walk(until: float = 1.0, steps: int = 30) -> list[Fix]:
    """Along the middle of the cell from west to east, a minute a step."""
    return [
        Fix(START + timedelta(minutes=step), WEST + SIDE * until * step / steps, SOUTH + SIDE / 2, 5.0)
        for step in range(steps + 1)
    ]


def test_a_patrol_that_walked_all_its_ground_reached_its_points_and_covered_the_cell(
    plan: PatrolPlan, worker
):
    patrol = start_patrol(plan, worker, START)
    assert record_points(patrol, worker, walk()) == (31, [])

    done = end_patrol(patrol)

    assert len(done.reached["check_points"]) == 2
    assert done.length_m == pytest.approx(890, rel=0.02)
    assert done.coverage is not None
    assert 0 < done.coverage <= 1
    assert coverage_of_cells()[plan.cell_codes[0]].patrols == 1


def test_a_batch_sent_again_after_a_lost_answer_changes_nothing(plan: PatrolPlan, worker):
    patrol = start_patrol(plan, worker, START)
    for _ in range(3):
        record_points(patrol, worker, walk())

    assert patrol.points.count() == 31


def test_a_queue_sent_after_the_end_still_counts(plan: PatrolPlan, worker):
    patrol = end_patrol(start_patrol(plan, worker, START), START + timedelta(minutes=40))
    assert patrol.length_m == 0

    record_points(patrol, worker, walk())

    patrol.refresh_from_db()
    assert patrol.length_m > 800


def test_nothing_before_or_after_the_patrol_is_kept(plan: PatrolPlan, worker):
    patrol = end_patrol(start_patrol(plan, worker, START), START + timedelta(minutes=10))
    off_duty = [
        Fix(START - timedelta(minutes=5), WEST, SOUTH),
        Fix(START + timedelta(minutes=11), WEST, SOUTH),
    ]

    kept, refused = record_points(patrol, worker, off_duty)

    assert kept == 0
    assert {one.code for one in refused} == {"outside_patrol"}


@pytest.mark.parametrize("minutes", [-1, 11])
def test_the_database_itself_refuses_movements_outside_a_patrol(plan: PatrolPlan, worker, minutes: int):
    patrol = end_patrol(start_patrol(plan, worker, START), START + timedelta(minutes=10))

    with pytest.raises(IntegrityError), transaction.atomic():
        TrackPoint.objects.create(patrol=patrol, at=START + timedelta(minutes=minutes), lon=WEST, lat=SOUTH)


def test_a_patrol_nobody_ended_ends_by_itself(plan: PatrolPlan, worker):
    patrol = start_patrol(plan, worker, now() - LONGEST - timedelta(hours=1))
    record_points(patrol, worker, [Fix(now(), WEST, SOUTH)])

    assert end_forgotten_patrols() == 1
    patrol.refresh_from_db()
    assert patrol.ended_at == patrol.started_at + LONGEST
    assert patrol.points.count() == 0


def test_one_person_is_on_one_patrol(plan: PatrolPlan, worker):
    start_patrol(plan, worker)

    with pytest.raises(Refused, match="还没有结束"):
        start_patrol(plan, worker)


def test_only_a_grid_worker_patrols_and_only_for_himself(plan: PatrolPlan, worker):
    with pytest.raises(Refused, match="只有网格员"):
        start_patrol(plan, account("governance.officer"))
    with pytest.raises(Refused, match="自己的"):
        record_points(start_patrol(plan, worker, START), account("governance.grid_worker"), walk())


def test_after_the_term_the_track_is_gone_and_its_sums_stay(plan: PatrolPlan, worker):
    patrol = start_patrol(plan, worker, START)
    record_points(patrol, worker, walk())
    end_patrol(patrol)
    assert delete_due_tracks() == 0

    with stopped_at(now() + timedelta(days=TRACK_TERM_DAYS + 1)):
        assert delete_due_tracks() == 1

    patrol.refresh_from_db()
    assert patrol.points.count() == 0
    assert patrol.length_m > 800
    with pytest.raises(Refused, match="保存期"):
        record_points(patrol, worker, walk())


def test_a_track_is_seen_by_its_own_patrol_and_its_supervisor_and_the_look_is_logged(
    plan: PatrolPlan, worker
):
    patrol = start_patrol(plan, worker, START)
    record_points(patrol, worker, walk())
    officer = account("governance.officer")

    assert len(track_for(patrol, worker, "本人")) == 31
    assert AuditEntry.objects.filter(subject_kind="governance.track").count() == 0
    assert len(track_for(patrol, officer, "检查")) == 31
    look = AuditEntry.objects.get(subject_kind="governance.track")
    assert (look.account, look.subject) == (officer, str(patrol.pk))


def test_nobody_else_sees_a_track(plan: PatrolPlan, worker):
    patrol = start_patrol(plan, worker, START)
    elsewhere = organisation("other_town", division_code="370306002")
    strangers = [
        account(f"governance.{role}") for role in ("clerk", "dispatcher", "handler", "reader", "grid_worker")
    ]
    strangers.append(account("governance.officer", unit=elsewhere, scope="own"))

    for stranger in strangers:
        assert not patrols_visible_to(stranger).exists()
        with pytest.raises(PermissionError):
            track_for(patrol, stranger, "好奇")


def test_a_jump_no_car_can_make_is_not_kept():
    fixes = [Fix(START, WEST, SOUTH), Fix(START + timedelta(seconds=10), WEST + 0.5, SOUTH),
             Fix(START + timedelta(seconds=20), WEST, SOUTH)]  # fmt: skip

    kept, refused = within_patrol(fixes, START, START + timedelta(hours=1))

    assert (len(kept), [one.code for one in refused]) == (2, ["too_fast"])


def test_bad_points_are_named_and_the_rest_is_read():
    good = {"at": "2026-11-01T08:00:00+08:00", "lon": 117.8, "lat": 36.8, "accuracy": 5}

    kept, refused = read_points([good, {"at": "gestern"}, good | {"at": "2026-11-01T08:00:00"}, None])

    assert len(kept) == 1
    assert [one.code for one in refused] == ["bad_point", "no_zone", "bad_point"]


def test_gpx_is_read_and_other_files_are_refused():
    gpx = b"""<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1"><trk><trkseg>
        <trkpt lat="36.8" lon="117.86"><time>2026-11-01T00:00:00Z</time></trkpt></trkseg></trk></gpx>"""

    assert read_gpx(gpx)[0].lon == 117.86
    for wrong in (b"<kml/>", b"x", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'):
        with pytest.raises(ValueError, match="GPX"):
            read_gpx(wrong)


def test_no_table_knows_where_a_person_is_but_the_track_of_a_patrol():
    from django.apps import apps

    for model in apps.get_app_config("governance").get_models():
        fields = {field.name for field in model._meta.get_fields()}
        people = {field.name for field in model._meta.get_fields() if getattr(field, "related_model", None)
                  and field.related_model._meta.label == "people.Account" and field.concrete}  # fmt: skip
        if {"lon", "lat"} <= fields and people:
            # An inspection says where a checklist was filled in, once; it is no movement.
            assert model.__name__ in {"Inspection"}, model.__name__
