"""The way of a project from its proposal to its acceptance, by the acts alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from district.kernel.clock import now, today
from district.systems.programme.demo_steps import approved_contract
from district.systems.programme.models import AcceptanceRun, Contract, GatePassage, Project
from district.systems.programme.projects import seed
from district.systems.programme.projects.queries import may_pay
from district.systems.programme.projects.seed import make_experts, make_firms
from district.systems.programme.projects.today import lines

from .people import cast, project_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    found = cast()
    make_experts(found)
    return found


def test_a_project_goes_all_the_way_to_acceptance_and_is_paid_on_its_run_alone(people):
    project = seed.to_accepted(
        people, "公交信息实时预报系统", today() - timedelta(days=20), make_firms(), days_ago=420
    )
    assert project.stage == "evaluation"
    contract = project.contracts.get()
    run = AcceptanceRun.objects.get(acceptance__project=contract.project, is_passed=True)
    assert may_pay(project, "accepted").run == run.key
    assert may_pay(project, "accepted", run.key).is_allowed
    assert not may_pay(project, "accepted", "00000000-0000-0000-0000-000000000000").is_allowed
    assert not may_pay(project, "evaluated").is_allowed
    assert list(project.passages.values_list("stage", "state")) == [
        (stage, "passed") for stage in ("proposal", "review", "procurement", "delivery", "acceptance")
    ]


def test_the_demonstration_is_made_once(people):
    seed.seed_projects(people)
    before = Project.objects.count()
    seed.seed_projects(people)
    assert Project.objects.count() == before == 4
    assert sorted(Project.objects.values_list("stage", flat=True)) == [
        "delivery",
        "evaluation",
        "proposal",
        "review",
    ]


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_lets_no_project_past_a_gate_it_did_not_pass(people):
    project = seed.to_proposal(people, "一个项目", today() + timedelta(days=90), days_ago=1)
    for stage in ("review", "delivery", "evaluation", "closed"):
        refused_by_the_database(lambda to=stage: Project.objects.filter(pk=project.pk).update(stage=to))
    passage = GatePassage(
        project=project, stage="proposal", state="passed", asked_by=people.owner, decided_by=people.office
    )
    refused_by_the_database(passage.save)


def test_the_database_keeps_runs_passages_and_signed_opinions(people):
    project = seed.to_accepted(
        people, "公交信息实时预报系统", today() - timedelta(days=20), make_firms(), days_ago=420
    )
    run, passage = AcceptanceRun.objects.get(), project.passages.first()
    draw = project.reviews.get().draws.get()
    opinion = project.reviews.get().invitations.first().opinion
    for row, change in (
        (run, {"is_passed": False}), (project.acceptance, {"words": "改"}), (passage, {"state": "refused"}),
        (opinion, {"said": "改"}), (draw, {"chosen": []}), (draw.shares.first(), {"secret": "00" * 32}),
    ):  # fmt: skip
        refused_by_the_database(
            lambda row=row, change=change: type(row).objects.filter(pk=row.pk).update(**change)
        )
        refused_by_the_database(lambda row=row: type(row).objects.filter(pk=row.pk).delete())


def test_the_leader_is_told_of_what_is_late_and_of_nothing_else(people):
    project = seed.to_delivery(people, "公交站牌改造", today() + timedelta(days=60), make_firms(), days_ago=190)
    told = lines(now())
    assert [("缺监理月报" in line.text, line.unit) for line in told] == [(True, project.owner.name)]
    Project.objects.filter(pk=project.pk).update(due_on=today() - timedelta(days=1))
    assert any("尚未验收" in line.text for line in lines(now()))


def test_no_project_begins_further_on_and_no_contract_begins_approved(people):
    project = project_at("proposal", people)
    fields = {"title": "x", "owner": project.owner, "purpose": "x", "estimate_fen": 1, "due_on": project.due_on}
    refused_by_the_database(lambda: Project.objects.create(number="X1", stage="delivery", **fields))
    firm = make_firms()[0]
    contract = {
        "title": "x", "project": project, "firm": firm, "kind": "supply", "amount_fen": 1, "signed_on": today(),
        "begins_on": today(), "ends_on": today(), "asked_by": people.owner, "decided_by": people.office, "approved_at": now(),
    }  # fmt: skip
    refused_by_the_database(lambda: Contract.objects.create(number="X1", state="approved", **contract))
    assert approved_contract(number="X2", **contract).state == "approved"
