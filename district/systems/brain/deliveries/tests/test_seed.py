"""The demonstration has rows everywhere: deliveries on several days, refused rows, scores, a product, its lineage."""

from __future__ import annotations

import pytest

from district.kernel.connectors.models import Run, RunState
from district.kernel.datasets.lineage import lineage
from district.kernel.datasets.models import QualityScore, Resource
from district.kernel.datasets.versions import published
from district.kernel.grants.models import Grant
from district.kernel.jobs.in_line import run_waiting
from district.kernel.people.models import Account
from district.kernel.people.seed import seed_organisations
from district.systems.brain.deliveries import demo_rows
from district.systems.brain.deliveries.seed import FIRMS, MODES, PENALTIES, seed_deliveries
from district.systems.brain.models import QuestionRun
from district.systems.brain.sharing.seed import seed_sharing
from district.systems.brain.themes.seed import seed_themes
from district.systems.brain.workspace.seed import seed_workspace
from district.testing.people import account, organisation


@pytest.fixture
def demo(db, monkeypatch, tmp_path):
    monkeypatch.setattr("district.kernel.home.lake", lambda: tmp_path)
    seed_organisations()
    for role, unit in (("steward", "bigdata"), ("analyst", "bigdata"), ("provider", "education")):
        account(
            f"brain.{role}", unit=organisation(unit), username=f"brain.{role}", is_demo=True,
            scope="own" if role == "provider" else "district",
        )  # fmt: skip
    seed_themes()
    for _ in range(2):
        seed_deliveries()
        seed_sharing()
        seed_workspace()


def test_files_are_delivered_once_some_rows_are_refused_and_one_file_is_not_taken(demo):
    runs = list(Run.objects.select_related("source__resource"))
    by_title = {
        title: [run for run in runs if run.source.resource.title == title] for title in (*MODES, PENALTIES)
    }
    assert {title: len(of) for title, of in by_title.items()} == {
        FIRMS: 3, "户籍人口基本信息": 2, "学校基本信息": 2, "主要经济指标": 3, PENALTIES: 1,
    }  # fmt: skip
    assert [run.state for run in by_title[PENALTIES]] != [RunState.DONE]
    assert all(run.state == RunState.DONE for title in MODES for run in by_title[title])
    newest = max(by_title[FIRMS], key=lambda run: run.started_at)
    assert newest.rows_refused == newest.refused.count() > 0
    assert len({run.started_at.date() for run in runs}) >= 6
    rows = sum(published(resource).rows for resource in Resource.objects.filter(title__in=MODES))
    assert rows > 400
    assert QualityScore.objects.filter(resource__title=FIRMS, total__lt=100).exists()


def test_a_question_is_answered_and_its_product_leads_back_to_the_source(demo):
    assert Account.objects.filter(is_demo=True).count() == 3
    assert list(QuestionRun.objects.exclude(error="")) == []
    assert Grant.objects.filter(is_simulated=True).count() == 2
    run_waiting()
    firms = Resource.objects.get(title=FIRMS)
    found = lineage("resource", firms.pk)
    kinds = {node.kind: found.steps[node.pk] for node in found.nodes}
    assert kinds["source"] < 0 < min(kinds["version"], kinds["product"], kinds["grant"])


def test_codes_and_numbers_hold():
    from district.kernel.parties import numbers

    for n in (1, 77, 400):
        code = demo_rows.credit_code(n)
        assert numbers.credit_check(code[:-1]) == code[-1]
    people = [str(row[0]) for row in demo_rows.persons(80)]
    assert len(set(people)) == 80
    assert all(numbers.citizen_check(each[:17]) == each[17] for each in people)
