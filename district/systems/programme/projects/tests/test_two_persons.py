"""Nobody decides what is his own: in the acts, and in the database where two columns stand beside one another."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from district.kernel.clock import now, today
from district.kernel.people.refused import Refused
from district.systems.programme.models import (
    Acceptance,
    AcceptanceItem,
    EffectReport,
    GatePassage,
    ManualResult,
    Procurement,
    ProjectChange,
    ProjectPaper,
    SupervisionReport,
)
from district.systems.programme.projects import actions, seed
from district.systems.programme.projects.seed import make_experts, make_firms

from .people import cast, project_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    found = cast()
    make_experts(found)
    return found


@pytest.fixture
def project(people):
    return seed.to_delivery(people, "公交站牌改造", today() + timedelta(days=60), make_firms(), days_ago=190)


def own(act, *given):
    with pytest.raises(Refused) as refused:
        act(*given)
    assert refused.value.code == "own"


def test_no_act_decides_what_the_same_person_put_forward(people, project):
    paper = actions.add_paper(project, people.office, "other", "会议纪要", words="存档")
    own(actions.decide_paper, paper, people.office, True)
    purchase = actions.plan_purchase(project, people.office, title="测评", kind="test", method="open", ceiling_fen=100)
    own(actions.approve_purchase, purchase, people.office)
    change = actions.ask_change(project, people.office, title="增项", why="需要", supervisor_says="同意")
    own(actions.decide_change, change, people.office, True)
    last = project.supervision.order_by("month").last().month
    report = actions.give_report(project, people.office, month=(last + timedelta(days=32)).replace(day=1), percent=1,
                                 planned_percent=1, quality="好")  # fmt: skip
    own(actions.accept_report, report, people.office)
    own(actions.stop, project, people.owner, "不做了")
    young = seed.to_proposal(people, "另一个", today() + timedelta(days=60), days_ago=1)
    actions.add_item(young, people.office, title="抽查", kind="manual", asks={})
    own(actions.agree_list, young, people.office)


def test_whoever_asked_for_a_gate_or_proposed_the_project_does_not_open_it(people, project):
    passage = GatePassage.objects.create(project=project, stage="delivery", asked_by=people.office)
    own(actions.decide_passage, passage, people.office, True)
    own(actions.decide_passage, passage, people.owner, True)


ROWS = (
    (ProjectPaper, "made_by", "confirmed_by", {"kind": "other", "title": "x"}),
    (Procurement, "asked_by", "approved_by", {"number": "x", "title": "x", "method": "open", "ceiling_fen": 1}),
    (SupervisionReport, "made_by", "accepted_by", {"month": "2020-01-01", "percent": 1, "planned_percent": 1, "quality": "x"}),
    (ProjectChange, "asked_by", "decided_by", {"order": 9, "title": "x", "why": "x", "state": "approved"}),
    (AcceptanceItem, "made_by", "agreed_by", {"order": 99, "title": "x", "kind": "manual"}),
    (EffectReport, "made_by", "confirmed_by", {"grade": "good", "words": "x"}),
)


def test_the_database_refuses_one_person_for_both(people):
    project, firm = project_at("delivery", people), make_firms()[0]
    for model, by, decided, more in ROWS:
        firms = {"firm": firm} if model is EffectReport else {}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(project=project, **more, **firms, **{by: people.office, decided: people.office})
    passage = GatePassage.objects.create(project=project, stage="delivery", asked_by=people.office)
    with pytest.raises(IntegrityError), transaction.atomic():
        GatePassage.objects.filter(pk=passage.pk).update(state="passed", decided_by=people.office, decided_at=now())


def test_no_project_is_accepted_by_one_person_or_on_a_run_that_failed_whoever_says_so(people):
    project = project_at("acceptance", people)
    item = AcceptanceItem.objects.create(project=project, order=1, title="抽查", kind="manual", made_by=people.owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        ManualResult.objects.create(item=item, is_passed=True, words="x", made_by=people.office, confirmed_by=people.office)
    part = actions.take_part(project, people.office, make_firms()[4], "tester")
    failed = actions.run_list(project, people.owner)
    assert not failed.is_passed  # nobody has looked yet
    ManualResult.objects.create(item=item, is_passed=True, words="x", made_by=people.owner, confirmed_by=people.office,
                                confirmed_at=now())  # fmt: skip
    passed = actions.run_list(project, people.owner)
    assert passed.is_passed
    assert passed.previous == failed.digest
    for run, by in ((failed, people.office), (passed, people.owner)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Acceptance.objects.create(project=project, run=run, test_by=part, words="x", asked_by=people.finance, decided_by=by)
    with pytest.raises(Refused, match="最近一次运行"):
        actions.accept(project, people.office, str(failed.key), "同意")
    own(actions.accept, project, people.owner, str(passed.key), "同意")
    assert actions.accept(project, people.office, str(passed.key), "同意").run == passed
