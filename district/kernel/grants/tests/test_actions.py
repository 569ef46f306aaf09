"""From a request to a grant and its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from district.kernel import clock
from district.kernel.cases.calendar import is_working_day
from district.kernel.datasets.models import Resource
from district.kernel.grants import actions, rules
from district.kernel.grants.models import Grant, Request
from district.kernel.grants.refused import Refused
from district.kernel.grants.terms import Terms
from district.kernel.grants.tests import shared_rows
from district.kernel.grants.viewers import viewer_of
from district.kernel.people.models import Account
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Account:
    return account(holders(PROVIDER)[0], unit=organisation("owner", name="提供局"), scope="own")


@pytest.fixture
def asker() -> Account:
    return account(holders(PROVIDER)[0], unit=organisation("asker", name="申请局"), scope="own")


@pytest.fixture
def steward() -> Account:
    return account(holders(STEWARD)[0], unit=organisation("data", name="大数据局"))


@pytest.fixture
def shared(owner: Account) -> Resource:
    return shared_rows.resource()


def asked(resource: Resource, by: Account, **said: Any) -> Request:
    today = clock.today()
    return actions.submit(
        actions.draft(
            resource, by.organisation, by,
            **{"items": ["name", "phone"], "purpose": "核查补贴", "matter": "补贴发放", "starts_on": today,
               "ends_on": today + timedelta(days=30), **said},
        ),
        by,
    )  # fmt: skip


def terms(**said: Any) -> Terms:
    today = clock.today()
    return Terms(**{"items": ["name"], "starts_on": today, "ends_on": today + timedelta(days=30), **said})


def refusal(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **said)
    return refused.value.code


def test_a_request_is_reviewed_then_decided_and_the_grant_counts(
    shared: Resource, owner: Account, asker: Account, steward: Account
):
    request = actions.review(asked(shared, asker), steward, "accepted")
    working = [request.accepted_at.date() + timedelta(days=n) for n in range(1, 40)]
    assert request.due_at.date() == [day for day in working if is_working_day(day)][9]
    grant = actions.agree(
        request, owner, terms(divisions=["370306001"]), reason="限一个镇", is_conditional=True
    )
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("conditional", owner)
    assert rules.columns_and_rows(viewer_of(asker), shared).divisions == ("370306001",)
    actions.withdraw(grant, owner, "用途变更")
    assert rules.columns_and_rows(viewer_of(asker), shared) is None


def test_a_returned_request_comes_back_and_a_declined_one_does_not(
    shared: Resource, asker: Account, steward: Account
):
    request = actions.review(asked(shared, asker), steward, "returned", "请补充依据")
    assert request.state == "returned"
    request = actions.submit(actions.amend(request, asker, ground="条例第五条"), asker)
    assert (request.state, request.reason) == ("submitted", "")
    assert refusal(actions.review, request, steward, "declined") == "reason_wanted"
    actions.review(request, steward, "declined", "超出职责")
    assert refusal(actions.submit, request, asker) == "wrong_state"


def test_data_shared_without_condition_are_granted_at_once_and_closed_ones_refused_with_their_ground(
    shared: Resource, asker: Account
):
    Resource.objects.update(share="open")
    shared.refresh_from_db()
    request = asked(shared, asker)
    assert request.state == "agreed"
    assert Grant.objects.get(request=request).purpose == "核查补贴"
    Resource.objects.update(share="closed", legal_ground="某法第三条")
    shared.refresh_from_db()
    request = asked(shared, asker)
    assert request.state == "refused"
    assert "某法第三条" in request.reason


def test_nobody_decides_their_own_request(shared: Resource, asker: Account):
    both = account(holders(STEWARD)[0], holders(PROVIDER)[0], unit=asker.organisation, scope="district")
    request = asked(shared, both)
    assert refusal(actions.review, request, both, "accepted") == "own_request"
    Request.objects.update(state="accepted")
    assert refusal(actions.agree, request, both, terms()) == "own_request"
    assert refusal(actions.refuse, request, both, "不") == "own_request"


def test_only_the_provider_decides(shared: Resource, asker: Account, steward: Account):
    request = actions.review(asked(shared, asker), steward, "accepted")
    third = account(holders(PROVIDER)[0], unit=organisation("third"), scope="own")
    for other in (third, steward):
        assert refusal(actions.agree, request, other, terms()) == "not_yours"
    assert refusal(actions.review, request, asker, "accepted") == "wrong_state"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"items": ["income"]}, "not_asked"), ({"items": ["nothing"]}, "no_such_item"), ({"items": []}, "no_items"),
        ({"plain": ["phone"]}, "not_granted"), ({"masks": {"name": "mobile"}}, "mask_not_stricter"),
        ({"divisions": ["37; DROP"]}, "bad_division"), ({"ends_on": date(2000, 1, 1)}, "bad_term"),
        ({"conditions": [{"item": "income", "op": "ge", "value": "x"}]}, "bad_value"), ({"rows_per_day": 0}, "bad_quota"),
    ],
)  # fmt: skip
def test_terms_that_do_not_fit_are_refused_by_name(
    shared: Resource, owner: Account, asker: Account, steward: Account, said: dict, code: str
):
    request = actions.review(asked(shared, asker), steward, "accepted")
    assert refusal(actions.agree, request, owner, terms(**said)) == code
    request.refresh_from_db()
    assert (request.state, Grant.objects.count()) == ("accepted", 0)


def test_an_objection_is_answered_by_the_provider(shared: Resource, owner: Account, asker: Account):
    objection = actions.object_to(shared, "三条记录电话有误", account=asker, records=3)
    assert refusal(actions.answer, objection, asker, is_upheld=True, text="x") == "not_yours"
    assert actions.answer(objection, owner, is_upheld=True, text="已更正").state == "upheld"


def test_a_grant_that_is_over_is_marked_and_makes_room(shared: Resource, owner: Account, asker: Account):
    now = clock.now()
    shared_rows.grant(
        shared, asker.organisation, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    assert actions.end_what_is_over() == 1
    first = actions.give(shared, asker.organisation, terms(), owner, purpose="x")
    second = actions.give(shared, asker.organisation, terms(items=["town"]), owner, purpose="y")
    assert [Grant.objects.get(pk=each.pk).state for each in (first, second)] == ["withdrawn", "active"]
    assert rules.columns_and_rows(viewer_of(asker), shared).names == ("town",)
