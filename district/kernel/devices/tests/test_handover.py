from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection

from district.kernel import clock, home
from district.kernel.devices import handover
from district.kernel.devices.handover import HandoverError, drop_expired, due_days, hand_over
from district.kernel.devices.lake_files import path_of
from district.kernel.devices.models import LakeDay, Series
from district.kernel.devices.partitions import existing_days
from district.kernel.devices.queries import observation_count, readings
from district.kernel.devices.tests.conftest import NOON, keep, rows_of

pytestmark = pytest.mark.django_db

DAY = NOON.date()


@pytest.fixture(autouse=True)
def own_lake(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(home, "lake", lambda: tmp_path)
    with clock.stopped_at(NOON + timedelta(days=3)):
        yield


def days_in_database() -> set:
    with connection.cursor() as cursor:
        return existing_days(cursor)


def test_a_closed_day_becomes_a_file_with_the_same_rows(series: list[Series], observe: Callable[..., Any]):
    observe(NOON, 50)
    before = readings([each.pk for each in series], NOON, NOON + timedelta(hours=1))
    assert due_days() == [DAY]
    row = hand_over(DAY)
    table = pq.read_table(path_of(DAY), partitioning=None)
    assert row.observations == table.num_rows == len(before) == 150
    assert path_of(DAY).parent.name == "day=2026-03-10"
    for name in ("series_id", "mark"):
        assert table[name].to_pylist() == getattr(before, name).tolist()
    assert table["exact"].cast("double").to_pylist() == before.value.tolist()
    assert table["rest"].null_count == 150
    assert due_days() == []


def test_handing_over_again_gives_the_same_file(observe: Callable[..., Any]):
    observe(NOON, 5)
    assert hand_over(DAY).sha256 == hand_over(DAY).sha256
    assert LakeDay.objects.count() == 1


def test_late_rows_make_a_day_due_again(series: list[Series], observe: Callable[..., Any]):
    observe(NOON, 5)
    hand_over(DAY)
    keep(rows_of((series[0].pk, NOON + timedelta(hours=5), 1.0, 1)))
    assert due_days() == [DAY]
    assert hand_over(DAY).observations == 16
    assert due_days() == []


def test_today_and_yesterday_are_not_closed(observe: Callable[..., Any]):
    observe(NOON, 5)
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert due_days() == []


def test_an_expired_day_leaves_the_database_and_can_still_be_read(series: list[Series], observe: Callable[..., Any]):
    observe(NOON, 20)
    ids = [series[2].pk, series[0].pk]
    span = (NOON + timedelta(minutes=3), NOON + timedelta(minutes=9))
    before = readings(ids, *span)
    hand_over(DAY)
    assert drop_expired() == []
    with clock.stopped_at(NOON + timedelta(days=handover.keep_days() + 2)):
        assert drop_expired() == [DAY]
        assert drop_expired() == []
    assert DAY not in days_in_database()
    after = readings(ids, *span)
    for name in before._fields:
        assert getattr(after, name).tolist() == getattr(before, name).tolist()
    assert observation_count() == 60


@pytest.mark.parametrize("harm", ["late row", "changed file", "lost file"])
def test_a_day_that_is_not_safe_in_the_lake_stays(series: list[Series], observe: Callable[..., Any], harm: str):
    observe(NOON, 5)
    hand_over(DAY)
    if harm == "late row":
        keep(rows_of((series[0].pk, NOON + timedelta(hours=5), 1.0, 1)))
    elif harm == "changed file":
        path_of(DAY).write_bytes(path_of(DAY).read_bytes() + b"x")
    else:
        path_of(DAY).unlink()
    with clock.stopped_at(NOON + timedelta(days=handover.keep_days() + 2)), pytest.raises(HandoverError):
        drop_expired()
    assert DAY in days_in_database()


def test_a_day_lost_by_the_lake_is_not_taken_for_an_empty_one(series: list[Series], observe: Callable[..., Any]):
    observe(NOON, 5)
    hand_over(DAY)
    with clock.stopped_at(NOON + timedelta(days=handover.keep_days() + 2)):
        drop_expired()
    path_of(DAY).unlink()
    with pytest.raises(FileNotFoundError):
        readings([series[0].pk], NOON, NOON + timedelta(hours=1))
