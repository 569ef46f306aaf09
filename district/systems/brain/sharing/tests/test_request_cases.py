"""A request for data is a case: its steps follow what is decided, its clock reminds and then supervises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from district.kernel import clock
from district.kernel.cases.cards import give_cards
from district.kernel.cases.models import Task, TaskState
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.grants import actions
from district.kernel.grants.models import Request
from district.kernel.grants.terms import Terms
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.models import Account
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> tuple[Account, Account, Account]:
    organisation("data", name="区大数据局")
    return (
        account("brain.provider", unit=organisation("asker", name="申请局"), scope="own"),
        account("brain.steward", unit=organisation("data")),
        account("brain.provider", unit=organisation("owner", name="提供局"), scope="own"),
    )


@pytest.fixture
def request_sent(people: tuple[Account, Account, Account]) -> Request:
    asker, _steward, owner = people
    resource = Resource.objects.create(
        name="owner.things", code="306001/9", title="事项", category="306001", provider=owner.organisation,
        table="people_organisation", shelf=Shelf.PUBLISHED,
    )  # fmt: skip
    Item.objects.create(resource=resource, position=1, name="name", title="名称")
    today = clock.today()
    drafted = actions.draft(
        resource, asker.organisation, asker, items=["name"], purpose="核查", matter="事项办理", starts_on=today,
        ends_on=today + timedelta(days=9),
    )  # fmt: skip
    return _settled(actions.submit(drafted, asker))


def _settled(request: Request) -> Request:
    assert {outcome for _task, outcome in run_waiting()} == {"succeeded"}
    return Request.objects.select_related("case").get(pk=request.pk)


def _waits_for(request: Request) -> tuple[str, str, str]:
    task = Task.objects.get(case=request.case, state=TaskState.READY)
    return task.key, task.role, task.organisation.name


def test_the_case_follows_the_request_to_its_answer(
    request_sent: Request, people: tuple[Account, Account, Account]
):
    asker, steward, owner = people
    assert _waits_for(request_sent) == ("review", "brain.steward", "区大数据局")
    returned = _settled(actions.review(request_sent, steward, "returned", "补充依据"))
    assert _waits_for(returned) == ("amend", "brain.provider", "申请局")
    again = _settled(actions.submit(returned, asker))
    assert _waits_for(again)[0] == "review"
    accepted = _settled(actions.review(again, steward, "accepted"))
    assert _waits_for(accepted) == ("decide", "brain.provider", "提供局")
    today = clock.today()
    actions.agree(accepted, owner, Terms(items=["name"], starts_on=today, ends_on=today))
    answered = _settled(accepted)
    assert (answered.case.state, answered.case.pk) == ("closed", request_sent.case.pk)


def test_who_is_late_is_reminded_then_supervised(
    request_sent: Request, people: tuple[Account, Account, Account]
):
    accepted = _settled(actions.review(request_sent, people[1], "accepted"))
    with clock.stopped_at(accepted.due_at - timedelta(hours=2)):
        give_cards()
        reminded = _settled(accepted)
    assert reminded.reminded_at
    assert reminded.supervised_at is None
    with clock.stopped_at(accepted.due_at + timedelta(days=4)):
        give_cards()
        late = _settled(accepted)
    assert late.supervised_at
    assert late.case.supervisions.get().organisation.name == "提供局"


def test_a_declined_or_cancelled_request_ends_its_case(
    request_sent: Request, people: tuple[Account, Account, Account]
):
    assert _settled(actions.review(request_sent, people[1], "declined", "超出职责")).case.state == "closed"
    Request.objects.update(state="draft", case=None, number="SX2")
    second = _settled(actions.submit(Request.objects.get(), people[0]))
    assert _settled(actions.cancel(second, people[0])).case.state == "cancelled"
