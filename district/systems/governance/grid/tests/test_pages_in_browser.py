from datetime import timedelta

import pytest

from district.kernel.clock import now
from district.systems.governance.grid.actions.patrols import start_patrol
from district.systems.governance.models import GridCell, PatrolPlan
from district.testing.browser import assert_accessible, assert_fits
from district.testing.people import account

from .conftest import SIDE, SOUTH, VILLAGE, WEST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_cell_is_drawn_by_clicks_on_the_map(open_page, village):
    page = open_page("/governance/grid/draw", account=account("governance.officer"))
    page.wait_for_selector("[data-draw-buttons]:not([hidden])")
    canvas = page.locator("[data-map-canvas] canvas").first
    for x, y in ((420, 220), (470, 220), (470, 270), (420, 270), (300, 300)):
        canvas.click(position={"x": x, "y": y})
    page.get_by_role("button", name="撤销一点").click()
    assert len(page.locator("textarea[data-draw]").input_value().splitlines()) == 4
    assert_accessible(page)

    page.get_by_label("网格名称").fill("点出来的网格")
    page.get_by_label("所属村（社区）").select_option(VILLAGE)
    page.get_by_role("button", name="划定").click()
    page.wait_for_url("**/governance/grid/370306*/")

    assert GridCell.objects.get().name == "点出来的网格"


def test_positions_wait_on_the_phone_while_there_is_no_network_and_are_sent_later(open_page, cell: GridCell):
    worker = account("governance.grid_worker")
    plan = PatrolPlan.objects.create(name="巡防", division_code="370306001", cell_codes=[cell.code])
    patrol = start_patrol(plan, worker, now() - timedelta(minutes=1))
    page = open_page("/governance/my-patrol/", account=worker, width=390)
    assert_accessible(page)
    assert_fits(page)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": WEST, "latitude": SOUTH, "accuracy": 5})
    page.route("**/points", lambda route: route.abort("connectionrefused"))
    page.reload()
    for step in range(1, 12):
        walk_to(page, WEST + SIDE * step / 20, step)
    assert patrol.points.count() == 0
    page.unroute("**/points")

    page.evaluate("window.dispatchEvent(new Event('online'))")

    wait_for(page, "queued", "text === '0'")
    assert patrol.points.count() >= 11
    assert page.evaluate(f"JSON.parse(localStorage.getItem('district.patrol.{patrol.pk}')).points") == []


def walk_to(page, longitude: float, step: int) -> None:
    """Chromium may tell a place twice, and loses one that is set while it starts to watch: then it is set again."""
    for turn in range(120):
        if turn % 20 == 0:
            page.context.set_geolocation({"longitude": longitude + turn * 1e-7, "latitude": SOUTH, "accuracy": 5})
        page.wait_for_timeout(150)
        if int(page.locator("[data-patrol-queued]").text_content()) >= step:
            return
    pytest.fail(f"the page was not told that it is at {longitude}")


def wait_for(page, name: str, wanted: str) -> None:
    """Until the text of that part of the page fulfils a condition in JavaScript."""
    text = f"const text = document.querySelector('[data-patrol-{name}]').textContent"
    page.wait_for_function(f"() => {{ {text}; return {wanted}; }}")
