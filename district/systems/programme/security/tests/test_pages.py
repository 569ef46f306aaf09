"""The rooms of security: who reads them, what is done in them, and the words when it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.audit_anchors import anchors_file
from district.kernel.people.models import Account, AuditCheck
from district.testing.people import account, organisation

from ...models import (
    ProcessingActivity,
    SecurityAsset,
    SecurityIncident,
    SecurityRisk,
    StaffNotice,
    SupplierAccess,
)
from ..assets.found import take_assets
from ..incidents.actions import Seen, report_incident
from ..seed import seed_security
from .world import contract, publish

pytestmark = pytest.mark.django_db
ROOMS = (
    "security",
    "security_controls",
    "security_assets",
    "security_incidents",
    "staff_changes",
    "supplier_access",
    "audit_checks",
    "personal_data",
    "security_drills",
    "orphan_rights",
)


@pytest.fixture
def staff() -> dict[str, Account]:
    """The accounts of the demonstration, and a contract in force."""
    publish()
    organisation("transport", name="区交通运输局")
    contract()
    unit = organisation("bigdata")
    return {
        role: account(f"programme.{role}", unit=unit, username=f"programme.{role}", is_demo=True)
        for role in ("security", "office", "auditor")
    }


@pytest.fixture
def shown(staff: dict[str, Account]) -> dict[str, Account]:
    """The demonstration, as `up` makes it."""
    seed_security()
    seed_security()
    return staff


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def when(moment: Any) -> str:
    return f"{moment.astimezone():%Y-%m-%dT%H:%M}"


def test_the_demonstration_is_made_once_and_every_room_opens(shown: dict[str, Account]):
    assert SecurityRisk.objects.count() == 4
    assert (StaffNotice.objects.filter(state="done").count(), SupplierAccess.objects.count()) == (2, 2)
    assert SecurityIncident.objects.filter(is_drill=True, reported_at__isnull=False).count() == 1
    details = [
        reverse("programme:security_control", args=["8.1.4.1a"]),
        reverse("programme:security_asset", args=["platform"]),
        reverse("programme:security_risk", args=[SecurityRisk.objects.all()[0].pk]),
        reverse("programme:security_incident", args=[SecurityIncident.objects.all()[0].pk]),
        reverse("programme:supplier_access_record", args=[SupplierAccess.objects.get(state="open").pk]),
        reverse("programme:processing_activity", args=[ProcessingActivity.objects.all()[0].pk]),
        *(reverse(f"programme:{room}") for room in ROOMS),
    ]
    client = as_(shown["security"])
    for address in details:
        answer = client.get(address)
        assert answer.status_code == 200, address
    auditor = as_(shown["auditor"])
    for room in ROOMS:
        assert auditor.get(reverse(f"programme:{room}")).status_code == 200, room
    exported = auditor.get(reverse("programme:security_assets") + "?risks-export=csv")
    assert "机房停电" in b"".join(exported).decode("utf-8-sig")
    english = client.get(reverse("programme:security_assets"), headers={"Accept-Language": "en"})
    assert english.status_code == 200


def test_an_auditor_changes_nothing(staff: dict[str, Account]):
    client = as_(staff["auditor"])
    refused = client.post(
        reverse("programme:staff_changes") + "?act=give",
        {"kind": "left", "username": "programme.office", "effective_at": when(now()), "reason": "x"},
        follow=True,
    )
    assert "只有安全管理员或推进办" in refused.content.decode()
    assert Account.objects.get(username="programme.office").is_active
    assert client.post(reverse("programme:gather_evidence_now")).status_code == 403


def test_others_of_the_staff_tell_of_incidents_and_see_their_own(staff: dict[str, Account]):
    other = report_incident(staff["security"], Seen("机房断电", "fault", "x", now()), "other")
    client = as_(account("environment.officer"))
    for room in set(ROOMS) - {"security_incidents"}:
        assert client.get(reverse(f"programme:{room}")).status_code == 403, room
    form = {
        "key": "a1",
        "title": "收到钓鱼邮件",
        "kind": "attack",
        "found_at": when(now() - timedelta(minutes=2)),
        "text": "附件可疑",
    }
    for _time in range(2):
        client.post(reverse("programme:security_incidents") + "?act=report", form)
    assert SecurityIncident.objects.filter(title="收到钓鱼邮件").count() == 1
    page = client.get(reverse("programme:security_incidents")).content.decode()
    assert "收到钓鱼邮件" in page
    assert str(other.case.number) not in page
    assert other.title not in page
    assert client.get(reverse("programme:security_incident", args=[other.pk])).status_code == 404


def test_what_one_asks_for_another_approves_and_the_password_is_shown_once(staff: dict[str, Account]):
    officer, office = as_(staff["security"]), as_(staff["office"])
    agreed = contract()
    officer.post(
        reverse("programme:supplier_access") + "?act=ask",
        {
            "contract": agreed.pk,
            "person": "王工",
            "username": "sup-9",
            "role": "environment.monitor",
            "purpose": "升级",
            "organisation": organisation("bigdata").pk,
            "from_at": when(now()),
            "until_at": when(now() + timedelta(days=2)),
        },
    )
    access = SupplierAccess.objects.get(username="sup-9")
    address = reverse("programme:supplier_access_record", args=[access.pk])
    assert "须由另一人" in officer.post(f"{address}?act=approve", follow=True).content.decode()
    access.refresh_from_db()
    assert access.state == "asked"
    told = office.post(f"{address}?act=approve", follow=True).content.decode()
    assert "首次登录密码" in told
    assert "首次登录密码（只显示" not in office.get(address).content.decode()
    office.post(f"{address}?act=end")
    access.refresh_from_db()
    assert (access.state, access.account.status) == ("ended", "left")


def test_a_list_with_mistakes_is_taken_as_far_as_it_is_right(staff: dict[str, Account]):
    gone = account("environment.officer", username="Z70001")
    rows = f"工号,事项,生效时间,到任单位,依据\nZ70001,离职,{today()},,文 9\nZ70002,飞升,{today()},,文 9\n"
    file = SimpleUploadedFile("名单.csv", rows.encode("gb18030"), "text/csv")
    answer = as_(staff["security"]).post(
        reverse("programme:staff_changes") + "?act=list", {"file": file}, follow=True
    )
    text = answer.content.decode()
    assert "第 3 行" in text
    assert "接收 1 条" in text
    assert not Account.objects.get(pk=gone.pk).is_active


def test_the_chain_is_walked_on_request_and_noted(staff: dict[str, Account]):
    anchors_file().unlink(missing_ok=True)
    record_act(None, "sign_in")
    text = as_(staff["auditor"]).post(reverse("programme:check_audit_now"), follow=True).content.decode()
    assert "审计链完整" in text
    assert AuditCheck.objects.get().by == staff["auditor"]
    anchors_file().unlink(missing_ok=True)


def test_a_form_that_is_wrong_comes_back_with_the_reason(staff: dict[str, Account]):
    take_assets()
    platform = SecurityAsset.objects.get(key="platform")
    answer = as_(staff["security"]).post(
        reverse("programme:security_asset", args=[platform.key]) + "?act=judge",
        {
            "threat": "扫描",
            "weakness": "慢",
            "likelihood": 3,
            "impact": 3,
            "treatment": "reduce",
            "left_likelihood": 1,
            "left_impact": 1,
        },
    )
    assert answer.status_code == 400
    assert "降低风险须写明措施和期限" in answer.content.decode()


def test_a_walk_along_the_chain_that_found_nothing_is_called_whole_and_found_by_that(staff: dict[str, Account]):
    client = as_(staff["auditor"])
    address = reverse("programme:audit_checks")
    AuditCheck.objects.create(at=now(), rows=12, took_ms=1)
    AuditCheck.objects.create(at=now(), rows=40_007, took_ms=1, problem="gap", broken_at=40_008)
    whole = client.get(address, {"checks.found": "whole", "checks-export": "csv"})
    text = b"".join(whole).decode("utf-8-sig")
    assert "完整" in text
    assert "缺少记录" not in text
    assert "缺少记录" in client.get(address, {"checks.found": "gap"}).content.decode()
