from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.devices import handover
from district.kernel.devices.partitions import day_of, ensure_partitions, existing_days, partition_of
from district.kernel.devices.tests.conftest import NOON


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_day_of_a_partition_stands_in_its_name(day: date):
    assert day_of(partition_of(day)) == day


@pytest.mark.django_db
def test_partitions_are_made_once_and_in_the_past_too():
    first, last = date(2024, 2, 27), date(2024, 3, 2)
    with transaction.atomic(), connection.cursor() as cursor:
        made = ensure_partitions(cursor, first, last)
        assert made == [first + timedelta(n) for n in range(5)]
        assert ensure_partitions(cursor, first, last) == []
        assert set(made) <= existing_days(cursor)


@pytest.mark.django_db
def test_a_week_lies_ready():
    with clock.stopped_at(NOON):
        handover.make_partitions_ahead()
        with connection.cursor() as cursor:
            assert {NOON.date() + timedelta(n) for n in range(8)} <= existing_days(cursor)
        assert handover.make_partitions_ahead() == []


@pytest.mark.django_db
def test_a_partition_keeps_the_key_and_refuses_other_days(series: list):
    with transaction.atomic(), connection.cursor() as cursor:
        ensure_partitions(cursor, NOON.date(), NOON.date())
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [partition_of(NOON.date())]
        )
        assert "UNIQUE" in cursor.fetchone()[0]
