"""The API: open to anybody where it says so, conditional, clear about what is wrong."""

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from ninja import Router

from district.edges.web.api import DistrictAPI
from district.kernel import clock
from district.systems.environment.models import MonitoringPoint, SupervisionCase
from district.systems.environment.search import find
from district.systems.environment.tests.measured import NOW, forecast_run, measured_district
from district.testing.people import account


@pytest.fixture
def api(db):
    cache.clear()  # the allowance of requests a minute is shared by all tests of a process
    with clock.stopped_at(NOW):
        measured_district()
        yield Client()


def asked(client, path):
    return client.get(f"/api/environment/{path}")


def test_open_data_need_no_account(api):
    stations = MonitoringPoint.objects.filter(element="air").count()
    assert len(asked(api, "stations").json()) == stations
    assert {one["aqi"] for one in asked(api, "latest").json()} == {107}
    assert len(asked(api, "hours?station=1636A").json()) == 18
    assert len(asked(api, "days?station=1636A").json()) == 30
    assert asked(api, "coverage").status_code == 200


def test_moments_carry_chinas_offset(api):
    assert asked(api, "hours?station=1636A").json()[0]["at"] == "2026-11-26T00:00:00+08:00"


def test_an_unchanged_answer_is_not_sent_again(api):
    first = asked(api, "days")
    again = api.get("/api/environment/days", headers={"If-None-Match": first["ETag"]})
    other = api.get("/api/environment/days?station=1636A", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


BAD_REQUESTS = {
    "days?from=2026-02-01&to=2026-01-01": (400, "bad_span"),
    "days?from=2020-01-01&to=2026-01-01": (400, "span_too_long"),
    "hours?from=2026-01-01&to=2026-11-01": (400, "span_too_long"),
    "hours?station=nowhere": (404, "not_found"),
    "days?from=soon": (422, "bad_request"),
    "forecast": (422, "bad_request"),
    "readings?station=1636A&item=a34004": (401, "not_signed_in"),
    "alarms": (401, "not_signed_in"),
}


def test_bad_requests_are_answered_with_a_stable_code(api):
    for path, wanted in BAD_REQUESTS.items():
        answer = asked(api, path)
        assert (answer.status_code, answer.json()["error"]) == wanted, path


def test_a_wrong_parameter_is_named_with_its_value_and_rule(api):
    (error,) = asked(api, "days?from=soon").json()["errors"]
    assert (error["field"], error["value"]) == ("from", "soon")
    assert "应为日期" in error["detail"]


def test_the_newest_forecast_is_given(api):
    point = MonitoringPoint.objects.get(code="1636A")
    forecast_run(point, NOW.replace(hour=2), value=90.0)
    forecast_run(point, NOW.replace(hour=12), value=120.0)
    found = asked(api, "forecast?station=1636A").json()
    assert len(found) == 72
    assert {(one["aqi"], one["low"], one["high"]) for one in found} == {(120.0, 110.0, 130.0)}


def test_anybody_may_assess_and_errors_name_the_field(api):
    def assess(body):
        return api.post("/api/environment/assess", json.dumps(body), content_type="application/json")

    good = assess({"kind": "iaqi", "pollutant": "PM2.5", "averaging": "24h", "concentration": 75, "on": "2025-06-01"})
    bad = assess({"kind": "smell"})
    assert (good.status_code, good.json()["ok"], good.json()["iaqi"]) == (200, True, 100)
    assert (bad.status_code, bad.json()["error"], bad.json()["field"]) == (400, "unknown_kind", "kind")


def test_staff_read_readings_and_alarms_of_their_area(api):
    api.force_login(account("environment.reader"))
    assert asked(api, "readings?station=1636A&item=a34004").json() == []
    assert asked(api, "readings?station=nowhere&item=a34004").status_code == 404
    SupervisionCase.objects.create(
        number="DB-1", kind="spike", point=MonitoringPoint.objects.get(code="1636A"), title="突变", item="a34004",
        happened_at=NOW, opened_at=NOW, due_at=NOW,
    )  # fmt: skip
    (alarm,) = asked(api, "alarms").json()
    assert (alarm["number"], alarm["point"]) == ("DB-1", MonitoringPoint.objects.get(code="1636A").name)
    SupervisionCase.objects.update(state="accepted")
    assert asked(api, "alarms").json() == []
    assert len(asked(api, "alarms?is_open=false").json()) == 1


def test_an_enterprise_may_not_read_staff_data(api):
    api.force_login(account("environment.enterprise"))
    answer = asked(api, "alarms")
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_too_many_requests_are_told_to_wait(api):
    statuses = [asked(api, "stations").status_code for _number in range(121)]
    assert statuses[:120] == [200] * 120
    assert statuses[120] == 429


def test_the_description_and_its_page_name_every_endpoint(api):
    described = api.get("/api/openapi.json").json()
    text = api.get("/api/docs").content.decode()
    assert "/api/environment/days" in described["paths"]
    for path in described["paths"]:
        assert path in text


def test_an_operation_that_says_nothing_about_its_readers_stops_the_start():
    router = Router()

    @router.get("/secret")
    def secret(request):
        return {}

    api = DistrictAPI(urls_namespace="unguarded")
    api.add_router("/x", router)
    with pytest.raises(ImproperlyConfigured, match="does not say"):
        _ = api.urls


def test_the_search_finds_what_the_reader_may_see(api):
    kinds = {hit.kind for hit in find("示例", account("environment.monitor"))}
    assert {"污染源", "排口", "设备"} <= kinds
    assert any(hit.title.startswith("三金集团") for hit in find("1636A", account("environment.reader")))
    assert find("示例", account("kernel.operator")) == []
