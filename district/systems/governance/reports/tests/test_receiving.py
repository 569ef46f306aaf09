"""Reports come in once, are read and routed, and double ones are found; people ask and evaluate."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from district.kernel.cases.actions import complete, take_alarms
from district.kernel.cases.actions.alarms import Repeat
from district.kernel.cases.contract import CaseClosed
from district.kernel.cases.models import Case, CaseLink, Task
from district.kernel.cases.refused import Refused
from district.kernel.clock import now, stopped_at
from district.systems.governance.handlers import answer_reporter, read_case_of_alarm
from district.systems.governance.models import Reading, Visits
from district.systems.governance.reports.jobs import forget_old_visits
from district.systems.governance.reports.limits import TooOften, hold_back
from district.systems.governance.reports.query_code import is_query_code, query_code
from district.systems.governance.reports.receiving import NewReport, receive
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
keys = itertools.count()


def told(text: str = "大街路口路灯不亮", **given: Any) -> NewReport:
    return NewReport(
        **{"key": f"k{next(keys)}", "text": text, "channel": "citizen", "lon": 117.87, "lat": 36.8, **given}
    )


def done(case: Case) -> Case:
    """Takes a city case through all its steps."""
    organisation("municipal")
    for form in (
        {"accepted": "立案"},
        {},
        {"result": "已处理"},
        {"outcome": "已修好。"},
        {"passed": True},
        {},
    ):
        complete(Task.objects.get(case=case, state="ready"), None, form)
    case.refresh_from_db()
    return case


def test_a_report_is_read_routed_and_opened_once():
    report = told()
    first, again = receive(report), receive(report)
    assert first.case.pk == again.case.pk
    assert (first.case.procedure, first.case.classification, first.case.number[:2]) == (
        "city_case",
        "C0118",
        "CG",
    )
    assert (first.reading.unit, Reading.objects.count()) == ("municipal", 1)
    assert first.reading.confidence > 0.8


@pytest.mark.parametrize(
    ("text", "channel", "procedure"),
    [("老板拖欠工资", "hotline", "hotline_order"), ("楼道里电动车飞线充电有隐患", "grid", "grid_event"),
     ("井盖丢了", "hotline", "city_case")],
)  # fmt: skip
def test_each_matter_takes_its_procedure(text: str, channel: str, procedure: str):
    assert receive(told(text, channel=channel)).case.procedure == procedure


def test_the_second_to_tell_is_linked_and_told_why():
    first = receive(told())
    second = receive(told("路灯灭了，一片漆黑", channel="hotline", lat=36.8002))
    assert second.doubles[0].case.pk == first.case.pk
    link = CaseLink.objects.get(source=second.case)
    assert (link.target_id, link.kind) == (first.case.pk, "duplicate")
    assert "同一地点" in link.note
    assert not receive(told("流动摊贩占道卖菜")).doubles


@pytest.mark.parametrize(
    ("given", "field"),
    [({"text": " "}, "text"), ({"channel": "letter"}, "channel"), ({"code": "X1"}, "code"), ({"kind": "闲聊"}, "kind"),
     ({"lat": None}, "lon"), ({"lon": 200.0}, "lon"), ({"text": "长" * 5000}, "text")],
)  # fmt: skip
def test_what_is_wrong_names_its_field(given: dict[str, Any], field: str):
    with pytest.raises(Refused) as refused:
        receive(told(**given))
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_the_whole_way_to_the_answer_and_the_evaluation(client: Client):
    received = receive(told(phone="13800138000"))
    case = done(received.case)
    assert (case.state, case.outcome) == ("closed", "已修好。")
    answer_reporter(
        CaseClosed(
            case.pk, case.number, case.system, case.procedure, case.outcome, True, False, "", case.closed_at
        )
    )
    answer_reporter(
        CaseClosed(
            case.pk, case.number, case.system, case.procedure, case.outcome, True, False, "", case.closed_at
        )
    )
    assert [one.text for one in case.feedbacks.all()] == [f"您反映的事项 {case.number} 已办结。已修好。"]
    asked = client.post(
        "/governance/report-status/", {"number": case.number.lower(), "code": received.query_code}
    )
    assert "已修好。" in asked.content.decode()
    given = {"number": case.number, "code": received.query_code, "score": 5}
    client.post("/governance/report-status/_evaluate", given)
    client.post("/governance/report-status/_evaluate", given | {"score": 1})
    assert [one.score for one in case.evaluations.all()] == [5]


def test_nobody_asks_without_the_code(client: Client):
    case = receive(told()).case
    wrong = f"{(int(query_code(case.number)) + 1) % 10**6:06}"
    for number, code in ((case.number, wrong), ("CG1", query_code(case.number)), (case.number, "")):
        answer = client.post("/governance/report-status/", {"number": number, "code": code})
        assert "大街路口" not in answer.content.decode()
    assert not is_query_code(case.number, "一二三")
    client.post("/governance/report-status/_evaluate", {"number": case.number, "code": wrong, "score": 5})
    assert not case.evaluations.exists()


def test_anybody_may_report_and_a_form_sent_twice_is_one_case(client: Client):
    page = client.get("/governance/report/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    given = {"key": key, "text": "井盖丢了很危险", "lon": "117.871", "lat": "36.801", "address": ""}
    first, again = client.post("/governance/report/", given), client.post("/governance/report/", given)
    case = Case.objects.get()
    assert case.number in first.content.decode()
    assert query_code(case.number) in again.content.decode()
    client.post("/governance/report/", given | {"lon": "", "lat": "", "key": "x"})
    assert Case.objects.count() == 1


def test_a_flood_from_one_place_is_held_back():
    for _visit in range(3):
        hold_back("report", "10.0.0.1", 3)
    with pytest.raises(TooOften) as late:
        hold_back("report", "10.0.0.1", 3)
    assert 0 < late.value.wait_s <= 60
    hold_back("report", "10.0.0.2", 3)
    forget_old_visits()
    assert Visits.objects.count() == 2
    with stopped_at(now() + timedelta(days=2)):
        forget_old_visits()
    assert not Visits.objects.exists()


def test_an_alarm_is_read_like_any_report():
    told_by = Repeat(
        "governance", "sensor_alarm", "k", "桥下积水监测", "路面积水超过警戒深度", lon=117.87, lat=36.8
    )
    case = take_alarms([told_by])[0]
    event = type("Opened", (), {"system": "governance", "channel": "alarm", "case_id": case.pk})
    read_case_of_alarm(event)
    read_case_of_alarm(event)
    case.refresh_from_db()
    assert case.classification == "E0406"
    assert Reading.objects.get().case_id == case.pk
