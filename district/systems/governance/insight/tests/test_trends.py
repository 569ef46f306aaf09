from datetime import timedelta

import pytest
from django.test import Client

from district.kernel.cases.models import Case
from district.kernel.people.access import Scope
from district.systems.governance.insight import seed as seeding
from district.systems.governance.insight.actions.briefings import make_briefing
from district.systems.governance.insight.actions.reckoning import hot_spots_in, reckon_trends
from district.systems.governance.insight.jobs import reckon_what_is_missing
from district.systems.governance.models import Trend
from district.testing.people import account, organisation

from .conftest import BOX, TODAY, TOWNS

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
PAGES = ("hot-spots", "load-forecast", "early-warnings", "briefings")


def test_the_burst_is_found_as_a_cluster_and_as_a_warning(history: list[Case]):
    made = reckon_trends(YESTERDAY)

    cluster = made["hot_spots"].result["clusters"][0]
    assert cluster["p"] <= 0.01
    assert cluster["days"] <= 7
    assert cluster["at"] == pytest.approx((117.8625, 36.8025), abs=0.02)
    assert made["warnings"].result["warnings"][0]["kind"] == "G05"


def test_reckoned_again_it_replaces_what_was_there(history: list[Case]):
    reckon_trends(YESTERDAY)
    reckon_trends(YESTERDAY)

    assert Trend.objects.count() == 3


def test_the_forecast_of_the_district_is_the_sum_of_its_towns(history: list[Case]):
    series = {
        (one["town"], one["kind"]): one["mean"]
        for one in reckon_trends(YESTERDAY)["forecast"].result["series"]
    }

    parts = [series[town, ""] for town in TOWNS]
    assert [sum(day) for day in zip(*parts, strict=True)] == pytest.approx(series["", ""], abs=0.01)


def test_a_scope_sees_the_hot_spots_of_its_own_events(history: list[Case]):
    whole = hot_spots_in(Scope(is_whole=True), "", YESTERDAY)
    part = hot_spots_in(Scope(division_prefixes=(TOWNS[1],)), "", YESTERDAY)

    assert 0 < part["events"] < whole["events"]


def test_nothing_to_reckon_from_is_said_and_does_no_harm(district, clock):
    made = reckon_trends(YESTERDAY)

    assert made["hot_spots"].result["events"] == 0
    assert made["forecast"].result["series"] == []
    assert made["warnings"].result["is_too_short"]


def test_what_is_missing_is_made_once_by_the_timer(history: list[Case]):
    reckon_what_is_missing()
    kept = {(row.kind, row.on): row.made_at for row in Trend.objects.all()}
    reckon_what_is_missing()

    assert {kind for kind, _on in kept} == {"hot_spots", "forecast", "warnings", "briefing"}
    assert kept == {(row.kind, row.on): row.made_at for row in Trend.objects.all()}


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_stand_with_data_and_without(client: Client, history: list[Case], page: str):
    client.force_login(account("governance.officer"))
    assert client.get(f"/governance/{page}/").status_code == 200

    reckon_trends(YESTERDAY)
    make_briefing(TODAY - timedelta(days=10))

    assert client.get(f"/governance/{page}/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_grid_worker_does_not_see_trends(client: Client, page: str):
    client.force_login(account("governance.grid_worker"))

    assert client.get(f"/governance/{page}/").status_code == 403


def test_a_warning_leads_to_its_cases(client: Client, history: list[Case]):
    reckon_trends(YESTERDAY)
    client.force_login(account("governance.officer"))

    page = client.get("/governance/early-warnings/").content.decode()
    listed = client.get(
        f"/governance/early-warnings/all/G05/?first={YESTERDAY - timedelta(days=6)}&last={YESTERDAY}"
    )

    assert "/governance/early-warnings/all/G05/?first=" in page
    assert listed.content.decode().count("/cases/of/WG") >= 25


def test_a_town_sees_its_own_warnings_and_forecasts(client: Client, history: list[Case]):
    reckon_trends(YESTERDAY)
    client.force_login(
        account("governance.officer", unit=organisation("t1", division_code=TOWNS[0]), scope="own")
    )

    page = client.get("/governance/load-forecast/").content.decode()

    assert "甲镇" in page
    assert "乙镇" not in page
    assert client.get("/governance/hot-spots/").status_code == 200


def test_the_briefing_downloads_as_word_and_one_that_is_not_there_is_not_found(
    client: Client, history: list[Case]
):
    on = make_briefing(TODAY - timedelta(days=10)).on
    client.force_login(account("governance.reader"))

    answer = client.get(f"/governance/briefings/{on}/docx")

    assert answer.content[:2] == b"PK"
    assert client.get(f"/governance/briefings/{on}/").status_code == 200
    assert client.get("/governance/briefings/2001-01-07/").status_code == 404
    assert client.get("/governance/briefings/x/docx").status_code == 404


def test_the_simulated_past_is_made_once_marked_and_closed(district, clock, monkeypatch):
    monkeypatch.setattr(seeding, "DAYS", 20)

    made = seeding.seed_history()

    assert made > 100
    assert seeding.seed_history() == 0
    cases = Case.objects.all()
    assert len({case.number for case in cases}) == made == len(cases)
    assert all(
        case.is_simulated and case.state == "closed" and case.closed_at >= case.opened_at for case in cases
    )
    assert all(BOX[0] - 0.05 < case.lon < BOX[2] + 0.05 for case in cases)
