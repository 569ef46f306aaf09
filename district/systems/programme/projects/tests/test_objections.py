"""A bidder's doubt is a case with the days of the law, and nothing is settled over it."""

from datetime import datetime, time, timedelta

import pytest

from district.kernel.cases.actions import claim, complete
from district.kernel.clock import CHINA, now, stopped_at, today
from district.kernel.people.refused import Refused
from district.systems.programme.models import BidObjection
from district.systems.programme.projects import actions
from district.systems.programme.projects.seed import make_firms

from .people import cast, project_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def purchase(people):
    """Awarded yesterday to the dearest of three, who had the most points."""
    firms, project = make_firms(), project_at("procurement", people)
    made = actions.plan_purchase(project, people.owner, title="采购", kind="supply", method="open", ceiling_fen=900)
    actions.approve_purchase(made, people.finance)
    due = datetime.combine(today() - timedelta(days=5), time(9), CHINA)
    actions.give_notice(made, people.owner, noticed_on=today() - timedelta(days=30), bids_due_at=due, reference="公告1")
    actions.open_bids(made, people.owner)
    for number, firm in enumerate(firms[:3]):
        actions.register_bid(made, people.owner, firm, 600 + number, due - timedelta(hours=1), points=80.0 + number)
    return actions.award(made, people.office, today() - timedelta(days=1))


def refused(act, *given):
    with pytest.raises(Refused) as found:
        act(*given)
    return found.value.code


def work_off(case, account, finding):
    for form in ({"facts": "经核查，评分过程完整", "is_experts": False}, {"finding": finding, "reply": "答复如下"}):
        task = case.tasks.get(state__in=("ready", "claimed"))
        complete(claim(task, account), account, form)


def test_the_award_follows_the_points_and_is_not_settled_before_the_days_are_over(people, purchase):
    assert (purchase.award_fen, purchase.award_reason) == (602, "得分最高：82")
    assert refused(actions.settle, purchase, people.office) == "not_over"


def test_only_bidders_object_in_time_and_the_same_doubt_is_one_case(people, purchase):
    firms = make_firms()
    assert refused(actions.object_to, purchase, people.office, firms[5], "评分有误", "k") == "not_bidder"
    first = actions.object_to(purchase, people.office, firms[0], "评分有误", "k")
    assert actions.object_to(purchase, people.office, firms[0], "评分有误", "k").case == first.case
    assert BidObjection.objects.count() == 1
    assert first.case.due_at > now()
    with stopped_at(now() + timedelta(days=20)):
        assert refused(actions.object_to, purchase, people.office, firms[1], "评分有误", "l") == "too_late"


@pytest.mark.parametrize(("finding", "outcome"), [("不成立", "settled"), ("成立", "objection_upheld")])
def test_nothing_is_settled_over_an_open_or_an_upheld_objection(people, purchase, finding, outcome):
    doubt = actions.object_to(purchase, people.office, make_firms()[0], "评分有误", "k")
    with stopped_at(now() + timedelta(days=20)):
        assert refused(actions.settle, purchase, people.office) == "objection_open"
        doubt.case.refresh_from_db()
        work_off(doubt.case, people.office, finding)
        if outcome == "settled":
            assert actions.settle(purchase, people.office).state == "settled"
            assert purchase.project.parts.get(role="supplier").firm == purchase.winner
        else:
            assert refused(actions.settle, purchase, people.office) == outcome


def test_a_barred_firm_an_adviser_and_a_bidders_affiliate_do_not_bid(people):
    firms, project = make_firms(), project_at("procurement", people)
    project.parts.create(firm=firms[4], role="assessor", since_on=today(), made_by=people.office)
    firms[1].is_barred_until = today()
    firms[1].save()
    made = actions.plan_purchase(project, people.owner, title="采购", kind="supply", method="open", ceiling_fen=900)
    actions.approve_purchase(made, people.finance)
    due = datetime.combine(today() - timedelta(days=5), time(9), CHINA)
    actions.give_notice(made, people.owner, noticed_on=today() - timedelta(days=30), bids_due_at=due, reference="公告1")
    actions.open_bids(made, people.owner)
    bid = (700, due - timedelta(hours=1))
    assert refused(actions.register_bid, made, people.owner, firms[1], *bid) == "firm"
    assert refused(actions.register_bid, made, people.owner, firms[4], *bid) == "firm"
    actions.register_bid(made, people.owner, firms[0], *bid)
    assert refused(actions.register_bid, made, people.owner, firms[6], *bid) == "firm"
    late = actions.register_bid(made, people.owner, firms[2], 700, due + timedelta(minutes=1))
    assert late.invalid_reason == "逾期送达"
    assert refused(actions.award, made, people.office) == "no_award"
