"""Mediation within its terms, and group disputes without persons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from district.kernel.cases.actions import complete, resume, suspend
from district.kernel.cases.models import Case, Task
from district.kernel.cases.refused import Refused as CaseRefused
from district.kernel.clock import now, stopped_at, today
from district.kernel.people.models import Account, Organisation
from district.systems.governance.care.actions import disputes as acts
from district.systems.governance.care.actions.disputes import Party, open_dispute
from district.systems.governance.care.actions.endings import delete_ended
from district.systems.governance.care.actions.group_disputes import note_measure, open_group_dispute, settle
from district.systems.governance.care.refused import Refused
from district.systems.governance.care.row_security import opened
from district.systems.governance.models import CareErasure, Dispute, DisputeParty, GroupDispute
from district.testing.people import account

from .caring import carer, lead, unit

pytestmark = pytest.mark.django_db

SIDES = [Party("applicant", "样例甲", "13800138000"), Party("respondent", "样例乙")]


@pytest.fixture
def town() -> Organisation:
    return unit("town_a", "dispute", division_code="370306001")


@pytest.fixture
def mediator(town: Organisation) -> Account:
    return carer(town)


def state(number: str, who: Account) -> Dispute:
    with opened(who):
        return Dispute.objects.get(number=number)


def code_of(call, *arguments, **named) -> str:
    with pytest.raises(Refused) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_a_dispute_from_registration_to_fulfilment(town: Organisation, mediator: Account):
    made = open_dispute(mediator, "neighbour", "院墙滴水", SIDES, town, mediator=mediator)
    number = made.number
    assert made.due_on == today() + timedelta(days=30)
    acts.note_session(mediator, number, "双方到场")
    acts.extend_mediation(mediator, number, today() + timedelta(days=40), "双方同意延长")
    assert state(number, mediator).due_on == today() + timedelta(days=40)
    acts.agree(mediator, number, "修缮院墙", today())
    agreed = state(number, mediator)
    assert agreed.confirmation_due_on == today() + timedelta(days=30)
    assert code_of(acts.note_session, mediator, number, "x") == "wrong_state"
    acts.confirm(mediator, number, today())
    acts.follow_up(mediator, number, "尚未修完", is_fulfilled=False)
    assert state(number, mediator).state == "confirmed"
    acts.follow_up(mediator, number, "已修完", is_fulfilled=True)
    ended = state(number, mediator)
    assert (ended.state, ended.ended_on) == ("fulfilled", today())
    case = Case.objects.get(number=ended.case_number)
    assert (case.procedure, case.state, case.is_confidential) == ("mediation", "closed", True)
    assert case.extension_amount == 240
    assert "样例" not in f"{case.title}{case.text}{case.form}"


def test_parties_and_terms_are_checked(town: Organisation, mediator: Account):
    assert (
        code_of(open_dispute, mediator, "neighbour", "x", SIDES[:1], town, mediator=mediator)
        == "parties_missing"
    )
    assert code_of(open_dispute, mediator, "petition", "x", SIDES, town, mediator=mediator) == "unknown"
    other = unit("town_b", "dispute")
    assert (
        code_of(open_dispute, mediator, "neighbour", "x", SIDES, other, mediator=mediator) == "outside_duty"
    )
    assert (
        code_of(open_dispute, lead(town), "neighbour", "x", SIDES, town, mediator=carer(other))
        == "not_a_carer"
    )
    number = open_dispute(mediator, "neighbour", "x", SIDES, town, mediator=mediator).number
    assert code_of(acts.extend_mediation, mediator, number, today() + timedelta(days=30), "") == "not_longer"
    assert code_of(acts.confirm, mediator, number, today()) == "wrong_state"
    assert code_of(acts.agree, mediator, number, "x", today() + timedelta(days=1)) == "effective_day"
    assert code_of(acts.end_mediation, mediator, number, "fulfilled", "x") == "unknown"
    acts.end_mediation(mediator, number, "failed", "告知可依法起诉")
    assert code_of(acts.assign_mediator, mediator, number, mediator) == "outside_duty"


def test_a_suspended_case_is_resumed_before_the_dispute_goes_on(town: Organisation, mediator: Account):
    number = open_dispute(mediator, "neighbour", "x", SIDES, town, mediator=mediator).number
    case = Case.objects.get(number=state(number, mediator).case_number)
    suspend(case, None, "等待鉴定")
    assert code_of(acts.end_mediation, mediator, number, "failed", "x") == "suspended"
    assert state(number, mediator).state == "mediating"
    resume(case, None)
    acts.end_mediation(mediator, number, "failed", "x")
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_the_bench_decides_no_dispute_and_the_care_page_ends_its_case(town: Organisation, mediator: Account):
    number = open_dispute(mediator, "neighbour", "x", SIDES, town, mediator=mediator).number
    task = Task.objects.get(case__number=state(number, mediator).case_number)
    with pytest.raises(CaseRefused) as caught:
        complete(task, account("governance.care_lead"), {"agreed": False})
    assert caught.value.code == "elsewhere"
    acts.end_mediation(mediator, number, "failed", "x")
    assert state(number, mediator).state == "failed"
    assert Case.objects.get(pk=task.case_id).state == "closed"


def test_a_dispute_is_deleted_when_its_keeping_is_over(town: Organisation, mediator: Account):
    number = open_dispute(mediator, "neighbour", "x", SIDES, town, mediator=mediator).number
    acts.end_mediation(mediator, number, "withdrawn", "申请人撤回")
    kept_until = state(number, mediator).delete_on
    assert delete_ended(kept_until - timedelta(days=1)) == {}
    with stopped_at(now() + (kept_until - today())):
        assert delete_ended(kept_until) == {"dispute": 1}
    assert CareErasure.objects.get().basis == "dispute"
    with opened(work="expiry"):
        assert DisputeParty.objects.count() == 0


def test_a_group_dispute_is_an_event_of_a_place_and_a_matter(town: Organisation):
    officer = account("governance.officer")
    event = open_group_dispute(officer, "property", "样例小区", "物业费上涨引起争议", "small", now(), town)
    note_measure(officer, event, "住建部门到场说明收费依据")
    settle(officer, event, "收费标准重新公示")
    assert GroupDispute.objects.get().state == "settled"
    case = Case.objects.get(number=event.case_number)
    assert (case.procedure, case.state, case.organisation_id) == ("group_event", "closed", town.pk)
    assert code_of(note_measure, officer, event, "x") == "closed"


@pytest.mark.parametrize(
    "text", ["联系 13800138000", "参与人员：样例甲", "骨干是样例甲", "11010519491231002X 到场"]
)
def test_a_group_dispute_takes_no_persons(text: str, town: Organisation):
    officer = account("governance.officer")
    for place, matter in (("样例小区", text), (text, "物业费")):
        assert (
            code_of(open_group_dispute, officer, "property", place, matter, "small", now(), town)
            == "person_named"
        )
    event = open_group_dispute(officer, "property", "样例小区", "物业费", "small", now(), town)
    assert code_of(note_measure, officer, event, text) == "person_named"
    assert code_of(
        open_group_dispute, account("governance.clerk"), "property", "a", "b", "small", now(), town
    ) == ("outside_duty")
