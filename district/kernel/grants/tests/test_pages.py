"""The pages of grants answer their readers, and only them."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from district.kernel.datasets.models import Resource
from district.kernel.grants import actions, rules, uses
from district.kernel.grants.models import Client, Grant, Objection, Request
from district.kernel.grants.subjects import subject_hash, subject_hashes
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.viewers import Viewer
from district.kernel.people.models import Account
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Account:
    return account("brain.provider", unit=organisation("owner", name="提供局"), scope="own")


@pytest.fixture
def asker() -> Account:
    return account("brain.provider", unit=organisation("asker", name="申请局"), scope="own")


@pytest.fixture
def shared(owner: Account) -> Resource:
    shared_rows.make_table()
    return shared_rows.resource()


def signed_in(who: Account) -> Browser:
    browser = Browser()
    browser.force_login(who)
    return browser


def test_from_asking_to_withdrawing_on_screen(shared: Resource, owner: Account, asker: Account):
    steward = account("brain.steward", unit=organisation("data", name="区大数据局"))
    asking, giving, reviewing = signed_in(asker), signed_in(owner), signed_in(steward)
    form = {"items": ["name", "town", "phone"], "matter": "补贴", "purpose": "核查补贴", "starts_on": "2026-01-01",
            "ends_on": "2030-01-01"}  # fmt: skip
    assert "申请使用" in asking.get(reverse("datasets:resource", args=[shared.name])).content.decode()
    wrong = asking.post(reverse("grants:ask", args=[shared.name]), form | {"ends_on": "2020-01-01"})
    assert "结束不早于开始" in wrong.content.decode()
    page = asking.post(reverse("grants:ask", args=[shared.name]), form)["Location"]
    number = Request.objects.get().number
    assert number in reviewing.get(reverse("grants:requests")).content.decode()
    early = {"act": "agree", "items": ["name"], "starts_on": "2026-01-01", "ends_on": "2028-01-01"}
    assert "申请现为" in giving.post(page, early, follow=True).content.decode()
    assert Grant.objects.count() == 0
    reviewing.post(page, {"act": "accepted"})
    assert "同意并授权" in giving.get(page).content.decode()
    assert "同意并授权" not in reviewing.get(page).content.decode()
    giving.post(page, {"act": "agree", "items": ["name", "town"], "divisions": "370306001", "starts_on": "2026-01-01",
                       "ends_on": "2028-01-01"})  # fmt: skip
    grant = Grant.objects.get()
    assert (grant.items, grant.divisions, Request.objects.get().state) == (
        ["name", "town"],
        ["370306001"],
        "conditional",
    )
    place = reverse("grants:grant", args=[grant.number])
    assert "姓名脱敏" in asking.get(place).content.decode()
    giving.post(
        place, {"act": "change", "items": ["name"], "starts_on": "2026-01-01", "ends_on": "2027-12-01"}
    )
    grant.refresh_from_db()
    assert (grant.items, grant.revision) == (["name"], 2)
    giving.post(place, {"act": "withdraw", "reason": "用途变更"})
    grant.refresh_from_db()
    assert grant.state == "withdrawn"
    assert (
        signed_in(account("brain.provider", unit=organisation("third"), scope="own")).get(place).status_code
        == 404
    )


def test_a_secret_is_shown_once(asker: Account):
    browser = signed_in(asker)
    place = reverse("grants:clients")
    shown = browser.post(place, {"act": "add", "name": "补贴系统"}).content.decode()
    secret = re.search(r'id="client-secret">([^<]+)<', shown)[1]
    assert secret not in browser.get(place).content.decode()
    client = Client.objects.get()
    again = browser.post(place, {"act": "secret", "client": client.pk}).content.decode()
    assert re.search(r'id="client-secret">([^<]+)<', again)[1] != secret
    browser.post(place, {"act": "stop", "client": client.pk})
    assert not Client.objects.get().is_active
    other = signed_in(account("brain.provider", unit=organisation("third"), scope="own"))
    assert other.post(place, {"act": "start", "client": client.pk}).status_code == 404


def test_a_person_sees_at_the_counter_and_alone_who_used_their_data(
    shared: Resource, owner: Account, asker: Account
):
    grant = shared_rows.grant(shared, asker.organisation, items=["name", "number"], purpose="核查补贴")
    rule = rules.rule_of(grant, shared, list(shared.items.all()))
    number = shared_rows.number_of(7)
    viewer = Viewer(asker.organisation_id, "申请局", "补贴系统")
    uses.record(viewer, rule, channel="api", rows=1, subjects=subject_hashes([number]), title=shared.title)
    desk = (
        signed_in(owner)
        .post(reverse("grants:desk"), {"number": number, "proof": "居民身份证"})
        .content.decode()
    )
    code = re.search(r'id="visit-code">([^<]+)<', desk)[1]
    assert "核查补贴" in desk
    anybody, place = Browser(), reverse("grants:my_data")
    assert "申请局" in anybody.post(place, {"number": number.lower(), "code": code}).content.decode()
    assert "不符" in anybody.post(place, {"number": shared_rows.number_of(8), "code": code}).content.decode()
    use = uses.uses_of_subject(subject_hash(number)).get()
    anybody.post(place, {"number": number, "code": code, "use": use.pk, "text": "我没有申请补贴"})
    objection = Objection.objects.get()
    assert objection.by_citizen == subject_hash(number)
    answer = {"is_upheld": "yes", "text": "已停止使用"}
    signed_in(owner).post(reverse("grants:objection", args=[objection.number]), answer)
    assert Objection.objects.get().state == "upheld"
    for _ in range(10):
        anybody.post(place, {"number": number, "code": "AAAA-AAAA-AAAA"})
    assert "过多" in anybody.post(place, {"number": number, "code": code}).content.decode()


def test_every_list_opens_and_the_log_is_checked_with_a_button(
    shared: Resource, owner: Account, asker: Account
):
    steward = signed_in(account("brain.steward", unit=organisation("data", name="区大数据局")))
    grant = shared_rows.grant(shared, asker.organisation)
    actions.object_to(shared, "有误", account=asker)
    rule = rules.rule_of(grant, shared, list(shared.items.all()))
    uses.record(Viewer(1, "申请局", "某人"), rule, channel="page", rows=3, filter={"town.prefix": "370306"})
    for name in ("requests", "needs", "grants", "clients", "uses", "objections", "desk"):
        assert steward.get(reverse(f"grants:{name}")).status_code == 200, name
    assert "开头为" in steward.get(reverse("grants:uses")).content.decode()
    assert steward.get(reverse("grants:new_objection", args=[shared.name])).status_code == 200
    checked = steward.post(reverse("grants:check_uses"), follow=True).content.decode()
    assert "日志完整：1 条" in checked
    assert signed_in(asker).get(reverse("grants:exports", args=[grant.number])).status_code == 200
    signed_in(asker).post(reverse("grants:needs"), {"title": "婚姻登记信息"})
    assert "婚姻登记信息" in steward.get(reverse("grants:needs")).content.decode()
