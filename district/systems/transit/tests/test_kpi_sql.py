"""The published SQL of the plan's indicator comes to what the platform measures, whatever buses did and were forecast."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.clock import CHINA
from district.kernel.kpis.recomputing import agrees, published, read_only, recompute
from district.systems.transit import kpis
from district.systems.transit.feed_contents import contents
from district.systems.transit.models import Edition, Forecast, Run, Screen
from district.systems.transit.schedule import read
from district.systems.transit.tests import town

AT = datetime(2026, 3, 3, 9, 30, tzinfo=CHINA)


def feed(lines: int) -> bytes:
    """The town's feed with its line out split among several."""
    source, made = zipfile.ZipFile(io.BytesIO(town.feed())), io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in source.namelist():
            rows = list(csv.reader(io.StringIO(source.read(name).decode())))
            if name == "trips.txt":
                rows = [rows[0], *([f"L{number % lines}", *row[1:]] for number, row in enumerate(rows[1:]))]
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            archive.writestr(name, out.getvalue())
    return made.getvalue()


FEEDS = [feed(lines) for lines in (1, 2, 5)]
hours = st.sampled_from([-1, 0, 0.5, 23.9, 24, 24.1, 40])
runs = st.tuples(st.integers(0, 6), hours, st.none() | st.tuples(hours, st.sampled_from(["model", "delay", "timetable"])))
editions = st.tuples(st.integers(0, 2), st.sampled_from(["published", "draft", "withdrawn"]), st.booleans(),
                     st.none() | st.integers(0, 30))  # fmt: skip


def test_lines_of_a_feed_are_those_of_the_timetable_and_of_no_feed_there_are_none() -> None:
    for each in FEEDS:
        lines, stops = contents(each)
        schedule = read(each)
        assert lines == sorted(schedule.by_route)
        assert stops == sorted(schedule.stops)
    assert contents(b"no zip") == ([], [])


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(editions, min_size=1, max_size=3), st.lists(runs, max_size=12))
def test_the_sql_comes_to_the_measured_rate(published_ones, driven) -> None:
    Run.objects.all().delete()
    Edition.objects.all().delete()
    for number, (which, state, holds, age) in enumerate(published_ones):
        Edition.objects.create(
            title=str(number), state=state, valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31) if holds else date(2026, 3, 2), feed=FEEDS[which], sha256="0" * 64,
            published_at=None if age is None else AT - timedelta(days=age),
        )  # fmt: skip
    edition = Edition.objects.first()
    assert edition is not None
    for number, (line, before, told) in enumerate(driven):
        begins = AT - timedelta(hours=before)
        run = Run.objects.create(day=AT.date(), trip_id=f"t{number}", start_time="08:00:00", edition=edition, route_id=f"L{line}",
                                 begins_at=begins, ends_at=begins + timedelta(hours=1))  # fmt: skip
        if told is not None:
            Forecast.objects.create(run=run, made_at=AT - timedelta(hours=told[0]), first_stop=0, arrivals=[], departures=[],
                                    earliest=[], latest=[], source=told[1])  # fmt: skip
    measured = kpis.forecast_rate(AT)
    sql = published("transit", "forecast_rate")
    assert sql is not None
    with read_only():
        found = recompute(sql, AT)
    assert agrees(measured.value, measured.fractions, found), (measured, found)


@pytest.mark.django_db
def test_stops_with_a_sign_on_line_are_counted_once() -> None:
    sql = published("transit", "screen_rate")
    assert sql is not None
    assert recompute(sql, AT).value is None
    Edition.objects.create(title="甲", state="published", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), feed=FEEDS[0],
                           sha256="0" * 64, published_at=AT)  # fmt: skip
    for stops, hours_ago, is_active in ((["s0", "s1"], 1, True), (["s1"], 2, True), (["s2"], 25, True), (["s3"], 1, False),
                                        (["elsewhere"], 1, True)):  # fmt: skip
        Screen.objects.create(name="示", stops=stops, seen_at=AT - timedelta(hours=hours_ago), is_active=is_active)
    (part,) = recompute(sql, AT).parts
    assert (part.numerator, part.denominator) == (2, town.STOPS)
