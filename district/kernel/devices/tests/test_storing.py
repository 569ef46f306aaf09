from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district.kernel.devices import marks
from district.kernel.devices.models import Latest, Observation, ObservationCount, Series
from district.kernel.devices.queries import observation_count
from district.kernel.devices.tests.conftest import NOON, keep, rows_of

pytestmark = pytest.mark.django_db


def stored() -> set[tuple[int, datetime, float]]:
    return set(Observation.objects.values_list("series_id", "at", "value"))


def test_rows_latest_and_count_come_together(series: list[Series]):
    first, second = NOON, NOON + timedelta(minutes=1)
    done = keep(rows_of((series[0].pk, second, 2.0, 1), (series[0].pk, first, 1.0, 1), (series[1].pk, first, 5.0, 1)), True)
    assert sorted(done.stored.tolist()) == [0, 1, 2]
    assert stored() == {(series[0].pk, first, 1.0), (series[0].pk, second, 2.0), (series[1].pk, first, 5.0)}
    assert dict(Latest.objects.values_list("series_id", "value")) == {series[0].pk: 2.0, series[1].pk: 5.0}
    assert observation_count() == 3


def test_a_repeated_row_is_told_and_not_counted(series: list[Series]):
    row = (series[0].pk, NOON, 1.0, marks.NORMAL)
    keep(rows_of(row))
    done = keep(rows_of((*row[:3], marks.NORMAL | marks.RESENT), row))
    assert (len(done.stored), len(done.repeated), len(done.conflicting)) == (0, 2, 0)
    assert observation_count() == 1


@pytest.mark.parametrize("other", [(1.5, marks.NORMAL), (1.0, marks.FAULT)])
def test_another_value_or_mark_contradicts_and_changes_nothing(series: list[Series], other: tuple[float, int]):
    keep(rows_of((series[0].pk, NOON, 1.0, marks.NORMAL)))
    done = keep(rows_of((series[0].pk, NOON, *other)))
    assert done.conflicting.tolist() == [0]
    assert done.kept_values.tolist() == [1.0]
    assert stored() == {(series[0].pk, NOON, 1.0)}


def test_rows_that_come_twice_are_held_against_what_is_stored(series: list[Series]):
    keep(rows_of((series[0].pk, NOON, 2.0, marks.NORMAL)))
    done = keep(rows_of(*((series[0].pk, NOON, value, marks.NORMAL) for value in (1.0, 1.0, 2.0))))
    assert sorted(done.conflicting.tolist()) == [0, 1]
    assert done.kept_values.tolist() == [2.0, 2.0]
    assert done.repeated.tolist() == [2]


def test_a_broken_promise_is_an_error_and_leaves_nothing(series: list[Series]):
    keep(rows_of((series[0].pk, NOON, 1.0, 1)))
    with pytest.raises(psycopg.errors.UniqueViolation):
        keep(rows_of((series[1].pk, NOON, 1.0, 1), (series[0].pk, NOON, 1.0, 1)), True)
    assert observation_count() == 1
    assert len(stored()) == 1


def test_an_older_value_does_not_become_the_latest(series: list[Series]):
    keep(rows_of((series[0].pk, NOON, 1.0, 1)))
    keep(rows_of((series[0].pk, NOON - timedelta(hours=3), 9.0, 1)))
    assert Latest.objects.get(series=series[0]).value == 1.0


def test_midnight_of_china_parts_the_days(series: list[Series]):
    midnight = NOON.replace(hour=0)
    keep(rows_of((series[0].pk, midnight - timedelta(microseconds=1), 1.0, 1), (series[0].pk, midnight, 2.0, 1)))
    assert {row.day: row.observations for row in ObservationCount.objects.all()} == {
        midnight.date() - timedelta(1): 1, midnight.date(): 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text, value FROM devices_observation ORDER BY value")
        assert cursor.fetchall() == [("devices_observation_20260309", 1.0), ("devices_observation_20260310", 2.0)]


ROW = st.tuples(st.integers(0, 2), st.integers(-1500, 1500), st.sampled_from([1.0, 2.0]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(ROW, max_size=12), min_size=1, max_size=5))
def test_groups_in_any_order_end_as_a_dictionary_would(series: list[Series], groups: list[list[tuple[int, int, float]]]):
    """The model: the first value of an instant stays; every row is stored, repeated or contradicting."""
    Observation.objects.all().delete()
    for table in ("devices_latest", "devices_observationcount"):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    expected: dict[tuple[int, datetime], float] = {}
    for group in groups:
        rows = [(series[place].pk, NOON + timedelta(minutes=minute), value, 1) for place, minute, value in group]
        if not rows:
            continue
        done = keep(rows_of(*rows))
        outcome = defaultdict(int)
        for id, at, value, _ in rows:
            kept = expected.setdefault((id, at), value)
            outcome["conflicting" if kept != value else "same"] += 1
        assert len(done.conflicting) == outcome["conflicting"]
        assert len(done.stored) + len(done.repeated) == outcome["same"]
    assert stored() == {(id, at, value) for (id, at), value in expected.items()}
    assert observation_count() == len(expected)
    newest = {}
    for (id, _at), value in sorted(expected.items(), key=lambda each: each[0][1]):
        newest[id] = value
    assert dict(Latest.objects.values_list("series_id", "value")) == newest
