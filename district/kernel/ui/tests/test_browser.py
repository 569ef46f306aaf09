"""The frame and its components in a real browser, at both widths and in both themes."""

from __future__ import annotations

import pytest

from district.kernel.places.models import Division, Level
from district.testing.browser import assert_accessible, assert_fits, screenshot, wait_until_ready
from district.testing.people import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GALLERY = "/ui/gallery/"
MAP = "document.querySelector('[data-map]').districtMap.map"
CHART = "document.querySelector('[data-chart]').districtChart"
NO_WEBGL = """HTMLCanvasElement.prototype.getContext = ((get) => function (kind, ...rest) {
    return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest);
})(HTMLCanvasElement.prototype.getContext)"""


@pytest.fixture
def operator():
    return account("kernel.operator")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_component_is_accessible_and_fits(open_page, operator, width: int, theme: str):
    page = open_page(GALLERY, account=operator, width=width, theme=theme)

    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"gallery-{width}-{theme}")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", "/search/?q=空气"])
def test_public_pages_are_accessible_and_fit(open_page, path: str, width: int):
    page = open_page(path, width=width)

    assert_accessible(page)
    assert_fits(page)
    screenshot(page, f"public-{path}-{width}")


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_menu_opens_with_enter_and_closes_with_escape(open_page, operator):
    page = open_page("/notices/", account=operator)
    summary = page.locator("summary", has_text="列").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.d-menu[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.d-menu[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_on_a_phone_the_navigation_is_a_drawer_that_keeps_out_of_the_way(open_page):
    page = open_page("/", width=390)
    assert page.evaluate("document.getElementById('navigation').inert")
    page.get_by_role("button", name="打开导航").click()
    assert page.get_by_role("navigation", name="系统导航").is_visible()
    assert_accessible(page)
    screenshot(page, "drawer-390")
    page.keyboard.press("Escape")
    assert page.evaluate("document.getElementById('navigation').inert")
    assert page.evaluate("document.activeElement.matches('[data-drawer]')")


def test_sorting_filtering_and_back_change_the_address_and_the_table_only(open_page, operator):
    page = open_page(GALLERY, account=operator)
    page.evaluate("window.sameDocument = true")

    page.get_by_role("link", name="编码").click()
    page.wait_for_url("**samples-sort=code")
    assert page.evaluate("document.activeElement.id") == "table-samples-sort-code"
    page.get_by_role("combobox", name="评价").select_option("over")
    page.wait_for_url("**samples.grade=over**")
    assert set(page.locator("#table-samples tbody td:nth-child(3)").all_inner_texts()) == {"超标"}
    assert page.evaluate("window.sameDocument")
    assert "条" in page.locator("#d-announcer").inner_text()
    page.go_back()
    page.wait_for_function("() => document.querySelector('#table-samples select')?.value === ''")
    assert "samples-sort=code" in page.url


def test_a_view_is_saved_under_a_name_asked_in_a_dialog(open_page, operator):
    page = open_page(GALLERY + "?samples.grade=over", account=operator)
    page.locator("#table-samples summary", has_text="视图").click()
    page.get_by_role("button", name="保存当前条件为视图").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("只看超标")
    assert_accessible(page, within="dialog")
    page.get_by_role("button", name="确定").click()
    page.get_by_text("已保存视图“只看超标”").wait_for()
    page.locator("#table-samples summary", has_text="视图").click()
    assert page.get_by_role("link", name="只看超标").get_attribute("href") == GALLERY + "?samples.grade=over"


def test_a_download_has_the_filtered_rows(open_page, operator):
    page = open_page(GALLERY + "?samples.grade=over", account=operator)
    page.locator("#table-samples summary", has_text="导出").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV (.csv)").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) > 5
    assert all("超标" in line for line in lines[1:])


def test_a_form_asks_before_it_is_sent_and_shows_its_errors_in_place(open_page, operator):
    page = open_page(GALLERY, account=operator)
    page.get_by_role("button", name="提交").click()
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    assert page.locator(".d-form .alert-danger").count() == 0
    page.get_by_role("button", name="提交").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    page.locator(".d-form .alert-danger").wait_for()
    page.wait_for_function("() => document.activeElement.classList.contains('alert-danger')")
    assert_accessible(page, within="form.d-form")
    screenshot(page, "form-errors-1440")


def test_the_theme_changes_without_leaving_the_page_and_charts_follow(open_page, operator):
    page = open_page(GALLERY, account=operator)
    colour = f"{CHART}.chart.getOption().textStyle.color"
    before = page.evaluate(colour)
    page.get_by_role("button", name="切换浅色或深色").click()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert page.evaluate(colour) != before
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_the_language_changes_in_the_frame(open_page):
    page = open_page("/")
    page.get_by_role("button", name="EN").click()
    page.wait_for_selector("html[lang=en]")


def test_a_chart_tells_the_same_numbers_as_a_table(open_page, operator):
    page = open_page(GALLERY, account=operator)
    figure = page.locator("[data-chart]").first
    figure.locator("summary").click()
    figure.locator("tbody tr").nth(95).wait_for()
    assert figure.locator("tbody tr").nth(31).locator("td").first.inner_text() == "—"
    assert_accessible(page)


def test_a_chart_grows_by_a_live_notice(open_page, operator):
    page = open_page(GALLERY, account=operator)
    length = f"{CHART}.payload.columns[0].values.length"
    before = page.evaluate(length)
    page.evaluate(f"{CHART}.hear({{x: '2026-12-01T00:00:00+08:00', values: [1, null, 2]}})")
    assert page.evaluate(length) == before + 1


def towns() -> None:
    ring = [[117.8, 36.7], [117.95, 36.7], [117.95, 36.9], [117.8, 36.9], [117.8, 36.7]]
    square = {"type": "Polygon", "coordinates": [ring]}
    Division.objects.update_or_create(code="370306999", defaults={
        "name": "示例镇", "level": Level.TOWN, "lon": 117.87, "lat": 36.8, "polygon": square, "is_schematic": True})


def test_the_map_draws_its_layers_over_the_towns_and_says_which_borders_are_schematic(open_page, operator):
    towns()
    page = open_page(GALLERY, account=operator)
    page.wait_for_function(f"() => {MAP}.loaded()")
    layers = page.evaluate(f"{MAP}.queryRenderedFeatures().map((each) => each.layer.id)")
    assert {"points", "zones", "d-towns"} <= set(layers)
    assert page.get_by_text("镇办边界为示意").is_visible()
    page.get_by_label("功能区").uncheck()
    page.wait_for_function(f"() => !{MAP}.queryRenderedFeatures({{layers: ['zones']}}).length")


def test_every_feature_of_the_map_stands_in_a_list_and_is_shown_from_there(open_page, operator):
    page = open_page(GALLERY, account=operator)
    page.locator("[data-map] > details > summary").click()
    page.locator("[data-map-list] tbody tr").nth(12).wait_for()
    page.get_by_role("button", name="在图上看：S003").click()
    page.locator(".maplibregl-popup").wait_for()
    assert "S003" in page.locator(".maplibregl-popup").inner_text()
    assert_accessible(page)


def test_the_slider_of_the_map_fetches_its_step_and_plays(open_page, operator):
    page = open_page(GALLERY, account=operator)
    slider = page.get_by_role("slider", name="时间")
    with page.expect_response("**points/?at=0"):
        slider.press("Home")
    assert page.locator(".d-map-now").inner_text() == "00:00"
    with page.expect_response("**points/?at=2"):
        page.get_by_role("button", name="播放").click()
    page.get_by_role("button", name="暂停").click()


def test_without_webgl_the_list_is_there(open_page, operator):
    page = open_page("/", account=operator, ready=True)
    page.context.add_init_script(NO_WEBGL)
    page.goto(page.url.rstrip("/") + GALLERY)
    wait_until_ready(page)
    assert page.get_by_text("此浏览器不能显示地图（没有 WebGL），以下为列表。").is_visible()
    page.locator("[data-map-list] tbody tr").nth(12).wait_for()
    assert_accessible(page)


def test_when_the_door_is_shut_pages_ask_by_themselves(open_page, operator):
    page = open_page("/", account=operator)
    page.evaluate("""() => { window.asked = 0;
        District.live('ui.gallery', () => {}, {poll: () => { window.asked += 1; }, seconds: 0.1}); }""")
    page.wait_for_function("() => window.asked > 1")


def test_printing_is_on_white_and_without_buttons(open_page, operator):
    page = open_page(GALLERY, account=operator, theme="dark")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"
    assert not page.locator(".d-top").is_visible()
    assert not page.locator(".d-side").is_visible()
    assert page.locator("#table-samples table").is_visible()
    screenshot(page, "print")


def test_the_search_answers_while_one_types(open_page, operator):
    page = open_page("/", account=operator)
    page.keyboard.press("/")
    page.keyboard.type("界面组")
    page.locator("#d-hits a").first.click()
    page.wait_for_url(f"**{GALLERY}")
