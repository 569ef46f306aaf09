"""Pages of projects: each opens, shows what it is about, and its buttons do what they say."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.clock import today
from district.systems.programme.models import Firm, Invitation, Procurement, Project
from district.systems.programme.projects import actions, seed
from district.systems.programme.projects.pages.acts import ACTS
from district.testing.people import account, organisation

from .people import cast, project_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def test_every_page_and_form_of_a_project_opens(people):
    seed.seed_projects(people)
    office, owner = signed_in(people.office), signed_in(people.owner)
    for key in ("projects", "reviews", "experts", "firms"):
        assert office.get(reverse(f"programme:{key}")).status_code == 200
    tried = set()
    for project in Project.objects.all():
        address = reverse("programme:project", args=[project.number])
        words = office.get(address).content.decode()
        assert project.title in words
        assert "模拟" in words
        for key, act in ACTS.items():
            if act.form is not None and key not in tried and (not act.stages or project.stage in act.stages):
                tried.add(key)
                answer = office.get(f"{address}?do={key}")
                assert answer.status_code == 200, key
    for purchase in Procurement.objects.all()[:1]:
        assert owner.get(reverse("programme:purchase", args=[purchase.number])).status_code == 200
    run = Project.objects.get(stage="evaluation").runs.get()
    assert "与记录一致" in owner.get(reverse("programme:run", args=[run.key])).content.decode()
    told = owner.get(reverse("programme:run_file", args=[run.key])).json()
    assert told["digest"] == run.digest
    for invitation in Invitation.objects.filter(expert__account=people.expert):
        assert signed_in(people.expert).get(reverse("programme:opinion", args=[invitation.pk])).status_code == 200
        assert office.get(reverse("programme:opinion", args=[invitation.pk])).status_code in (403, 404)


def test_what_is_put_in_by_one_is_confirmed_by_the_other_and_not_by_himself(people):
    project = project_at("proposal", people)
    address = reverse("programme:project", args=[project.number])
    owner, office = signed_in(people.owner), signed_in(people.office)
    sheet = SimpleUploadedFile("建议书.csv", "项目,金额\n数据平台,1\n".encode())
    answer = owner.post(f"{address}?do=paper", {"kind": "proposal", "title": "建议书", "words": "", "upload": sheet})
    assert answer.status_code == 302
    paper = project.papers.get()
    button = reverse("programme:project_act", args=[project.number, "confirm_paper"])
    assert owner.post(button, {"row": paper.pk}).status_code == 403
    assert office.post(button, {"row": paper.pk}).status_code == 302
    paper.refresh_from_db()
    assert paper.confirmed_by == people.office
    assert owner.get(reverse("files:kept", args=[paper.file_id])).status_code == 200
    gate = reverse("programme:project_act", args=[project.number, "ask_gate"])
    assert "还不能进入下一阶段" in owner.post(gate, follow=True).content.decode()


def test_an_acceptance_item_is_typed_as_names_and_values_and_refused_with_its_field(people):
    project = project_at("proposal", people)
    address = reverse("programme:project", args=[project.number]) + "?do=item"
    owner = signed_in(people.owner)
    wrong = {"title": "预报率", "kind": "kpi", "asks": "system=transit\nkey=nothing\nat_least=90", "is_required": "on"}
    answer = owner.post(address, wrong)
    assert answer.status_code == 400
    assert "没有指标" in answer.content.decode()
    assert owner.post(address, wrong | {"asks": "system=transit\nkey=forecast_rate\nat_least=90"}).status_code == 302
    assert project.items.get().asks == {"system": "transit", "key": "forecast_rate", "at_least": 90}


def test_a_purchase_is_approved_by_finance_and_noticed_for_as_long_as_the_law_asks(people):
    project = project_at("procurement", people)
    purchase = actions.plan_purchase(project, people.owner, title="采购", kind="supply", method="open", ceiling_fen=900_000_000)
    address = reverse("programme:purchase", args=[purchase.number])
    assert signed_in(people.office).post(address, {"act": "approve"}).status_code == 403
    assert signed_in(people.finance).post(address, {"act": "approve"}).status_code == 302
    too_soon = {"noticed_on": today(), "bids_due_at": f"{today() + timedelta(days=10)}T09:00", "reference": "公告1"}
    answer = signed_in(people.owner).post(f"{address}?do=notice", too_soon)
    assert "不得早于" in answer.content.decode()
    assert signed_in(people.owner).post(f"{address}?do=notice", too_soon | {
        "bids_due_at": f"{today() + timedelta(days=21)}T09:00"}).status_code == 302  # fmt: skip


def test_who_owns_another_units_project_does_not_see_it_and_the_auditor_changes_nothing(people):
    project = project_at("proposal", people)
    address = reverse("programme:project", args=[project.number])
    stranger = account("programme.owner", unit=organisation("health"), scope="subtree")
    assert signed_in(stranger).get(address).status_code == 404
    auditor = signed_in(account("programme.auditor"))
    assert auditor.get(address).status_code == 200
    for key, act in ACTS.items():
        if act.form is None:
            assert auditor.post(reverse("programme:project_act", args=[project.number, key]), {"row": 1}).status_code == 403, key
        else:
            assert auditor.get(f"{address}?do={key}").status_code == 403, key


def test_a_firm_and_an_expert_are_registered_and_changed(people):
    office = signed_in(people.office)
    firm = {"name": "新单位", "uscc": seed.credit_code(90), "trades": ["tester"], "affiliates": []}
    assert office.post(reverse("programme:new_firm"), firm).status_code == 302
    found = Firm.objects.get(name="新单位")
    assert found.trades == ["tester"]
    assert office.post(reverse("programme:firm", args=[found.pk]), firm | {"is_barred_until": today()}).status_code == 302
    expert = {"number": "ZJ-900", "name": "新专家", "employer": "高校", "specialities": "信息安全、密码", "avoided": "",
              "appointed_on": today(), "until_on": today() + timedelta(days=700), "title": "", "employer_uscc": ""}  # fmt: skip
    assert office.post(reverse("programme:new_expert"), expert).status_code == 302
    assert "信息安全、密码" in office.get(reverse("programme:experts")).content.decode()
