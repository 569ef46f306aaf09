"""Grants of two people, and viewings that are recorded whatever comes of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from district.kernel.clock import today
from district.kernel.people.models import AuditEntry
from district.systems.governance.models import CatalogueDifference, Viewing
from district.systems.governance.video import actions
from district.systems.governance.video.queries import (
    cameras_visible_to,
    grants_visible_to,
    viewings_visible_to,
)
from district.systems.governance.video.refused import Refused
from district.systems.governance.video.tests.seeing import CHANNEL, camera, catalogue, channel, nvr
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


def granted(found: Any, unit: Any, from_on: date | None = None, until_on: date | None = None) -> Any:
    asker, boss = account("governance.handler", unit=unit), account("governance.video_officer")
    grant = actions.ask_grant(
        asker,
        unit,
        [found],
        "古商城节日安保",
        "公安部令第 X 号",
        from_on or today(),
        until_on or today() + timedelta(days=5),
    )
    return actions.decide_grant(grant, boss, True, "同意")


@pytest.fixture
def unit() -> Any:
    return organisation("culture_bureau", parent=organisation())


def test_without_a_grant_another_unit_sees_nothing_and_the_attempt_is_on_record(unit: Any):
    found = camera(nvr())
    reader = account("governance.handler", unit=unit, scope="own")
    viewing = actions.request_viewing(reader, found, "看看现场情况")
    assert (viewing.result, viewing.reason, viewing.until_at) == ("refused", "no_grant", None)
    entry = AuditEntry.objects.get(subject_kind="video_camera")
    assert (entry.account, entry.action, entry.subject, entry.result) == (reader, "look", CHANNEL, "no_grant")
    assert found not in cameras_visible_to(reader)


def test_an_approved_grant_lets_the_unit_watch_and_the_log_says_by_which(unit: Any):
    found = camera(nvr())
    grant = granted(found, unit)
    viewing = actions.request_viewing(
        account("governance.handler", unit=unit, scope="own"), found, "核对摊位秩序"
    )
    assert (viewing.result, viewing.grant) == ("allowed", grant)
    assert AuditEntry.objects.get(subject_kind="video_camera").purpose == "核对摊位秩序"
    assert found in cameras_visible_to(account("governance.handler", unit=unit, scope="own"))


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (1, 9)])
def test_a_grant_counts_in_its_term_only(unit: Any, first: int, last: int):
    found = camera(nvr())
    grant = granted(found, unit)
    type(grant).objects.update(
        from_on=today() + timedelta(days=first), until_on=today() + timedelta(days=last)
    )
    reader = account("governance.handler", unit=unit, scope="own")
    assert actions.request_viewing(reader, found, "核对摊位秩序").reason == "no_grant"


def test_a_revoked_grant_counts_no_more(unit: Any):
    found = camera(nvr())
    actions.revoke_grant(granted(found, unit), account("governance.video_officer"), "任务结束")
    reader = account("governance.handler", unit=unit, scope="own")
    assert actions.request_viewing(reader, found, "核对摊位秩序").reason == "no_grant"


def test_nobody_watches_without_saying_why():
    found = camera(nvr())
    keeper = account("governance.video_officer")
    assert actions.request_viewing(keeper, found, " ").reason == "no_purpose"
    assert actions.request_viewing(keeper, found, "设备检修").result == "allowed"
    assert Viewing.objects.count() == 2


def test_who_asks_does_not_decide(unit: Any):
    boss = account("governance.video_officer", unit=unit)
    grant = actions.ask_grant(boss, unit, [camera(nvr())], "节日安保", "某某规定", today(), today())
    with pytest.raises(Refused, match="自己"):
        actions.decide_grant(grant, boss, True, "")
    with pytest.raises(Refused) as refusal:
        actions.decide_grant(grant, account("governance.video_officer"), False, " ")
    assert refusal.value.field == "decision"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"purpose": "a"}, "too_short"), ({"legal_basis": ""}, "too_short"), ({"days": 400}, "term_too_long"),
     ({"days": -1}, "bad_term"),
     ({"cameras": []}, "no_cameras")],
)  # fmt: skip
def test_a_grant_names_its_purpose_basis_and_term(unit: Any, changes: dict[str, Any], code: str):
    given = {
        "cameras": [camera(nvr())],
        "purpose": "节日安保",
        "legal_basis": "某某规定",
        "days": 3,
    } | changes
    with pytest.raises(Refused) as refusal:
        actions.ask_grant(
            account("governance.handler", unit=unit), unit, given["cameras"], given["purpose"], given["legal_basis"],
            today(), today() + timedelta(days=given["days"]),
        )  # fmt: skip
    assert refusal.value.code == code


def test_everybody_sees_their_own_requests_and_keepers_see_all(unit: Any):
    found = camera(nvr())
    grant = granted(found, unit)
    mine = account("governance.handler", unit=unit, scope="own")
    other = account("governance.handler", unit=organisation("water"), scope="own")
    viewing = actions.request_viewing(mine, found, "核对摊位秩序")
    assert list(viewings_visible_to(mine)) == [viewing]
    assert list(viewings_visible_to(other)) == []
    assert list(viewings_visible_to(account("governance.video_officer"))) == [viewing]
    assert list(viewings_visible_to(account("people.auditor"))) == [viewing]
    assert (list(grants_visible_to(mine)), list(grants_visible_to(other))) == ([grant], [])


def test_a_channel_the_register_lacks_is_taken_in_with_one_act():
    device = nvr()
    catalogue(device, channel("37030600001310000002", "北门"))
    difference = CatalogueDifference.objects.get()
    found = actions.adopt_channel(difference, account("governance.video_officer"))
    assert (found.name, found.device) == ("北门", device)
    difference.refresh_from_db()
    with pytest.raises(Refused):
        actions.adopt_channel(difference, account("governance.video_officer"))


def test_only_the_keeper_of_the_area_has_a_camera_probed():
    found = camera(nvr())
    assert actions.probe_now(found, account("governance.video_officer")).parameters == {"channel": CHANNEL}
    for other in (
        account("governance.reader"),
        account("governance.video_officer", unit=organisation("x"), scope="own"),
    ):
        with pytest.raises(Refused):
            actions.probe_now(found, other)
