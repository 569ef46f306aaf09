import json
from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.clock import now
from district.systems.governance.grid.actions.patrols import start_patrol
from district.systems.governance.grid.checklists import checklist
from district.systems.governance.models import GridCell, Inspection, KeyPlace, Patrol, PatrolPlan, Shift
from district.testing.people import account, organisation

from .conftest import SIDE, SOUTH, VILLAGE, WEST, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client):
    found = account("governance.officer")
    client.force_login(found)
    return found


def lines(polygon: dict) -> str:
    return "\n".join(f"{lon} {lat}" for lon, lat in polygon["coordinates"][0][:-1])


def test_an_officer_draws_a_cell_and_sees_it_on_the_map(client: Client, officer, village):
    given = {"name": "新网格", "division_code": VILLAGE, "kind": "village", "polygon": lines(square())}

    answer = client.post("/governance/grid/draw", given, follow=True)

    assert "新网格" in answer.content.decode()
    features = client.get("/governance/grid/cells.geojson").json()["features"]
    assert [one["properties"]["code"] for one in features] == [VILLAGE + "001"]


def test_a_wrong_line_of_coordinates_is_named(client: Client, officer, village):
    given = {
        "name": "x",
        "division_code": VILLAGE,
        "kind": "village",
        "polygon": "117.8 36.8\n117,9 36\nhier 1",
    }

    assert "第 2 行" in client.post("/governance/grid/draw", given).content.decode()


def test_split_and_merge_from_the_pages_with_their_history(client: Client, officer, cell: GridCell):
    line = f"{WEST + SIDE / 4} {SOUTH - SIDE}\n{WEST + SIDE / 4} {SOUTH + 2 * SIDE}"
    client.post(f"/governance/grid/{cell.code}/split", {"line": line, "reason": "人口增加"})
    left, right = GridCell.objects.filter(valid_to=None)

    client.post(
        f"/governance/grid/{left.code}/merge", {"codes": [right.code], "name": "合并", "reason": "调整"}
    )

    whole = GridCell.objects.get(valid_to=None)
    assert client.get(f"/governance/grid/{whole.code}/").content.decode().count("来自") == 2
    assert "停用" in client.get(f"/governance/grid/{cell.code}/").content.decode()


def test_the_map_shows_the_cells_of_the_day_asked_for(client: Client, officer, cell: GridCell):
    before = (cell.valid_from - timedelta(days=2)).date()

    assert client.get(f"/governance/grid/cells.geojson?on={before}").json()["features"] == []
    assert client.get(f"/governance/grid/?on={before}").status_code == 200


def test_a_town_sees_its_own_cells_only(client: Client, cell: GridCell):
    client.force_login(
        account("governance.officer", unit=organisation("t2", division_code="370306002"), scope="own")
    )

    assert client.get("/governance/grid/cells.geojson").json()["features"] == []
    assert client.get(f"/governance/grid/{cell.code}/").status_code == 404
    assert client.get(f"/governance/grid/{cell.code}/split").status_code == 404


def test_a_reader_draws_nothing(client: Client, cell: GridCell):
    client.force_login(account("governance.reader"))

    assert client.get(f"/governance/grid/{cell.code}/").status_code == 200
    assert client.get("/governance/grid/draw").status_code == 403
    assert client.post(f"/governance/grid/{cell.code}/end").status_code == 403


def test_a_double_booking_comes_back_with_its_reason(client: Client, officer, cell: GridCell):
    worker = account("governance.grid_worker")
    at = now().replace(second=0, microsecond=0)
    given = {"account": worker.pk, "cell_code": cell.code, "starts_at": f"{at:%Y-%m-%dT%H:%M}",
             "ends_at": f"{at + timedelta(hours=2):%Y-%m-%dT%H:%M}"}  # fmt: skip
    assert client.post("/governance/rosters/", given).status_code == 302

    assert "已有班次" in client.post("/governance/rosters/", given).content.decode()

    shift = Shift.objects.get()
    client.post(f"/governance/rosters/{shift.pk}/cancel")
    assert client.post("/governance/rosters/", given).status_code == 302


@pytest.fixture
def plan(cell: GridCell) -> PatrolPlan:
    return PatrolPlan.objects.create(name="巡防", division_code="370306001", cell_codes=[cell.code])


def test_a_round_on_the_phone_from_start_to_end(client: Client, plan: PatrolPlan):
    worker = account("governance.grid_worker")
    client.force_login(worker)
    client.post("/governance/my-patrol/start", {"plan": plan.pk})
    patrol = Patrol.objects.get()
    assert "data-patrol" in client.get("/governance/my-patrol/").content.decode()
    points = [{"at": now().isoformat(), "lon": WEST, "lat": SOUTH, "accuracy": 4}, {"at": "x"}]

    said = client.post(
        f"/governance/my-patrol/{patrol.pk}/points", json.dumps({"points": points}), "application/json"
    ).json()

    assert said["kept"] == 1
    assert said["refused"][0]["error"] == "bad_point"
    assert (
        client.post(f"/governance/my-patrol/{patrol.pk}/points", "{", "application/json").status_code == 400
    )
    answer = client.post(f"/governance/my-patrol/{patrol.pk}/end", follow=True)
    assert "巡防结束" in answer.content.decode()


def test_nobody_sends_points_into_the_patrol_of_another(client: Client, plan: PatrolPlan):
    patrol = start_patrol(plan, account("governance.grid_worker"))
    client.force_login(account("governance.grid_worker"))

    assert (
        client.post(f"/governance/my-patrol/{patrol.pk}/points", "{}", "application/json").status_code == 404
    )
    assert client.get(f"/governance/patrols/{patrol.pk}/").status_code == 404


def test_a_supervisor_gives_a_purpose_before_the_track_is_shown(client: Client, officer, plan: PatrolPlan):
    patrol = start_patrol(plan, account("governance.grid_worker"))

    assert "查看目的" in client.get(f"/governance/patrols/{patrol.pk}/").content.decode()
    assert (
        "查看目的" in client.post(f"/governance/patrols/{patrol.pk}/track", {"purpose": ""}).content.decode()
    )
    assert (
        "查看目的"
        not in client.post(f"/governance/patrols/{patrol.pk}/track", {"purpose": "核查"}).content.decode()
    )


def test_an_inspection_in_order_is_kept_once_however_often_it_is_sent(client: Client, village):
    client.force_login(account("governance.grid_worker"))
    place = KeyPlace.objects.create(
        code="K1",
        name="学校",
        kind="school",
        lon=117.86,
        lat=36.8,
        division_code="370306001",
        checklist="school",
    )
    page = client.get(f"/governance/protection/{place.code}/inspect").content.decode()
    given = {item.key: "ok" for item in checklist("school").items} | {"key": "form-1"}

    for _ in range(2):
        assert client.post(f"/governance/protection/{place.code}/inspect", given).status_code == 302

    assert "防冲撞" in page
    assert Inspection.objects.count() == 1
    assert client.get("/governance/protection/").status_code == 200
    assert (
        client.get("/governance/protection/features.geojson").json()["features"][0]["properties"]["state"]
        == "gap"
    )
