"""The leader's page of indicators, what is entered, frozen and worked out again."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document
from shapely.geometry import LineString, box, mapping

from district.kernel.clock import now, today
from district.kernel.datasets.models import Resource
from district.kernel.devices.models import Device
from district.kernel.kpis.jobs import measure_indicators
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.people.models import Account
from district.kernel.people.refused import Refused
from district.kernel.places.models import Division
from district.testing.people import account, organisation

from ...models import IndicatorEntry, Recomputation, Snapshot
from .. import actions
from ..commands import recompute_command
from ..evaluating import evaluation
from ..plan import indicators
from ..standing import NO_DATA, NOT_BUILT, standing, standings
from ..today import lines
from ..wider import NATIONAL, PLAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Account:
    return account("programme.office")


@pytest.fixture
def liaison() -> Account:
    return account("programme.liaison")


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def entered(by: Account, key: str = "L1P5-A1", item_set: str = NATIONAL, **changes) -> IndicatorEntry:
    given = {"first_on": date(2026, 1, 1), "last_on": today(), "numerator": 3.0, "denominator": 4.0, "source": "区教体局台账",
             "upload": SimpleUploadedFile("佐证.csv", "分子,分母\n3,4\n".encode()), **changes}  # fmt: skip
    return actions.enter(item_set, key, by, **given)


def monitored() -> Device:
    """A district with one air station, a river and a zone; the station reports, the others do not."""
    points = apps.get_model("environment", "MonitoringPoint")
    device = Device.objects.create(code="A1", name="A1", kind="air", system="environment", last_seen_at=now())
    Division.objects.create(code="370306", name="周村区", level="district", lon=117.85, lat=36.75,
                            polygon=mapping(box(117.8, 36.7, 117.9, 36.8)))  # fmt: skip
    rows = (("A1", "air", None, device), ("W1", "surface_water", LineString([(117.8, 36.7), (117.9, 36.8)]), None),
            ("N1", "noise", box(117.8, 36.7, 117.85, 36.75), None))  # fmt: skip
    for code, element, shape, of in rows:
        points.objects.create(code=code, name=code, element=element, lon=117.85, lat=36.75, device=of,
                                       coverage_radius_km=2.0, covers=shape and mapping(shape))  # fmt: skip
    return device


def test_every_target_of_the_plan_is_on_the_page_and_no_rate_where_there_is_none():
    found = {each.indicator.key: each for each in standings()}
    assert len(found) == 10
    assert {key for key, each in found.items() if each.figure.way == NOT_BUILT} == {
        "ipv6_support", "certificate_use", "credit_realtime", "building_energy", "scenic_services"
    }
    assert all(each.figure.value is None for each in found.values())
    assert {found[key].figure.way for key in ("bus_forecast", "automation_rate", "video_network", "stop_signs")} == {NO_DATA}
    shown = signed_in(account("programme.leader")).get("/programme/indicators/")
    for each in indicators():
        assert each.zh in shown.text
    assert "系统未建成" in shown.text
    assert found["automation_rate"].late_days == (today() - date(2021, 9, 30)).days


def test_a_changed_row_changes_the_board_within_a_minute_and_two_ways_of_counting_agree(office, client):
    device = monitored()
    measure_indicators()
    before = KpiMeasurement.objects.get(key="automation_rate").value
    assert actions.recompute_figure("environment", "automation_rate", office).agrees
    assert before > 0
    Device.objects.filter(pk=device.pk).update(last_seen_at=now() - timedelta(days=2))
    measure_indicators()
    row = KpiMeasurement.objects.get(key="automation_rate")
    again = actions.recompute_figure("environment", "automation_rate", office)
    assert (row.value, again.agrees, again.recomputed) == (0.0, True, 0.0)
    board = client.get("/kpis/board.json").json()["kpis"]
    assert next(each["value"] for each in board if each["key"] == "automation_rate") == 0.0


def test_anybody_on_the_staff_may_work_an_indicator_out_again_and_reads_what_came_of_it():
    monitored()
    liaison = account("programme.liaison")
    client = signed_in(liaison)
    shown = client.get("/programme/indicators/plan/automation_rate/")
    assert "0.4 × 环境空气" in shown.text
    assert "environment_monitoringpoint" in shown.text
    answer = client.post("/programme/indicators/plan/automation_rate/recompute", follow=True)
    assert "一致" in answer.text
    run = Recomputation.objects.get()
    assert (run.agrees, run.by) == (True, liaison)
    sql = client.get("/programme/indicators/plan/automation_rate/sql?now=1")
    assert ":'at'" not in sql.text
    assert client.get("/programme/indicators/plan/ipv6_support/sql").status_code == 404
    own = "/programme/indicators/of/environment/automation_rate/"
    assert client.get(own).url == "/programme/indicators/plan/automation_rate/"
    assert own in client.get("/kpis/environment/automation_rate/").text
    assert Client().get("/programme/indicators/").status_code == 302


def test_the_command_works_an_indicator_out_too(capsys):
    monitored()
    assert recompute_command(["environment.automation_rate"]) == 0
    assert "一致" in capsys.readouterr().out
    assert recompute_command(["nothing.at_all"]) == 2


def test_nobody_confirms_what_they_entered_not_even_past_the_action(office):
    entry = entered(office)
    with pytest.raises(Refused) as refused:
        actions.decide(entry, office, is_right=True)
    assert refused.value.code == "own_entry"
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorEntry.objects.filter(pk=entry.pk).update(state="confirmed", decided_by=office, decided_at=now())
    assert "确认</button>" not in signed_in(office).get(f"/programme/indicators/evaluation/{NATIONAL}/L1P5-A1/").text


def test_an_entry_counts_when_another_has_confirmed_it_and_then_stays_as_it_is(office, liaison):
    client = signed_in(liaison)
    address = f"/programme/indicators/evaluation/{NATIONAL}/L1P5-A1/"
    given = {"first_on": "2026-01-01", "last_on": today().isoformat(), "numerator": "3", "denominator": "4", "source": "台账",
             "upload": SimpleUploadedFile("佐证.csv", "分子,分母\n3,4\n".encode())}  # fmt: skip
    assert client.post(address, given).status_code == 302
    entry = IndicatorEntry.objects.get()
    before = evaluation(NATIONAL)
    assert before.score is not None
    assert next(row.waiting for row in before.rows if row.item.key == "L1P5-A1") == 1
    assert client.post(f"/programme/indicators/entries/{entry.pk}/decide", {"right": "1"}).status_code == 403
    signed_in(office).post(f"/programme/indicators/entries/{entry.pk}/decide", {"right": "1"})
    after = evaluation(NATIONAL)
    assert after.score is not None
    assert after.score.points - before.score.points == pytest.approx(0.75)  # 3 points, three items: a third each, three quarters
    assert after.score.computed == before.score.computed
    assert after.most == pytest.approx(99.75)
    for change in ({"numerator": 4.0}, {"reason": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            IndicatorEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize(("changes", "code"), [
    ({"key": "L9"}, "item_unknown"), ({"key": "L1P2-A2"}, "item_is_computed"), ({"item_set": "other"}, "item_unknown"),
    ({"denominator": 0.0}, "denominator"), ({"numerator": 5.0}, "numerator"), ({"source": " "}, "source_missing"),
    ({"last_on": date(2025, 1, 1)}, "period_order"), ({"last_on": date(2099, 1, 1)}, "period_future"),
])  # fmt: skip
def test_what_cannot_be_is_refused_by_field(liaison, changes, code):
    with pytest.raises(Refused) as refused:
        entered(liaison, **changes)
    assert refused.value.code == code


def test_an_old_figure_says_nothing_of_today_and_an_entered_one_is_marked(office, liaison):
    entry = entered(liaison, "electronic_fares", PLAN, first_on=date(2020, 1, 1), last_on=date(2020, 12, 31))
    actions.decide(entry, office, is_right=True)
    fares = next(each for each in indicators() if each.key == "electronic_fares")
    assert standing(fares).figure.value is None
    actions.decide(entered(liaison, "electronic_fares", PLAN), office, is_right=True)
    assert (standing(fares).figure.way, standing(fares).figure.value) == ("entered", 75.0)


def test_a_resource_that_is_opened_raises_the_score_that_the_platform_computes():
    unit = organisation()
    Resource.objects.create(name="zhoucun.a", code="1", title="甲", category="1", provider=unit, shelf="published",
                            published_at=now())  # fmt: skip
    before = evaluation(NATIONAL).score
    Resource.objects.update(is_open_to_public=True)
    after = evaluation(NATIONAL).score
    assert before is not None
    assert after is not None
    assert (after.computed, after.points - before.points) == (before.computed, pytest.approx(2.0))


def test_a_snapshot_is_whole_exported_compared_and_cannot_be_changed(office):
    monitored()
    client = signed_in(office)
    assert client.post("/programme/indicators/snapshots/take", {"title": "十一月"}).status_code == 302
    Device.objects.update(last_seen_at=None)
    second = actions.take_snapshot("十二月", office)
    first = Snapshot.objects.get(number=1)
    assert second.previous == first.digest
    file = client.get("/programme/indicators/snapshots/1/file.json")
    assert hashlib.sha256(file.content).hexdigest() == first.digest
    rows = {row["key"]: row for row in json.loads(file.content)["indicators"]}
    assert rows["automation_rate"]["value"] == pytest.approx(rows["automation_rate"]["sql"]["value"], abs=0.011)
    assert rows["automation_rate"]["evidence_total"] == 3
    book = openpyxl.load_workbook(BytesIO(client.get("/programme/indicators/snapshots/1/file.xlsx").content))
    assert [cell.value for cell in book["校验"]["B"]][5] == first.digest
    assert book["指标"].max_row == 11
    report = Document(BytesIO(client.get("/programme/indicators/snapshots/1/file.docx").content))
    assert any(first.digest in paragraph.text for paragraph in report.paragraphs)
    assert client.get("/programme/indicators/snapshots/1/file.exe").status_code == 404
    compared = client.get("/programme/indicators/snapshots/compare?before=1&after=2").text
    assert "环境质量自动化监测率" in compared
    assert "全部 2 份快照校验通过" in client.get("/programme/indicators/snapshots/").text
    for change in (lambda: Snapshot.objects.filter(pk=first.pk).update(content="{}"), first.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    reader = signed_in(account("programme.auditor"))
    assert reader.post("/programme/indicators/snapshots/take", {"title": "x"}).status_code == 403
    assert reader.get("/programme/indicators/snapshots/1/").status_code == 200


def test_what_is_measured_now_counts_as_the_value_of_today():
    monitored()
    for days in range(1, 30):
        KpiMeasurement.objects.create(system="environment", key="automation_rate", on=today() - timedelta(days), at=now(),
                                      value=50 - days * 0.5, target=80, verdict="missed")  # fmt: skip
    KpiMeasurement.objects.create(system="environment", key="automation_rate", on=today(), at=now(), value=99, target=80,
                                  verdict="met")  # fmt: skip
    found = standing(next(each for each in indicators() if each.key == "automation_rate"))
    assert found.days[-1] == (today(), found.figure.value)
    assert found.outlook.kind.value == "reaches"
    assert found.outlook.slope == pytest.approx(0.5, abs=0.05)
    assert found.change(3) == pytest.approx(found.figure.value - 49, abs=0.01)


def test_the_leader_is_told_what_fell_and_what_turned_red():
    for days, value, verdict in ((3, 85.0, "met"), (2, 84.0, "met"), (0, 70.0, "missed")):
        KpiMeasurement.objects.create(system="environment", key="automation_rate", on=today() - timedelta(days), at=now(),
                                      value=value, target=80, verdict=verdict)  # fmt: skip
    told = lines(now())
    assert [line.kind.value for line in told] == ["fell", "red"]
    assert "85.0" in told[0].text
    assert all(line.url.startswith("/programme/indicators/plan/automation_rate/") for line in told)
