"""A clerk fills in a form with the network cut: chosen, filled in by itself, pictured, spoken, reloaded, sent later."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from district.kernel.forms.intake import take_submission
from district.kernel.forms.models import Submission
from district.kernel.forms.web.tests.visits import clerk_of, visit_form
from district.testing.browser import assert_accessible, assert_fits, screenshot, wait_until_ready
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const out = sound.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    return out.stream;
};"""
"""The machine of the test has no microphone; the recording, and all after it, is real."""


def png(width: int = 40, height: int = 30) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x80\xc0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def ready(page: Any, selector: str) -> None:
    wait_until_ready(page)
    page.wait_for_selector(f"{selector}[data-ready]")


def test_a_form_is_filled_in_without_a_network_and_sent_when_there_is_one(open_page: Callable[..., Any]):
    form, clerk = visit_form(), clerk_of()
    page = open_page("/forms/", account=clerk, width=390)
    page.context.add_init_script(MICROPHONE)
    ready(page, "[data-forms]")
    page.wait_for_selector(f"[data-form='{form.pk}'][data-kept=yes]")
    assert_accessible(page)
    assert_fits(page)
    screenshot(page, "forms-390")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    page.context.set_offline(True)
    page.click(f"[data-form='{form.pk}'] a")
    ready(page, "[data-fill]")
    page.get_by_text("演示户二", exact=True).click()
    page.wait_for_function(
        "() => document.querySelector('.ref-target[name=\"/data/head\"]').value === '演示户二的户主'"
    )
    page.fill("[name='/data/people']", "99")
    page.get_by_text("人口应在 1 到 29 之间").wait_for()
    page.fill("[name='/data/people']", "3")
    page.get_by_text("有", exact=True).click()
    page.fill("[name='/data/what']", "想办慢病证")
    page.set_input_files(
        "[name='/data/photo']", {"name": "门牌.png", "mimeType": "image/png", "buffer": png()}
    )
    page.wait_for_selector(".f-preview img")
    page.click("[data-act=record]")
    page.wait_for_timeout(700)
    page.click(".f-file .btn-danger")
    page.wait_for_selector(".f-preview audio")
    assert_accessible(page)
    assert_fits(page)
    page.wait_for_function("() => location.hash.startsWith('#uuid:')")
    page.wait_for_timeout(700)
    page.reload()
    ready(page, "[data-fill]")
    assert page.input_value(".ref-target[name='/data/head']") == "演示户二的户主"
    assert page.input_value("[name='/data/what']") == "想办慢病证"
    page.wait_for_selector(".f-preview img")
    page.wait_for_selector(".f-preview audio")
    screenshot(page, "form-offline-390")
    page.click("[data-finish]")
    page.wait_for_selector("[data-receipt][data-state=waiting]:not([hidden])")
    assert not Submission.objects.exists()
    page.wait_for_timeout(700)  # nothing that is calculated later makes a draft of it again
    page.click("[data-receipt] a >> nth=0")
    ready(page, "[data-forms]")
    page.wait_for_selector("[data-list=waiting] [data-state=waiting]")

    lost: list[int] = []

    def lose_the_answer(route: Any) -> None:
        """The form arrives, its answer does not."""
        lost.append(route.fetch().status)
        route.abort("connectionrefused")

    page.route("**/send/", lose_the_answer, times=1)
    page.context.set_offline(False)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/send/")):
        page.click("[data-send-now]")
    assert lost == [201]
    submission = Submission.objects.get()
    assert submission.account == clerk
    assert submission.values["head"] == "演示户二的户主"
    kinds = {file.name.rpartition(".")[2] for file in submission.versions.get().files.exclude(file=None)}
    assert kinds == {"png", "webm"}

    # Not knowing that it came, the clerk changes it: what he changed comes as an edit.
    page.goto(f"{page.url}{form.pk}/fill/#{submission.instance_id}")
    ready(page, "[data-fill]")
    page.fill("[name='/data/people']", "6")
    page.click("[data-finish]")
    page.wait_for_selector("[data-receipt][data-state=sent]")
    assert f"-{submission.pk:06d}" in page.text_content("[data-receipt]")
    submission.refresh_from_db()
    assert (submission.values["people"], submission.conflicts, submission.versions.count()) == ("6", {}, 2)
    page.click("[data-receipt] a >> nth=0")
    ready(page, "[data-forms]")

    page.click("[data-list=sent] a")
    ready(page, "[data-fill]")
    page.wait_for_selector(".f-preview img")
    page.fill("[name='/data/people']", "4")
    other = account("affairs.town", name="演示镇干部")
    first = submission.versions.latest("pk")
    xml = first.xml.replace("<people>6</people>", "<people>5</people>").replace(
        f">{first.instance_id}</", ">uuid:another</", 1
    )
    xml = re.sub("<deprecatedID[^>]*>[^<]*<", f"<deprecatedID>{first.instance_id}<", xml)
    take_submission(form, xml.encode(), {}, account=other)
    page.click("[data-finish]")
    page.wait_for_selector("[data-receipt][data-state=sent]")
    told = page.text_content("[data-receipt]")
    for part in ("家庭人口", "演示镇干部", "演示文书"):
        assert part in told
    assert_accessible(page)
    screenshot(page, "form-conflict-390")
