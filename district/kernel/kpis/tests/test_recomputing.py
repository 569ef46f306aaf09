"""Published SQL is run read-only and within limits, and only agrees when it says the same."""

from __future__ import annotations

from datetime import datetime

import pytest

from district.kernel import registry
from district.kernel.clock import CHINA
from district.kernel.kpis.measuring import all_kpis
from district.kernel.kpis.models import KpiMeasurement
from district.kernel.kpis.recomputing import (
    Part,
    PublishedSql,
    Recomputed,
    agrees,
    published,
    read_only,
    recompute,
)
from district.kernel.vocabulary import Fraction

AT = datetime(2026, 5, 1, 12, 0, tzinfo=CHINA)
HEAD = "SELECT '' AS part, {0} AS numerator, {1} AS denominator, 1 AS weight, {2} AS value"


def sql(text: str) -> PublishedSql:
    return PublishedSql("example", "rate", "x.sql", text)


@pytest.mark.parametrize(("system", "kpi"), all_kpis(), ids=lambda each: getattr(each, "key", None) or each.name)
def test_every_indicator_publishes_its_sql(system, kpi):
    found = published(system.name, kpi.key)
    assert found is not None, f"{system.name}/kpi_sql/{kpi.key}.sql is missing"
    assert found.at(AT).count("2026-05-01T12:00:00+08:00") == found.text.count(":'at'") > 0


def test_nothing_but_a_name_leads_to_a_file():
    for key in ("../kpis", "a/b", "", "nothing"):
        assert published("environment", key) is None
    assert published("nothing", "rate") is None
    assert published(registry.systems()[0].name, "..") is None


@pytest.mark.django_db
def test_a_percent_sign_and_the_moment_stand_as_they_are():
    found = recompute(sql(HEAD.format("count(*) FILTER (WHERE 'a%b' LIKE 'a%')", 1, "extract(day FROM :'at'::timestamptz)")), AT)
    assert (found.trouble, found.value, found.parts[0].numerator) == ("", 1.0, 1.0)


@pytest.mark.django_db
def test_it_can_change_nothing():
    measurement = KpiMeasurement.objects.create(system="example", key="rate", on=AT.date(), target=1)
    with read_only():
        found = recompute(sql("DELETE FROM kpis_kpimeasurement RETURNING '' AS part, 1, 1, 1, 1"), AT)
    assert "read-only" in found.trouble
    measurement.note = "noch änderbar"
    measurement.save()
    assert KpiMeasurement.objects.get().note == "noch änderbar"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["SELECT 1", "SELECT", "SELECT nothing FROM nowhere", HEAD.format(1, 2, 3).replace("''", "'a'")])
def test_what_answers_otherwise_than_agreed_is_trouble_not_a_figure(text):
    found = recompute(sql(text), AT)
    assert found.trouble
    assert not agrees(1.0, (), found)


def test_one_count_more_or_another_weight_is_no_agreement():
    found = Recomputed(50.0, (Part("", 5, 10, 1.0, 50.0),), 1)
    assert agrees(50.0, (Fraction("", 5, 10),), found)
    assert agrees(50.01, (Fraction("", 5, 10),), found)
    assert not agrees(50.02, (), found)
    assert not agrees(None, (), found)
    assert agrees(None, (), Recomputed(None, (), 1))
    assert not agrees(50.0, (Fraction("", 6, 10),), found)
    assert not agrees(50.0, (Fraction("", 5, 10, weight=0.5),), found)
    assert not agrees(50.0, (Fraction("air", 5, 10),), found)
