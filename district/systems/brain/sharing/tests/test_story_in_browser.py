"""A department offers data, a second asks, the owner grants two columns and one town, the second reads, the grant is
withdrawn, the person sees who looked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request as Call
from urllib.request import urlopen

import pyarrow as pa
import pytest

from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.datasets.versions import open_version
from district.kernel.grants.models import Grant, Request
from district.kernel.jobs.in_line import run_waiting
from district.testing.browser import assert_accessible, assert_fits, screenshot
from district.testing.people import account, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBERS = [f"00000019{50 + n}01010{n:03}" for n in range(20)]
ITEMS = (
    ("name", "姓名", 2, "person_name", ""), ("number", "公民身份号码", 3, "id_number", "person_id"),
    ("phone", "手机号", 3, "mobile", ""), ("town", "区划", 1, "", "division"),
)  # fmt: skip


def _offered(provider: Any) -> Resource:
    resource = Resource.objects.create(
        name="owner.allowances", code="306001/7", title="高龄津贴发放", category="306001", provider=provider,
        shelf=Shelf.PUBLISHED,
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(resource=resource, position=at, name=name, title=title, grade=grade, mask=mask, holds=holds)
        for at, (name, title, grade, mask, holds) in enumerate(ITEMS)
    )
    rows = {
        "name": [f"测试人{n}" for n in range(20)], "number": NUMBERS, "phone": [f"1380000{n:04}" for n in range(20)],
        "town": [("370306001001", "370306002001")[n % 2] for n in range(20)],
    }  # fmt: skip
    with open_version(resource, made_by="story", mode="replace") as draft:
        draft.write([pa.table(rows)])
        draft.publish()
    return resource


def _sent(place: str, body: bytes | None, heads: dict[str, str] | None = None) -> Any:
    """The JSON of an answer, also of one that refuses."""
    try:
        with urlopen(Call(place, body, heads or {}), timeout=30) as answer:
            return json.load(answer)
    except HTTPError as refused:
        return json.load(refused)


def test_data_are_asked_granted_read_withdrawn_and_seen_by_the_person(
    open_page: Callable[..., Any], live_server: Any
):
    steward = account("brain.steward", unit=organisation("data", name="区大数据局"))
    owner = account("brain.provider", unit=organisation("owner", name="提供局"), scope="own")
    asker = account("brain.provider", unit=organisation("asker", name="申请局"), scope="own")
    _offered(owner.organisation)

    page = open_page("/data-requests/ask/owner.allowances/", account=asker)
    for item in ("name", "number", "phone", "town"):
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
    for item in ("phone", "town"):
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
        place = f"{live_server.url}/api/data/v1/owner.allowances/rows?{urlencode(asked)}"
        return _sent(place, None, {"Authorization": f"Bearer {token}"})

    rows = read()["rows"]
    assert len(rows) == 10
    assert rows[0] == {"name": "测**0", "number": "000000********0000"}
    assert read(fields="name,phone")["code"] == "item_not_granted"

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
