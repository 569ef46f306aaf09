"""The doors for staff: the clerk's screen, the phone page, the import, the corrections."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from district.kernel.cases.models import Case
from district.systems.governance.models import Reading, RefusedRow, ReportImport
from district.systems.governance.reports.correcting import misread_by_class, proposed_rules, set_right, settle
from district.systems.governance.reports.importing import Unreadable, import_reports
from district.systems.governance.reports.reader import district_reader, forget, learn_now
from district.systems.governance.reports.receiving import NewReport, receive
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


def as_role(role: str) -> Client:
    client = Client()
    client.force_login(account(f"governance.{role}"))
    return client


def told(key: str, text: str = "大街路口路灯不亮", channel: str = "hotline", **given: Any) -> NewReport:
    return NewReport(key=key, text=text, channel=channel, lon=117.87, lat=36.8, **given)


def test_the_clerk_sees_classes_route_and_doubles_while_typing():
    first = receive(told("1")).case
    clerk = as_role("clerk")
    assert clerk.get("/governance/hotline/").status_code == 200
    typed = {"text": "路灯灭了一片漆黑", "lon": "117.8701", "lat": "36.8", "kind": "投诉"}
    shown = clerk.post("/governance/hotline/_reading", typed).content.decode()
    assert 'data-choose="C0118"' in shown
    assert "置信度" in shown
    assert first.number in shown
    assert "同一地点" in shown
    assert Case.objects.count() == 1
    assert "data-choose" not in clerk.post("/governance/hotline/_reading", {"text": "路"}).content.decode()


def test_what_the_clerk_accepts_is_one_case_and_a_decision():
    clerk = as_role("clerk")
    given = {
        "key": "a",
        "text": "井盖丢了",
        "kind": "投诉",
        "address": "大街",
        "code": "C0114",
        "phone": "13800138000",
    }
    for _again in range(2):
        assert clerk.post("/governance/hotline/", given).status_code == 302
    case, reading = Case.objects.get(), Reading.objects.get()
    assert (case.channel, case.classification, reading.right_code) == ("hotline", "C0114", "C0114")
    assert clerk.post("/governance/hotline/", given | {"key": "b", "phone": "12"}).status_code == 200
    assert Case.objects.count() == 1


def test_the_phone_of_a_grid_worker_may_send_again_and_again():
    worker = as_role("grid_worker")
    assert worker.get("/governance/field/").status_code == 200
    assert worker.get("/governance/field/worker.js")["Content-Type"] == "text/javascript"
    given = {"key": "f", "text": "垃圾成堆没人清", "lon": "117.87", "lat": "36.8", "address": ""}
    numbers = {worker.post("/governance/field/_send", given).json()["number"] for _again in range(3)}
    assert len(numbers) == 1
    refused = worker.post("/governance/field/_send", given | {"key": "g", "text": ""})
    assert (refused.status_code, refused.json()["fields"]) == (400, ["text"])


def test_rows_that_are_refused_are_kept_and_the_rest_goes_on():
    book = openpyxl.Workbook()
    for row in (
        ["来源编号", "内容", "经度", "纬度", "时间"],
        ["X1", "路灯不亮", 117.87, 36.8, "2026/11/03 10:00"],
        ["X2", "", 117.87, 36.8, None],
        ["X3", "井盖丢了", "东经", 36.8, None],
        ["", "垃圾成堆", None, None, None],
        ["X4", "垃圾成堆", None, None, "昨天"],
        ["X1", "路灯不亮", 117.87, 36.8, None],
    ):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    officer = account("governance.officer")
    batch = import_reports("表.xlsx", written.getvalue(), officer)
    assert (batch.opened, batch.repeated) == (1, 1)
    refused = [(row.row, row.field, row.rule) for row in RefusedRow.objects.all()]
    assert refused == [
        (3, "内容", "text"),
        (4, "经度", "number"),
        (5, "来源编号", "missing"),
        (6, "时间", "moment"),
    ]
    assert (
        import_reports("again.csv", "来源编号,内容\nX1,路灯不亮\n".encode("gb18030"), officer).repeated == 1
    )
    assert f"{Case.objects.get().opened_at:%F}" == "2026-11-03"


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"PK no"), ("a.csv", b"\xff\xff\xff"), ("a.csv", "甲,乙\n1,2".encode())]
)
def test_what_is_no_such_table_is_refused_as_a_whole(name: str, content: bytes):
    with pytest.raises(Unreadable):
        import_reports(name, content, account("governance.officer"))
    assert not ReportImport.objects.exists()


def test_the_import_page_shows_what_was_refused():
    clerk = as_role("clerk")
    upload = io.BytesIO("来源编号,内容\nA,\n".encode())
    upload.name = "t.csv"
    shown = clerk.post("/governance/import-reports/", {"file": upload}, follow=True).content.decode()
    assert "请填写反映的内容" in shown
    assert clerk.get("/governance/import-reports/?batch=x").status_code == 200


def test_a_correction_moves_the_case_and_is_learned_from():
    officer = account("governance.officer")
    organisation("greening")
    forget()
    for number in range(6):
        case = receive(told(f"c{number}", f"某某灯饰第{number}盏有问题需要看看")).case
        set_right(case, officer, "C0120", "greening")
    case.refresh_from_db()
    assert (case.classification, case.organisation.code) == ("C0120", "greening")
    try:
        assert learn_now().propose("某某灯饰第9盏有问题")[0].code == "C0120"
        assert district_reader().learned_from == 6
    finally:
        forget()


def test_rules_are_proposed_from_where_people_send_things():
    officer = account("governance.officer")
    organisation("municipal")
    organisation("housing", name="住建")
    for number in range(6):
        set_right(receive(told(f"r{number}")).case, officer, "C0118", "housing")
    (rule,) = proposed_rules()
    assert (rule.code, rule.right, rule.count, rule.percent) == ("C0118", "住建", 6, 100)
    (row,) = misread_by_class()
    assert (row.decided, row.wrong_class, row.wrong_unit) == (6, 0.0, 1.0)
    shown = as_role("officer").get("/governance/corrections/").content.decode()
    assert "建议改为 住建" in shown
    assert "100.0%" in shown


def test_an_open_case_says_nothing_about_what_was_right():
    case = receive(told("s")).case
    assert settle(case).right_code == ""


def test_the_list_shows_all_channels_and_leads_to_setting_right():
    case = receive(told("l")).case
    officer = as_role("officer")
    assert case.number in officer.get("/governance/reports/").content.decode()
    page = f"/governance/reports/{case.number}/right"
    assert "路灯" in officer.get(page).content.decode()
    assert officer.post(page, {"code": "C0120", "unit": "", "note": "景观灯"}).status_code == 302
    case.refresh_from_db()
    assert case.classification == "C0120"
    assert officer.get("/governance/reports/CG0/right").status_code == 404


def test_one_click_merges_what_is_double():
    first = receive(told("m1")).case
    second = receive(told("m2", "路灯灭了一片漆黑", channel="citizen")).case
    officer = as_role("officer")
    officer.post(
        "/governance/reports/_merge", {"number": second.number, "into": first.number, "reason": "同一盏灯"}
    )
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == ("merged", first.pk)
