"""A pytest plugin: pages in a real browser. Tests that use it are marked `browser` and skip, with the reason, without one.

    @pytest.mark.browser
    def test_the_map_lists_its_features(open_page, officer):
        page = open_page("/environment/map/", account=officer, width=390)
        assert_accessible(page)
        screenshot(page, "map-390")

`open_page` waits until the components of the page have come to life, and fails the test at its end when the browser
reported a script error or a breach of the security policy. Pictures go to DISTRICT_SCREENSHOTS, if that is set.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from district.kernel import home

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--force-color-profile=srgb", "--hide-scrollbars",
]
AXE = home.CHECKOUT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {1440: 900, 390: 844}
PATIENCE_MS = 20_000


def browser_path() -> str | None:
    """The path of a Chromium-like browser: DISTRICT_BROWSER, then whatever is installed."""
    given = os.environ.get("DISTRICT_BROWSER")
    if given:
        return given
    return next(filter(None, map(shutil.which, NAMES)), None) or next((each for each in PLACES if Path(each).exists()), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running browser, or a skip that says what is missing.

    One for each module and no longer: while it lives, no other test could run a loop of asyncio.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make test installs it)")
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium, Chrome or Edge here; install one or set DISTRICT_BROWSER")
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run npm ci")
    # Playwright's loop runs in the thread of the tests; Django would refuse the database there.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(live_server: Any, chromium: Any) -> Iterator[Callable[..., Any]]:
    """`open_page(path, account=None, width=1440, theme="light", language="zh-hans", ready=True)` → a Playwright page."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_one(path: str, *, account: Any = None, width: int = 1440, theme: str = "light",
                 language: str = "zh-hans", ready: bool = True) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": SIZES.get(width, 900)}, locale="zh-CN", timezone_id="Asia/Shanghai",
            has_touch=width < 768, reduced_motion="reduce",
        )
        contexts.append(context)
        cookies = {"theme": theme, "django_language": language} | (_session_of(account) if account else {})
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda message: _note(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        if ready:
            wait_until_ready(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained: " + "; ".join(complaints)


def go_on_to(page: Any, path: str, *, width: int = 1440) -> None:
    """Another page for the same reader: what the browser has fetched it keeps, so it opens in half the time."""
    page.set_viewport_size({"width": width, "height": SIZES.get(width, 900)})
    page.goto(urljoin(page.url, path))
    wait_until_ready(page)


def wait_until_ready(page: Any) -> None:
    """Waits for the frame's script, every chart and every map of the page."""
    page.wait_for_selector("html[data-ready]")
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-map]')].every((map) => map.dataset.ready)
             && [...document.querySelectorAll('.d-chart-canvas')].every((chart) => chart.querySelector('canvas'))"""
    )


def look_as(page: Any, width: int, theme: str) -> None:
    """Makes the window as wide as that and changes the theme as the switch in the page's head does."""
    page.set_viewport_size({"width": width, "height": SIZES.get(width, 900)})
    page.evaluate(
        """async (theme) => {
             if (document.documentElement.dataset.bsTheme !== theme) {
               document.documentElement.dataset.bsTheme = theme;
               document.dispatchEvent(new CustomEvent('district:theme'));
             }
             await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
           }""",
        theme,
    )


def assert_accessible(page: Any, *, within: str = "", but: tuple[str, ...] = ()) -> None:
    """Fails when axe finds something serious or critical; `but` names rules that a test accepts, with its reason."""
    violations = [each for each in axe_violations(page, within) if each["impact"] in ("serious", "critical")]
    left = [f"{each['id']} ({each['impact']}): {each['help']}: {each['nodes']}" for each in violations
            if each["id"] not in but]
    assert not left, "axe: " + "\n".join(left)


def axe_violations(page: Any, within: str = "") -> list[dict[str, Any]]:
    """What axe finds: id, impact, help, and the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(
        """async (within) => (await axe.run(within || document, {resultTypes: ['violations']})).violations.map((each) => ({
             id: each.id, impact: each.impact, help: each.help,
             nodes: each.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.any[0]?.message || ''}`)}))""",
        within,
    )


def assert_fits(page: Any) -> None:
    """Fails when the page scrolls sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"the page is {wide} pixels wide in a window of {room}"


def screenshot(page: Any, name: str, *, full: bool = True) -> Path | None:
    """Keeps a picture as `<name>.png` when DISTRICT_SCREENSHOTS names a folder."""
    folder = os.environ.get("DISTRICT_SCREENSHOTS")
    if not folder:
        return None
    path = Path(folder) / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', name)}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full)
    return path


def _session_of(account: Any) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _note(complaints: list[str], message: Any) -> None:
    """The live door does not run in these tests: that it cannot be reached is no complaint. Nor is a network that a
    test has cut."""
    is_network = any(word in message.text for word in ("ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED", "/live?"))
    if message.type == "error" and not is_network:
        complaints.append(message.text)
