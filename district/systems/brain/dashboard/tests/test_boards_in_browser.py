"""A leader at the board: hides a tile, finds the order kept, follows a number to its records; the wall turns."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from district.kernel.people.models import Account
from district.systems.brain.dashboard import actions
from district.systems.brain.dashboard.actions import Place
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account

from .district_day import add_alarm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader() -> Account:
    """A leader who also reads the environment; three of its alarms are open."""
    made = account("brain.leader", "environment.reader")
    for severity in (2, 4, 4):
        add_alarm(severity, system="environment")
    actions.make_board(made, "晨会", [Place("brain.alarms"), Place("brain.cases"), Place("brain.data", 2, 2, 1)])
    return made


def shown(page: Any) -> list[str]:
    return page.eval_on_selector_all("[data-tile]", "tiles => tiles.map(tile => tile.dataset.tile)")


def settle(page: Any) -> None:
    page.wait_for_function("() => [...document.querySelectorAll('[data-tile]')].every(tile => tile.ariaBusy === 'false')")


def test_a_leader_hides_a_tile_finds_it_so_again_and_follows_a_number_to_as_many_records(open_page, reader: Account):
    page = open_page(reverse("brain:dashboard"), account=reader)
    settle(page)
    page.click("[data-edit]")
    page.click("[data-tile='brain.cases'] [data-hide]")
    page.focus("[data-tile='brain.data'] [data-handle]")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    assert shown(page) == ["brain.data", "brain.alarms"]
    with page.expect_navigation():
        page.click("[data-save]")
    page.goto(page.url.split("?")[0])
    settle(page)
    assert shown(page) == ["brain.data", "brain.alarms"]
    assert page.get_attribute("[data-tile='brain.data']", "data-width") == "3"
    assert_accessible(page)
    assert_fits(page)

    number = page.locator("[data-tile='brain.alarms'] a.d-figure").nth(1)
    assert number.inner_text().startswith("2")
    number.click()
    page.wait_for_load_state()

    assert page.locator("table tbody tr").count() == 2


def test_a_tile_that_cannot_be_fetched_says_so_and_is_tried_again(open_page, reader: Account):
    page = open_page(reverse("brain:dashboard"), account=reader)
    settle(page)
    page.route("**/tiles/brain.alarms/**", lambda route: route.abort("connectionrefused"))
    page.evaluate("import('/static/brain/board.js').then(({TileView}) => new TileView(document.querySelector('[data-tile]')))")
    page.wait_for_selector("[data-tile='brain.alarms'] [data-tile-failed]")
    assert page.locator("[data-tile='brain.cases'] a.d-figure").count() == 4
    page.unroute("**/tiles/brain.alarms/**")

    page.click("[data-tile-failed] button")

    page.wait_for_selector("[data-tile='brain.alarms'] a.d-figure")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_full_screen_turns_its_pages_by_key_and_by_button(open_page, reader: Account, width: int):
    page = open_page(f"{reverse('brain:dashboard')}?wall=1", account=reader, width=width)
    settle(page)
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    if width == 1440:
        assert page.is_visible("[data-tile='brain.alarms']")
        assert not page.is_visible("[data-tile='brain.data']")
        page.keyboard.press("ArrowRight")
        assert page.is_visible("[data-tile='brain.data']")
        page.click("[data-back]")
        assert page.is_visible("[data-tile='brain.alarms']")
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"brain-wall-{width}")
