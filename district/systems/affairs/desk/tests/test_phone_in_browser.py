"""Without a line: a voice note and a visit are saved on the phone by keyboard alone, kept, and sent once when it is back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.files.models import FileLink
from district.testing.browser import assert_accessible, assert_fits, screenshot

from ...circulation.tests.village import made
from ...models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TONE = """() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const end = context.createMediaStreamDestination();
    tone.connect(end);
    tone.start();
    return end.stream;
  };
}"""
"""A machine that runs tests has no microphone: a tone is spoken into the recorder instead."""


def press(page: Any, selector: str, key: str = "Enter") -> None:
    """Tabs on to what a keyboard reaches next and presses a key there."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press(key)
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_visit_spoken_without_a_line_is_sent_once_when_it_is_back(open_page: Callable[..., Any]):
    place = made()
    page = open_page("/affairs/desk/", account=place.clerk, width=390)
    assert_accessible(page)
    assert_fits(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    press(page, ".k-tile-visit")
    page.wait_for_selector("html[data-ready] form[data-outbox]")
    page.evaluate(TONE)
    assert_accessible(page)
    assert_fits(page)
    press(page, "[name=household]", "a")
    press(page, "[data-record]")
    page.wait_for_function("() => document.querySelector('[data-record-time]').textContent.startsWith('1')")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-voices] li")
    screenshot(page, "desk-visit-offline-390")
    press(page, ".k-main")
    page.wait_for_selector("[data-waiting]:not([hidden])")
    assert page.text_content("[data-waiting-count]") == "1"
    assert not Visit.objects.exists()
    page.context.set_offline(False)
    press(page, "[data-send-now]")
    page.wait_for_selector("[data-waiting][hidden]", state="attached")
    visit = Visit.objects.get()
    assert (visit.household, visit.voice_count) == ("a", 1)
    assert FileLink.objects.get().file.media_type.startswith("audio/")
