"""The pages of care and disputes as their readers use them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import now, today
from district.kernel.people.models import Account, AuditEntry, Organisation
from district.systems.governance.care.actions.group_disputes import open_group_dispute
from district.systems.governance.care.actions.transfers import ask_transfer
from district.systems.governance.care.row_security import opened
from district.systems.governance.models import (
    CareAppeal,
    CareContent,
    CareRecord,
    CareUnlock,
    CareVisit,
    Dispute,
    GroupDispute,
)
from district.testing.people import account

from .caring import ALL, carer, identity, lead, record, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return unit("town_a", *ALL, division_code="370306001")


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text(client: Client, name: str, *arguments, query: str = "") -> str:
    answer = client.get(reverse(f"governance:{name}", args=arguments) + query)
    assert answer.status_code == 200, answer.status_code
    assert "no-store" in answer.get("Cache-Control", "") or name in (
        "care_figures",
        "group_disputes",
        "group_dispute",
    )
    return answer.content.decode()


def send(client: Client, view: str, *arguments, **data) -> None:
    answer = client.post(reverse(f"governance:{view}", args=arguments), data)
    assert answer.status_code == 302, answer.content.decode()


def test_a_carer_sees_whom_to_visit_and_opens_a_record_for_a_purpose(town: Organisation):
    who, helper = lead(town), carer(town)
    row = record(who, town, carer=helper, name="样例甲子", starts_on=today() - timedelta(days=200))
    with opened(work="expiry"):
        CareRecord.objects.update(next_visit_on=today() - timedelta(days=2))
    client = signed_in(helper)
    listed = text(client, "care")
    assert row.number in listed
    assert "样**子" in listed or "样*" in listed
    assert "样例甲子" not in listed
    asked = text(client, "care_record", row.number)
    assert "样例甲子" not in asked
    assert "请选择本次查阅的目的" in asked
    assert "样例甲子" in text(client, "care_record", row.number, query="?purpose=visit")
    send(
        client, "care_act", row.number, "visit", visited_on=today(), how="home", is_met="on", note="见到本人"
    )
    with opened(helper):
        assert CareVisit.objects.get().note == "见到本人"
    looks = AuditEntry.objects.filter(action="look", account=helper)
    assert {entry.subject for entry in looks} == {"list", row.number}


def test_somebody_elses_record_is_not_found(town: Organisation):
    row = record(lead(town), town)
    other = signed_in(lead(unit("town_b", *ALL)))
    for address in (
        reverse("governance:care_record", args=[row.number]),
        reverse("governance:care_record", args=[row.number]) + "?purpose=visit",
        reverse("governance:care_act", args=[row.number, "close"]),
    ):
        assert other.get(address).status_code == 404
    assert not AuditEntry.objects.filter(action="look").exists()


def test_a_lead_opens_a_record_only_on_a_statute(town: Organisation):
    client = signed_in(lead(town))
    good = {
        "basis": "aftercare", "organisation": town.pk, "name": "样例甲", "identity_number": identity(),
        "document_number": "样字 1", "starts_on": today(), "expires_on": today() + timedelta(days=300),
    }  # fmt: skip
    assert "安置帮教" in text(client, "care_new")
    for wrong in (
        {"basis": "petitioner"},
        {"document_number": ""},
        {"expires_on": today() + timedelta(days=3000)},
    ):
        assert client.post(reverse("governance:care_new"), good | wrong).status_code == 200
    with opened(work="expiry"):
        assert CareRecord.objects.count() == 0
    send(client, "care_new", **good)
    with opened(work="expiry"):
        assert CareRecord.objects.get().purpose


def test_a_locked_record_from_request_to_locking_again(town: Organisation):
    who, helper = lead(town), carer(town)
    row = record(who, town, "mental_care", grade=4, carer=helper, name="样例甲子")
    asking, deciding = signed_in(helper), signed_in(who)
    locked = text(asking, "care_record", row.number, query="?purpose=visit")
    assert "须双人解锁" in locked
    assert "样例甲子" not in locked
    send(asking, "care_act", row.number, "unlock", reason="按期走访")
    with opened(who):
        unlock = CareUnlock.objects.get()
    assert row.number in text(deciding, "care_requests")
    send(deciding, "care_decide", "unlock", unlock.pk, decision="approve", minutes=20)
    assert "样例甲子" in text(asking, "care_record", row.number, query="?purpose=visit")
    assert "样例甲子" not in text(deciding, "care_record", row.number, query="?purpose=review")
    send(asking, "care_act", row.number, "lock")
    assert "样例甲子" not in text(asking, "care_record", row.number, query="?purpose=visit")


def test_a_lead_cannot_approve_their_own_request(town: Organisation):
    who = lead(town)
    row = record(who, town, "mental_care", grade=4)
    client = signed_in(who)
    send(client, "care_act", row.number, "unlock", reason="复核")
    with opened(who):
        unlock = CareUnlock.objects.get()
    assert "须由另一人批准" in text(client, "care_requests")
    answer = client.post(
        reverse("governance:care_decide", args=["unlock", unlock.pk]), {"decision": "approve", "minutes": 20}
    )
    assert "不能批准本人的申请" in answer.content.decode()


def test_the_desk_shows_a_person_their_record_and_who_looked(town: Organisation):
    who, number = lead(town), identity("19800101")
    row = record(who, town, identity_number=number, name="样例甲子")
    client = signed_in(who)
    text(client, "care_record", row.number, query="?purpose=review")
    sent = {"proof": "id_card", "name": "样例甲子", "identity_number": number, "is_checked": "on"}
    shown = client.post(reverse("governance:care_desk"), sent).content.decode()
    for part in (row.number, "样例甲子", "期限复核", "本人到场申请查阅", "监狱法", "不予出示"):
        assert part in shown
    assert "样例乙" not in shown
    wrong = client.post(reverse("governance:care_desk"), sent | {"name": "别人"}).content.decode()
    assert row.number not in wrong
    unchecked = client.post(reverse("governance:care_desk"), sent | {"is_checked": ""}).content.decode()
    assert row.number not in unchecked


def test_an_objection_is_taken_and_decided_on_the_pages(town: Organisation):
    who = lead(town)
    row = record(who, town)
    client = signed_in(who)
    send(client, "care_act", row.number, "appeal", what="objection", text="不属实", proof="id_card")
    with opened(who):
        appeal = CareAppeal.objects.get()
    assert appeal.number in text(client, "care_requests")
    assert "不属实" in text(client, "care_decide", "appeal", appeal.pk)
    send(client, "care_decide", "appeal", appeal.pk, state="partly", grounds="部分属实")
    assert "部分采纳" in text(client, "care_requests")


def test_a_transfer_is_accepted_by_the_other_unit(town: Organisation):
    other = unit("town_b", *ALL)
    who, there = lead(town), lead(other)
    row = record(who, town)
    transfer = ask_transfer(who, row.number, other, "迁居")
    client = signed_in(there)
    assert row.number in text(client, "care_requests")
    send(client, "care_decide", "transfer", transfer.pk, decision="accept", carer="", answer="同意")
    with opened(there):
        assert CareContent.objects.count() == 1
    second = ask_transfer(there, row.number, town, "误转")
    send(client, "care_withdraw", second.pk)
    assert "已撤回" in text(client, "care_requests")


def test_ended_records_and_figures_are_shown(town: Organisation):
    from district.systems.governance.care.actions.endings import close_expired, delete_ended
    from district.systems.governance.care.actions.figures import make_figures

    who = lead(town)
    rows = [record(who, town) for _number in range(6)]
    make_figures(today())
    client = signed_in(who)
    close_expired(rows[0].expires_on)
    assert rows[0].number in text(client, "care_ending")
    delete_ended(rows[0].expires_on)
    assert "删除数" in text(client, "care_ending")
    assert "合计" in text(client, "care_figures")


def test_the_log_shows_a_lead_the_looks_of_their_own_unit_only(town: Organisation):
    other = unit("town_b", *ALL)
    rows = [record(lead(at), at) for at in (town, other)]
    own = signed_in(lead(town))
    text(own, "care", query="?range=all")
    shown = text(own, "care_looks")
    assert rows[0].number in shown
    assert "走访清单" in shown
    assert rows[1].number not in shown
    everything = text(signed_in(account("people.auditor")), "care_looks")
    assert all(row.number in everything for row in rows)


def test_a_mediator_takes_a_dispute_through_its_pages(town: Organisation):
    mediator = carer(town)
    client = signed_in(mediator)
    send(client, "dispute_new", kind="neighbour", organisation=town.pk, applicant="样例甲", respondent="样例乙",
         accepted_on=today(), mediator=mediator.pk, matter="院墙滴水")  # fmt: skip
    with opened(mediator):
        number = Dispute.objects.get().number
    assert "样例甲" not in text(client, "disputes")
    assert "样例甲" in text(client, "dispute", number)
    send(client, "dispute_act", number, "session", note="到场")
    send(client, "dispute_act", number, "agree", agreement="修墙", effective_on=today())
    send(client, "dispute_act", number, "follow_up", note="已修", is_fulfilled="on")
    assert "已履行" in text(client, "dispute", number)
    assert signed_in(carer(town)).get(reverse("governance:dispute", args=[number])).status_code == 404


def test_a_group_dispute_is_registered_without_persons(town: Organisation):
    client = signed_in(account("governance.officer"))
    good = {"kind": "property", "size": "small", "place": "样例小区", "matter": "物业费", "organisation": town.pk,
            "happened_at": (now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    refused = client.post(reverse("governance:group_dispute_new"), good | {"matter": "骨干是样例甲"})
    assert "不得登记参与人员" in refused.content.decode()
    assert GroupDispute.objects.count() == 0
    send(client, "group_dispute_new", **good)
    event = GroupDispute.objects.get()
    send(client, "group_dispute", event.number, measure="公示收费依据", is_settled="on")
    assert "已化解" in text(client, "group_dispute", event.number)
    assert event.number in text(client, "group_disputes")
    made = open_group_dispute(
        account("governance.officer"), "labour", "样例厂区", "工资", "small", now(), town
    )
    reader = signed_in(account("governance.reader"))
    assert "登记处置措施" not in text(reader, "group_dispute", made.number)
