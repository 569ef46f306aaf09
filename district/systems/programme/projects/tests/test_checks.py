"""Acceptance items that the platform runs itself."""

from datetime import timedelta

import pytest

from district.kernel.clock import now
from district.kernel.people.refused import Refused
from district.kernel.vocabulary import KpiValue
from district.systems.programme.models import ServiceMinute
from district.systems.programme.projects import actions, availability, checks
from district.systems.programme.projects.checks import BadAsk, checked, run
from district.systems.programme.projects.parties import unfit
from district.systems.programme.projects.seed import make_firms

from .people import cast, project_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def measured(monkeypatch, value):
    monkeypatch.setattr(checks, "measure", lambda system, kpi, at: type("M", (), {"value": KpiValue(value, at)}))


@pytest.mark.parametrize(("value", "asks", "is_passed"), [
    (90.0, {"at_least": 90}, True), (89.99, {"at_least": 90}, False), (None, {"at_least": 0}, False),
    (4.0, {"at_most": 5}, True), (5.1, {"at_most": 5}, False),
])  # fmt: skip
def test_an_indicator_is_measured_now_and_no_data_is_not_enough(people, monkeypatch, value, asks, is_passed):
    measured(monkeypatch, value)
    found = run("kpi", {"system": "transit", "key": "forecast_rate", **asks}, people.owner)
    assert (found.is_passed, found.measured) == (is_passed, value)


def test_a_page_passes_when_it_answers_and_shows_what_it_should(people):
    address = "/programme/draws/"
    assert run("page", {"address": address}, people.owner).is_passed
    assert run("page", {"address": address, "shows": "专家抽取公开"}, people.owner).is_passed
    assert not run("page", {"address": address, "shows": "没有这句话"}, people.owner).is_passed
    assert not run("page", {"address": "/programme/draws/CQ-1/"}, people.owner).is_passed
    assert run("page", {"address": "/programme/projects/"}, people.owner).is_passed
    assert "无权" in run("page", {"address": "/programme/experts/"}, people.owner).words


def test_a_page_that_fails_is_a_failed_item_not_a_failed_run(people, monkeypatch):
    monkeypatch.setattr("district.systems.programme.projects.pages.proofs.page", lambda *given: 1 / 0)
    found = run("page", {"address": "/programme/draws/"}, people.owner)
    assert (found.is_passed, found.measured) == (False, 500.0)


def test_a_capability_is_on_line_when_a_page_does_it(people):
    assert run("capability", {"id": "programme.2"}, people.owner).is_passed
    assert not run("capability", {"id": "programme.99"}, people.owner).is_passed


def test_data_are_counted_and_their_age_is_measured(people):
    wanted = {"dataset": "transit.TripRun", "at_least": 1}
    assert not run("dataset_rows", wanted, people.owner).is_passed
    assert run("dataset_rows", wanted | {"at_least": 0}, people.owner).is_passed
    fresh = {"dataset": "transit.TripRun", "column": "begins_at", "within_hours": 24}
    assert "没有数据" in run("dataset_fresh", fresh, people.owner).words


def test_a_service_nobody_recorded_has_not_passed(people):
    asks = {"key": "jobs", "share": 0.99, "days": 7}
    assert availability.share_of("none", now() - timedelta(days=1), now()) is None
    assert not run("service", asks, people.owner).is_passed


def test_a_minute_at_which_nobody_looked_is_not_proven_to_have_been_up(people):
    at = now().replace(second=0, microsecond=0)
    for minute in (10, 9, 8, 2, 1):
        ServiceMinute.objects.create(at=at - timedelta(minutes=minute), is_up=minute != 8)
    found = availability.share_of("web", at - timedelta(days=1), at)
    assert (found.good, found.counted) == (4, 10)


@pytest.mark.parametrize(("kind", "asks", "field"), [
    ("kpi", {"system": "transit", "key": "none", "at_least": 1}, "key"),
    ("kpi", {"system": "transit", "key": "forecast_rate"}, "at_least"),
    ("kpi", {"system": "transit", "key": "forecast_rate", "at_least": "九成"}, "at_least"),
    ("page", {"address": "https://example.org/"}, "address"), ("page", {"address": "//example.org/"}, "address"),
    ("page", {"address": "/nowhere/at/all/"}, "address"), ("page", {}, "address"),
    ("capability", {"id": "x.1"}, "id"), ("dataset_rows", {"dataset": "auth_user", "at_least": 1}, "dataset"),
    ("dataset_fresh", {"dataset": "transit.TripRun", "column": "id; DROP TABLE x", "within_hours": 1}, "column"),
])  # fmt: skip
def test_an_item_that_could_never_run_is_refused_when_it_is_added(people, kind, asks, field):
    with pytest.raises(BadAsk, match=field):
        checked(kind, asks)
    with pytest.raises(Refused):
        actions.add_item(project_at("proposal", people), people.owner, title="x", kind=kind, asks=asks)


def test_the_outcome_of_an_item_the_platform_runs_cannot_be_typed(people):
    project = project_at("acceptance", people)
    item = project.items.create(order=1, title="x", kind="page", asks={"address": "/programme/draws/"}, made_by=people.owner)
    with pytest.raises(Refused) as refused:
        actions.give_result(item, people.owner, True, "好", None)
    assert refused.value.code == "not_manual"


def test_a_third_party_is_of_nobody_elses_group_and_not_barred(people):
    firms, project = make_firms(), project_at("delivery", people)
    project.parts.create(firm=firms[0], role="supplier", since_on=now().date(), made_by=people.office)
    assert "关联" in unfit(project, firms[6], "supervisor")
    assert unfit(project, firms[3], "supervisor") == ""
    assert "未登记该项业务" in unfit(project, firms[3], "tester")
    firms[3].is_barred_until = now().date()
    firms[3].save()
    assert "禁入" in unfit(project, firms[3], "supervisor")
    with pytest.raises(Refused):
        actions.take_part(project, people.office, firms[6], "supervisor")
