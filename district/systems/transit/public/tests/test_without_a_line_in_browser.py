"""A stop and a screen that were looked at once go on without a line, and say how old what they show is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from district.kernel.clock import today

from ...demo import network
from ...models import Edition, Screen
from ..board import boards

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY_HOUR = tuple(
    (name, towns, 1800, (0, 0), (23, 50), colour)
    for name, towns, _every, *_hours, colour in network.LINES[:1]
)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A line that drives at every hour, so that the test may run at any."""
    boards.clear()
    monkeypatch.setattr(network, "LINES", EVERY_HOUR)
    first, last = today() - timedelta(days=2), today() + timedelta(days=2)
    Edition.objects.create(title="演示", state="published", valid_from=first, valid_to=last, feed=network.feed(first, last),
                           sha256="0" * 64, published_at=f"{today()}T00:00+08:00")  # fmt: skip
    return Screen.objects.create(name="演示站牌", stops=["Z003A"], group="城区")


def test_a_stop_and_a_screen_go_on_without_a_line(open_page, screen: Screen):
    page = open_page("/transit/stops/Z003A/", width=390)
    page.get_by_role("button", name="收藏").click()
    page.wait_for_function(
        "() => navigator.serviceWorker.ready.then(() => Object.keys(localStorage).some((key) => key.startsWith('bus.day.')))"
    )
    page.reload()
    assert page.locator("[data-board] .b-when").count() >= 2
    kiosk = page.context.new_page()
    kiosk.goto(page.url.split("/transit/")[0] + f"/transit/screens/{screen.key}/")
    kiosk.wait_for_selector(".s-row")
    kiosk.wait_for_function(
        "() => navigator.serviceWorker.ready.then(() => Object.keys(localStorage).some((key) => key.endsWith('.programme')))"
    )
    kiosk.reload()
    kiosk.wait_for_selector(".s-row")
    page.context.set_offline(True)
    # What a page asks for after it was loaded by its worker is not cut off by that.
    page.context.route("**/*.json", lambda route: route.abort("internetdisconnected"))
    page.context.route("**/api/**", lambda route: route.abort("internetdisconnected"))
    page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('bus.board.')).forEach((key) => localStorage.removeItem(key))"
    )
    for each in (page, kiosk):
        each.reload()
    page.wait_for_function("() => document.querySelector('[data-age]').textContent.includes('按时刻表')")
    assert page.locator("[data-offline]").is_visible()
    assert page.locator(".b-mark").first.is_visible()
    kiosk.wait_for_selector(".s-row")
    assert "通信中断" in kiosk.locator("[data-note]").inner_text()
    page.context.unroute_all()
    page.context.set_offline(False)
    page.goto(page.url.split("stops/")[0])
    assert page.locator("[data-favourites] li").count() == 1
