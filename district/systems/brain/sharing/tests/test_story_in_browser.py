"""A department offers an Excel file, a second asks, the owner grants two columns and one town, the second reads, the grant is
withdrawn, the person sees who looked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request as Call
from urllib.request import urlopen

import pytest
from openpyxl import Workbook

from district.kernel.datasets.models import Resource
from district.kernel.grants.models import Grant, Request
from district.kernel.jobs.in_line import run_waiting
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBERS = [f"00000019{50 + n}01010{n:03}" for n in range(20)]
HEADER = ("姓名", "公民身份号码", "手机号", "行政区划代码")


def _workbook(path: Path) -> Path:
    """A list as a department keeps it: a title over the header, numbers as texts."""
    book = Workbook()
    sheet = book.active
    sheet.append(["高龄津贴发放名单"])
    sheet.merge_cells("A1:D1")
    sheet.append(HEADER)
    for n, number in enumerate(NUMBERS):
        sheet.append([f"测试人{n}", number, f"1380000{n:04}", ("370306001001", "370306002001")[n % 2]])
    book.save(path)
    return path


def _offered(open_page: Callable[..., Any], owner: Any, steward: Any, path: Path) -> Resource:
    """The department uploads its Excel file, looks at what the columns are, and has it published."""
    page = open_page("/sources/new/", account=owner)
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="上传并预览").click()
    page.wait_for_selector("text=表头在第 2 行")
    assert_accessible(page)
    page.fill("[name=title]", "高龄津贴发放")
    page.fill("[name=abstract]", "按月发放高龄津贴的老人")
    page.get_by_role("button", name="建立来源并接入").click()
    page.wait_for_url("**/deliveries/**")
    run_waiting()
    page.reload()
    assert "20" in page.inner_text("main")
    resource = Resource.objects.get()
    page.goto(f"{page.url.split('/deliveries')[0]}/datasets/{resource.name}/edit/")
    page.fill("[name=share_condition]", "限于津贴核查")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_selector("text=已提交")
    page = open_page(f"/datasets/{resource.name}/", account=steward)
    page.get_by_role("button", name="审核通过并发布").click()
    page.wait_for_selector("text=已发布到目录")
    return resource


def _sent(place: str, body: bytes | None, heads: dict[str, str] | None = None) -> Any:
    """The JSON of an answer, also of one that refuses."""
    try:
        with urlopen(Call(place, body, heads or {}), timeout=30) as answer:
            return json.load(answer)
    except HTTPError as refused:
        return json.load(refused)


def test_data_are_asked_granted_read_withdrawn_and_seen_by_the_person(
    open_page: Callable[..., Any], live_server: Any, tmp_path: Path
):
    steward = account("brain.steward", unit=organisation("data", name="区大数据局"))
    owner = account("brain.provider", unit=organisation("owner", name="提供局"), scope="own")
    asker = account("brain.provider", unit=organisation("asker", name="申请局"), scope="own")
    resource = _offered(open_page, owner, steward, _workbook(tmp_path / "高龄津贴发放.xlsx"))
    assert [item.holds for item in resource.items.all()] == ["", "person_id", "", "division"]
    items = NAME, NUMBER, PHONE, TOWN = list(resource.items.values_list("name", flat=True))

    page = open_page(f"/data-requests/ask/{resource.name}/", account=asker)
    for item in items:
        page.check(f"input[name=items][value={item}]")
    page.fill("[name=matter]", "高龄津贴核查")
    page.fill("[name=purpose]", "核对重复领取")
    assert_accessible(page)
    page.get_by_role("button", name="提交申请", exact=False).last.click()
    page.wait_for_url("**/data-requests/SX*/")
    run_waiting()
    request = Request.objects.get()

    page = open_page(f"/data-requests/{request.number}/", account=steward)
    page.click("button[value=accepted]")
    page.wait_for_selector("text=审查通过")
    page = open_page(f"/data-requests/{request.number}/", account=owner)
    for item in (PHONE, TOWN):
        page.uncheck(f"input[name=items][value={item}]")
    page.fill("[name=divisions]", "370306001")
    assert_accessible(page)
    screenshot(page, "request-decide")
    page.click("text=同意并授权")
    page.wait_for_selector("text=有条件同意")
    grant = Grant.objects.get()

    page = open_page("/data-grants/clients/", account=asker)
    page.fill("[name=name]", "津贴系统")
    page.get_by_role("button", name="登记应用").click()
    said = {"grant_type": "client_credentials", "client_id": page.inner_text("#client-id"),
            "client_secret": page.inner_text("#client-secret")}  # fmt: skip
    token = _sent(f"{live_server.url}/oauth/token", urlencode(said).encode())["access_token"]

    def read(**asked: str) -> Any:
        place = f"{live_server.url}/api/data/v1/{resource.name}/rows?{urlencode(asked)}"
        return _sent(place, None, {"Authorization": f"Bearer {token}"})

    rows = read()["rows"]
    assert len(rows) == 10
    assert rows[0] == {NAME: "测**0", NUMBER: "000000********0000"}
    assert read(fields=f"{NAME},{PHONE}")["code"] == "item_not_granted"

    page = open_page(f"/data-grants/{grant.number}/", account=owner, width=390)
    assert_fits(page)
    assert_accessible(page)
    screenshot(page, "grant-390")
    page.fill("[name=reason] >> nth=0", "用途变更")
    page.click("button.btn-danger")
    page.click("dialog button[value=yes]")
    page.wait_for_selector("text=已收回")
    assert read()["code"] == "no_grant"  # the very next request

    page = open_page("/data-grants/desk/", account=owner)
    page.fill("[name=number]", NUMBERS[4])
    page.get_by_role("button", name="查询", exact=False).last.click()
    code = page.inner_text("#visit-code")
    page = open_page("/my-data/", width=390)
    page.fill("[name=number]", NUMBERS[4])
    page.fill("[name=code]", code)
    page.get_by_role("button", name="查询", exact=False).last.click()
    page.wait_for_selector("text=核对重复领取")
    assert_accessible(page)
    assert "申请局" in page.inner_text("main")
    assert "姓名" in page.inner_text("main")
    screenshot(page, "my-data-390")
