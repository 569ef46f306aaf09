"""A planner clicks the stops of a new pattern on the map, draws its way, and both are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from district.kernel.clock import today
from district.testing.browser import assert_accessible, assert_fits
from district.testing.people import account

from ...models import DraftLine, DraftPattern, DraftStop
from .. import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = """(key) => {
    const view = document.querySelector('[data-pattern-map] [data-map]').districtMap;
    const box = view.map.getCanvas().getBoundingClientRect();
    const stop = view.layers.find((each) => each.key === 'stops').features.find((each) => each.properties.key === key);
    const at = view.map.project(stop.geometry.coordinates);
    return [box.x + at.x, box.y + at.y];
}"""


def test_stops_are_clicked_in_turn_and_the_way_is_drawn(open_page: Callable[..., Any]):
    agency = {"agency_id": "bus", "agency_name": "演示公交", "agency_url": "https://example.org/"}
    draft = actions.new_draft("草案", today(), today() + timedelta(30), agency, None)
    # Two on each side of the street in pairs: the nearer one is meant.
    for number in range(3):
        for side, north in (("A", 0.0), ("B", 0.0006)):
            DraftStop.objects.create(draft=draft, key=f"s{number}{side}", name=f"{number}站{side}", lat=36.78 + north,
                                     lon=117.84 + number * 0.02)  # fmt: skip
    line = DraftLine.objects.create(draft=draft, key="L1", short_name="1路", agency="bus")
    page = open_page(f"/transit/timetables/{draft.pk}/lines/{line.pk}/patterns/new", account=account("transit.planner"))
    page.locator("[data-pattern-tools]:not([hidden])").wait_for()
    for key in ("s0A", "s1B", "s2A"):
        page.wait_for_function("() => !document.querySelector('[data-pattern-map] [data-map]').districtMap.map.isMoving()")
        page.mouse.click(*page.evaluate(AT, key))
        page.wait_for_function("(key) => document.querySelector('textarea[data-stops]').value.endsWith(key)", arg=key)
    assert page.input_value("textarea[data-stops]") == "s0A\ns1B\ns2A"
    page.get_by_label("下移 0站A").click()
    assert page.input_value("textarea[data-stops]") == "s1B\ns0A\ns2A"
    page.get_by_label("上移 0站A").click()
    page.get_by_text("画走向").click()
    for key, down in (("s0A", 40), ("s2A", 40)):
        across, along = page.evaluate(AT, key)
        page.mouse.click(across, along + down)
        page.wait_for_timeout(350)  # a double click would zoom
    assert len(page.input_value("textarea[data-path]").split("\n")) == 2
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_fits(page)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("还没有运行时间").wait_for()
    pattern = DraftPattern.objects.get()
    assert pattern.stops == ["s0A", "s1B", "s2A"]
    assert len(pattern.path) == 2
