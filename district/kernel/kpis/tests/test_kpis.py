from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import registry
from district.kernel.clock import CHINA, stopped_at
from district.kernel.kpis import measuring, queries
from district.kernel.kpis.apps import every_kpi_is_measured
from district.kernel.kpis.judging import Verdict, verdict
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.vocabulary import Kpi, KpiValue, System
from district.testing.people import account

RATE = Kpi("rate", "覆盖率", "Coverage", 80, "%", "x.P")
DELAY = Kpi("delay", "时延", "Delay", 50, "s", "x.P", higher_is_better=False)
SYSTEM = System(name="example", clause=99, zh="示例", en="Example", lead="区大数据局", due="2026-01", kpis=(RATE, DELAY))
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("kpi", "value", "expected"),
    [(RATE, 80, "met"), (RATE, 79.9, "near"), (RATE, 72, "near"), (RATE, 71.9, "missed"), (RATE, None, "unknown"),
     (DELAY, 50, "met"), (DELAY, 55, "near"), (DELAY, 55.1, "missed")],
)
def test_a_value_is_judged_against_the_target_in_the_right_direction(kpi, value, expected):
    assert verdict(kpi, value) == expected


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_better_value_never_gets_a_worse_verdict(a, b):
    order = [Verdict.MISSED, Verdict.NEAR, Verdict.MET]
    worse, better = sorted((a, b))
    assert order.index(verdict(RATE, worse)) <= order.index(verdict(RATE, better))
    assert order.index(verdict(DELAY, better)) <= order.index(verdict(DELAY, worse))


@pytest.fixture
def example(monkeypatch):
    """A system of our own whose measuring the test decides."""
    get_resolver().url_patterns  # noqa: B018 - addresses are read once, from the real systems
    functions = SimpleNamespace(rate=lambda at: KpiValue(85.0, at, {"空气": 90.0}, ({"测站": "甲", "覆盖": 1.5},)))
    monkeypatch.setattr(registry, "systems", lambda: (SYSTEM,))
    monkeypatch.setattr(registry, "role_file", lambda system, role: functions if role == "kpis" else None)
    return functions


def broken(at):
    raise ZeroDivisionError


@pytest.mark.django_db
def test_measuring_keeps_one_value_a_day_the_last(example):
    for hour in (1, 23):
        with stopped_at(NOON.replace(hour=hour)):
            measuring.measure_all()
        example.rate = lambda at: KpiValue(70.0, at)
    assert [(row.on.day, row.value, row.verdict) for row in queries.latest_values().filter(key="rate")] == [
        (1, 70.0, "missed")
    ]
    assert KpiMeasurement.objects.filter(key="rate").count() == 1


@pytest.mark.django_db
def test_an_indicator_that_cannot_be_measured_says_why_and_does_not_stop_the_others(example):
    example.delay = broken
    values = {measured.kpi.key: measured for measured in measuring.measure_all()}
    assert values["rate"].verdict is Verdict.MET
    assert values["delay"].verdict is Verdict.UNKNOWN
    assert "ZeroDivisionError" in values["delay"].value.note


@pytest.mark.django_db
def test_history_is_one_year_oldest_first(example):
    for days in (400, 300, 0):
        with stopped_at(NOON - timedelta(days=days)):
            measuring.measure_all()
    assert [row.on for row in queries.history("example", "rate", until=NOON.date())] == [
        (NOON - timedelta(days=300)).date(), NOON.date()
    ]


def test_an_indicator_without_its_function_fails_at_start(example):
    assert [message.msg for message in every_kpi_is_measured()] == [
        "example/kpis.py has no function 'delay' for the indicator of that key"
    ]


@pytest.fixture
def staff(db):
    client = Client()
    client.force_login(account("environment.reader"))
    return client


def test_the_board_leads_to_the_records_behind_a_value(example, staff):
    measuring.measure_all()
    board = staff.get("/kpis/")
    assert "覆盖率" in board.text
    assert "/kpis/example/rate/" in board.text
    shown = staff.get("/kpis/example/rate/")
    assert "空气" in shown.text
    assert "甲" in shown.text
    download = staff.get("/kpis/example/rate/?evidence-export=csv")
    assert "甲" in b"".join(download).decode("utf-8-sig")
    assert staff.get("/kpis/example/nothing/").status_code == 404


def test_the_public_reads_values_but_not_the_records(example, db):
    measuring.measure_all()
    client = Client()
    (rate, _delay) = client.get("/kpis/board.json").json()["kpis"]
    assert (rate["key"], rate["value"], rate["verdict"]) == ("rate", 85.0, "met")
    assert client.get("/kpis/").status_code in (302, 403)
