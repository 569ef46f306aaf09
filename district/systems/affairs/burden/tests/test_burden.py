"""The published burden: counted from the filled forms, by village, month and asking unit."""

from datetime import date, datetime
from itertools import count, pairwise

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.clock import CHINA
from district.kernel.forms.models import Form, FormVersion, Project, Submission, VersionState
from district.kernel.places.models import Division
from district.systems.affairs.burden.queries import SECONDS, added_up, burdens, forms_asked, forms_of
from district.systems.affairs.burden.sums import Sums, month_after, months_back, seconds_of
from district.testing.people import organisation

pytestmark = pytest.mark.django_db
VILLAGE, OTHER = "370306102201", "370306002001"
NOVEMBER = date(2026, 11, 1)
numbers = count(1)


def form(title, unit):
    project, _ = Project.objects.get_or_create(name="演示采集", defaults={"organisation": unit})
    made = Form.objects.create(project=project, xml_form_id=f"f{next(numbers)}", title=title, organisation=unit)
    FormVersion.objects.create(form=made, version="1", state=VersionState.PUBLISHED, xform="<h/>", md5="0" * 32)
    return made


def filled(of, *, village=VILLAGE, day=5, month=11, hour=9, asked=9, held=6, kept=5, seconds=120):
    return Submission.objects.create(
        form=of, version=of.versions.get(), instance_id=f"uuid:{next(numbers)}", current_id="x", division_code=village,
        asked=asked, held=held, kept=kept, seconds=seconds, created_at=datetime(2026, month, day, hour, tzinfo=CHINA),
    )  # fmt: skip


@pytest.fixture
def asked_for():
    farming, welfare = organisation("agriculture", name="区农业农村局"), organisation("civil", name="区民政局")
    crops, poor = form("种植情况表", farming), form("困难家庭表", welfare)
    filled(crops)
    filled(crops, seconds=240)
    filled(poor, held=0, kept=0, seconds=60)
    filled(poor, village=OTHER, seconds=600)
    filled(crops, month=10, day=31, hour=23)
    return crops, poor


def test_a_row_is_a_village_a_month_and_an_asking_unit(asked_for):
    crops, _poor = asked_for
    rows = {(each.division, each.organisation, each.month): each.sums for each in burdens(date(2026, 10, 1), NOVEMBER)}
    assert rows[(VILLAGE, crops.organisation_id, NOVEMBER)] == Sums(1, 2, 6.0, 18, 12, 10, 0)
    assert rows[(VILLAGE, crops.organisation_id, date(2026, 10, 1))].filled == 1
    assert len(rows) == 4
    assert forms_asked(NOVEMBER) == 2
    assert forms_asked(NOVEMBER, OTHER[:9]) == 1


def test_the_forms_behind_a_row_come_to_the_row(asked_for):
    for row in burdens(NOVEMBER, NOVEMBER):
        behind = forms_of(NOVEMBER, row.division, row.organisation)
        assert sum((each.sums for each in behind), Sums()) == row.sums
    assert added_up(burdens(NOVEMBER, NOVEMBER, VILLAGE)).filled == 3


def test_deleted_forms_are_no_burden_any_more(asked_for):
    Submission.objects.filter(division_code=OTHER).update(deleted_at=clock.now())
    assert [each.division for each in burdens(NOVEMBER, NOVEMBER, OTHER)] == []


def test_what_took_unknown_time_is_estimated_alike_in_sql_and_in_python(asked_for):
    from django.db import connection

    cases = [(None, 9, 6), (None, 3, 5), (None, 0, 0), (9_999, 4, 4), (30, 4, 0)]
    for seconds, asked, held in cases:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {SECONDS} FROM (SELECT %s::int AS seconds, %s::int AS asked, %s::int AS held) s",
                (seconds, asked, held),
            )
            assert cursor.fetchone()[0] == seconds_of(seconds, asked, held)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_months_follow_each_other(day, many):
    month = day.replace(day=1)
    found = months_back(month, many)
    assert (len(found), found[-1]) == (many, month)
    assert all(month_after(one) == two for one, two in pairwise(found))


def test_anybody_reads_the_burden_and_the_forms_behind_it(asked_for):
    crops, _poor = asked_for
    Division.objects.get_or_create(
        code=VILLAGE, defaults={"name": "演示村", "level": "village", "lon": 117.9, "lat": 36.8}
    )
    reader = Client()
    text = reader.get(reverse("affairs:burden"), {"month": "2026-11"}).content.decode()
    behind = reverse("affairs:burden_forms", args=["2026-11", VILLAGE, crops.organisation_id])
    assert "区农业农村局" in text
    assert behind in text
    assert "50.0" in text  # 18 of 36 answers stood there already
    assert "种植情况表" in reader.get(behind).content.decode()
    assert reader.get(reverse("affairs:burden_forms", args=["2026-99", VILLAGE, 1])).status_code == 404
    table = reader.get(reverse("affairs:burden"), {"month": "2026-11", "burden-export": "csv"})
    assert b"".join(table.streaming_content).decode("utf-8-sig").count("\n") >= 4
