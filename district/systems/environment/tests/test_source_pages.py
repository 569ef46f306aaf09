"""The pages of source files, permits, supervision, readings, data quality and bulletins, as their readers use them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel.clock import CHINA, stopped_at
from district.kernel.people.models import AuditEntry, Organisation
from district.systems.environment import seed
from district.systems.environment.actions.evaluation import evaluate_days
from district.systems.environment.actions.quality import detect
from district.systems.environment.actions.supervision import Occurrence, open_case
from district.systems.environment.models import (
    Correction,
    DutyFulfilment,
    FileRecord,
    HourlyValue,
    Outlet,
    Permit,
    PermitLimit,
    QualityFinding,
    Source,
    StateMark,
    SupervisionCase,
)
from district.systems.environment.queries.series import evaluated_series
from district.testing.people import account, organisation

from .observing import observe

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
MIDNIGHT = datetime(2026, 11, 3, tzinfo=CHINA)
NOW = MIDNIGHT + timedelta(days=1, hours=9)


@pytest.fixture(autouse=True)
def the_day_after():
    with stopped_at(NOW):
        yield


@pytest.fixture
def seeded() -> Outlet:
    """The demonstration with a day of data at the power plant's chimney, a case and a finding."""
    organisation("zhoucun", kind="district")
    organisation("demo_enterprise", kind="enterprise")
    seed.seed()
    outlet = Outlet.objects.get(source__code="ZC-E01", code="DA001")
    for series in outlet.device.series.filter(period="hour", statistic="avg", item__in=("a21002", "a00000")):
        observe(series, MIDNIGHT, [40.0 + index for index in range(18)] + [57.0] * 6)
    evaluate_days(DAY, DAY, NOW)
    detect(evaluated_series(), MIDNIGHT, MIDNIGHT + timedelta(days=1), NOW)
    open_case(
        Occurrence(
            "over_limit_hour",
            "氮氧化物超标",
            MIDNIGHT,
            device=outlet.device,
            item="a21002",
            measured_value=80.0,
            limit_value=50.0,
            unit="mg/m3",
        ),
        NOW,
    )
    return outlet


def signed_in(*roles: str, **options) -> Client:
    client = Client()
    client.force_login(account(*(f"environment.{role}" for role in roles), **options))
    return client


def enterprise() -> Client:
    return signed_in("enterprise", unit=Organisation.objects.get(code="demo_enterprise"), scope="own")


def text(client: Client, name: str, *arguments, query: str = "") -> str:
    answer = client.get(reverse(f"environment:{name}", args=arguments) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_and_the_file_show_a_source_with_its_life(seeded: Outlet):
    client = signed_in("officer")
    assert "示例热电厂" in text(client, "sources")
    page = text(client, "source", "ZC-E01")
    for shown in ("竣工环境保护自主验收", "核发排污许可证", "氮氧化物超标", "DA001", "138****0000"):
        assert shown in page
    assert "13800000000" not in page


def test_the_timeline_is_narrowed_to_a_kind(seeded: Outlet):
    page = text(signed_in("reader"), "source", "ZC-E01", query="?kind=waste")
    assert "危险废物转移联单" in page
    assert "竣工环境保护自主验收" not in page


def test_an_enterprise_reaches_its_own_file_and_no_other(seeded: Outlet):
    client = enterprise()
    page = text(client, "sources")
    assert "示例热电厂" in page
    assert "示例焦化厂" not in page
    other = Permit.objects.get(source__code="ZC-E02")
    for name, argument in (("source", "ZC-E02"), ("permit", other.number)):
        assert client.get(reverse(f"environment:{name}", args=[argument])).status_code == 404


def test_looking_at_the_contact_is_noted(seeded: Outlet):
    client = signed_in("officer")
    answer = client.post(reverse("environment:source_contact", args=["ZC-E01"]))
    assert "13800000000" in answer.content.decode()
    assert AuditEntry.objects.get(action="look").subject == "ZC-E01"
    assert signed_in("reader").post(reverse("environment:source_contact", args=["ZC-E01"])).status_code == 403


def test_a_record_with_an_attachment_is_added_and_comes_back_as_a_download(seeded: Outlet):
    client = enterprise()
    address = reverse("environment:add_file_record", args=["ZC-E01", "waste"])
    given = {
        "happened_on": "2026-11-01",
        "title": "转移联单 2",
        "element-step": "转移联单",
        "element-waste_code": "HW08",
        "element-tonnes": "1.5",
        "attachment": SimpleUploadedFile("联单.pdf", b"%PDF-1.7 x"),
    }
    assert client.post(address, given).status_code == 302
    record = FileRecord.objects.get(title="转移联单 2")
    assert record.fields["tonnes"] == 1.5
    answer = client.get(reverse("environment:file_record_attachment", args=["ZC-E01", record.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_refused_record_says_what_is_wrong_and_stores_nothing(seeded: Outlet):
    client = enterprise()
    before = FileRecord.objects.count()
    given = {
        "happened_on": "2027-01-01",
        "title": "x",
        "element-step": "转移联单",
        "element-waste_code": "HW08",
        "element-tonnes": "1",
        "attachment": SimpleUploadedFile("a.pdf", b"MZ"),
    }
    answer = client.post(reverse("environment:add_file_record", args=["ZC-E01", "waste"]), given)
    page = answer.content.decode()
    assert "不能晚于今天" in page
    assert "与扩展名 .pdf 不符" in page
    assert FileRecord.objects.count() == before


def test_a_withdrawn_record_leaves_the_timeline_but_not_the_table(seeded: Outlet):
    record = FileRecord.objects.filter(source__code="ZC-E01", kind="penalty").first()
    client = signed_in("officer")
    client.post(
        reverse("environment:withdraw_file_record", args=["ZC-E01", record.pk]), {"reason": "登记错误"}
    )
    record.refresh_from_db()
    assert record.is_withdrawn
    assert record.title not in text(client, "source", "ZC-E01")


def test_an_amended_record_keeps_what_it_said_before(seeded: Outlet):
    record = FileRecord.objects.get(source__code="ZC-E01", kind="penalty")
    client = signed_in("officer")
    address = reverse("environment:amend_file_record", args=["ZC-E01", record.pk])
    given = {
        "happened_on": "2024-12-09",
        "title": record.title,
        "element-cause": "未按规定记录台账",
        "element-fine_yuan": "6000",
    }
    assert client.post(address, given).status_code == 302
    record.refresh_from_db()
    assert record.fields == {"cause": "未按规定记录台账", "fine_yuan": 6000.0}
    page = text(client, "amend_file_record", "ZC-E01", record.pk)
    assert "首次登记" in page
    assert "变更：日期、文号、出具单位、要素" in page
    assert enterprise().get(address).status_code == 403


def test_a_state_is_marked_by_the_enterprise(seeded: Outlet):
    given = {
        "outlet": seeded.pk,
        "state": "start_up",
        "from_at": "2026-11-04T08:00",
        "until_at": "2026-11-04T10:00",
    }
    assert enterprise().post(reverse("environment:add_state_mark", args=["ZC-E01"]), given).status_code == 302
    assert StateMark.objects.get().from_at == MIDNIGHT + timedelta(days=1, hours=8)


def test_the_permit_shows_limits_evidence_use_and_duties(seeded: Outlet):
    permit = Permit.objects.get(source__code="ZC-E01")
    client = signed_in("officer")
    assert permit.number in text(client, "permits")
    page = text(client, "permit", permit.number)
    for shown in ("氮氧化物", "设备离线", "年度执行报告", "已用"):
        assert shown in page


def test_a_duty_is_recorded_as_done(seeded: Outlet):
    permit = Permit.objects.get(source__code="ZC-E03")
    duty = permit.duties.get(every="month")
    done = set(duty.fulfilments.values_list("period_ends_on", flat=True))
    assert date(2026, 10, 31) not in done
    address = reverse("environment:fulfil", args=[permit.number, duty.pk])
    client = signed_in("officer")
    answer = client.post(address, {"period_ends_on": "2026-10-31", "done_on": "2026-11-03"})
    assert answer.status_code == 302
    assert DutyFulfilment.objects.get(duty=duty, period_ends_on=date(2026, 10, 31)).done_on == date(
        2026, 11, 3
    )
    assert (
        "不是该义务的期末"
        in client.post(address, {"period_ends_on": "2026-10-30", "done_on": "2026-11-03"}).content.decode()
    )


def test_a_changed_limit_keeps_the_old_one_for_its_days_and_shows_in_the_file(seeded: Outlet):
    limit = PermitLimit.objects.get(outlet=seeded, item="a21002")
    client = signed_in("officer")
    address = reverse("environment:edit_limit", args=[limit.permit.number, limit.pk])
    assert client.post(address, {"limit": "45", "from_on": "2026-11-04"}).status_code == 302
    rows = PermitLimit.objects.filter(outlet=seeded, item="a21002").order_by("valid_from_on")
    assert [(row.limit, row.valid_until_on) for row in rows] == [(50.0, DAY), (45.0, None)]
    assert "50 → 45" in text(client, "source", "ZC-E01")


def test_a_case_is_answered_by_the_enterprise_and_accepted_by_the_officer(seeded: Outlet):
    case = SupervisionCase.objects.get()
    firm, officer = enterprise(), signed_in("officer")
    assert case.number in text(firm, "supervision")
    firm.post(reverse("environment:answer", args=[case.number]), {"cause": "喷氨中断", "measures": "已恢复"})
    assert "喷氨中断" in text(officer, "case", case.number)
    assert firm.post(reverse("environment:review", args=[case.number, "accept"])).status_code == 403
    officer.post(reverse("environment:review", args=[case.number, "accept"]), {"reason": ""})
    case.refresh_from_db()
    assert case.state == "accepted"


def test_readings_show_what_was_reported_and_what_counts(seeded: Outlet):
    series = seeded.device.series.get(item="a21002", statistic="avg", period="hour")
    query = f"?series={series.pk}&from=2026-11-03T00:00&to=2026-11-04T00:00"
    client = signed_in("monitor")
    page = text(client, "readings", query=query)
    assert "示例热电厂 DA001" in page
    export = client.get(reverse("environment:readings") + query + "&readings-export=csv")
    assert len(b"".join(export.streaming_content).decode().strip().splitlines()) == 25


def test_a_correction_needs_a_second_person(seeded: Outlet):
    series = seeded.device.series.get(item="a21002", statistic="avg", period="hour")
    first, second = signed_in("monitor"), signed_in("monitor")
    first.post(
        reverse("environment:correct"),
        {"series": series.pk, "at": "2026-11-03T05:00", "new_value": "44", "reason": "校准残留"},
    )
    made = Correction.objects.get()
    address = reverse("environment:decide", args=[made.pk])
    assert "须由申请人以外的人复核" in text(first, "decide", made.pk)
    first.post(address, {"decision": "confirm"})
    made.refresh_from_db()
    assert made.state == "requested"
    second.post(address, {"decision": "confirm"})
    evaluate_days(DAY, DAY, NOW)
    hour = HourlyValue.objects.get(series=series, at=MIDNIGHT + timedelta(hours=5))
    assert (hour.value, hour.raw) == (44.0, 45.0)
    assert signed_in("reader").get(address).status_code == 403


def test_data_quality_shows_the_finding_and_takes_a_verdict(seeded: Outlet):
    found = QualityFinding.objects.filter(kind="constant", series__item="a21002").first()
    assert (found.until_at - found.from_at, found.value) == (timedelta(hours=7), 57.0)
    client = signed_in("monitor")
    assert "恒值" in text(client, "data_quality")
    assert "连续 7 小时恒为 57" in text(client, "finding", found.pk)
    client.post(reverse("environment:finding", args=[found.pk]), {"verdict": "dismissed", "note": "负荷稳定"})
    found.refresh_from_db()
    assert (found.verdict, found.note) == ("dismissed", "负荷稳定")


def test_detecting_again_keeps_verdicts_and_makes_nothing_new(seeded: Outlet):
    count = QualityFinding.objects.count()
    QualityFinding.objects.update(verdict="confirmed")
    assert detect(evaluated_series(), MIDNIGHT, MIDNIGHT + timedelta(days=1), NOW + timedelta(hours=1)) == 0
    assert QualityFinding.objects.filter(verdict="confirmed").count() == count


@pytest.mark.parametrize("period", ["day", "month"])
def test_a_bulletin_is_shown_and_comes_as_workbook_and_pdf(seeded: Outlet, period: str):
    client = signed_in("reader")
    page = text(client, "bulletins", query=f"?period={period}&on=2026-11-03")
    assert "污染源：1 家企业有自动监测数据" in page
    for kind, start in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        answer = client.get(reverse("environment:bulletin_file", args=[period, "2026-11-03", kind]))
        assert answer.content.startswith(start)


@pytest.mark.parametrize(
    "path", ["bulletins/day/2026-13-01.pdf", "bulletins/week/2026-11-01.pdf", "bulletins/day/2026-11-01.exe"]
)
def test_a_bulletin_that_cannot_be_is_not_found(path: str):
    assert signed_in("reader").get(f"/environment/{path}").status_code == 404


def test_an_address_that_makes_no_sense_shows_the_page_all_the_same(seeded: Outlet):
    for name, query in (
        ("readings", "?series=x&from=gestern&to=%00"),
        ("data_quality", "?from=2026-99-99"),
        ("bulletins", "?on=x&period=y"),
    ):
        assert text(signed_in("monitor"), name, query=query)


def test_every_source_of_the_demonstration_has_a_file(seeded: Outlet):
    client = signed_in("officer")
    for source in Source.objects.all():
        assert source.name in text(client, "source", source.code)
