"""Closed days of positions go to the lake whole, and leave the database only after that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import connection

from district.kernel import clock, home
from district.kernel.clock import CHINA
from district.kernel.devices import position_keeping
from district.kernel.devices.handover import HandoverError
from district.kernel.devices.models import Position, PositionLakeDay
from district.kernel.devices.partitions import POSITIONS, existing_days
from district.kernel.devices.position_handover import due_position_days, hand_over_positions
from district.kernel.devices.position_keeping import drop_old_positions
from district.kernel.devices.position_lake_files import path_of
from district.kernel.devices.position_marks import NO_FIX
from district.kernel.devices.position_queries import positions_of
from district.kernel.devices.position_recording import record_positions
from district.kernel.devices.tests.test_position_storing import rows

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 12, tzinfo=CHINA)
DAY = NOON.date()
EXTRA = json.dumps({"text": '引号 " 逗号 , 换行 \n', "aboard": 12}, ensure_ascii=False).encode()


@pytest.fixture(autouse=True)
def own_lake(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(home, "lake", lambda: tmp_path)
    with clock.stopped_at(NOON + timedelta(days=3)):
        yield


def store(count: int = 40) -> None:
    told = [(device, NOON + timedelta(seconds=10 * n), 36.8 + n / 1e5) for device in (1, 2, 60) for n in range(count)]
    record_positions(rows(*told[:count], extra=EXTRA, mileage=12.5))
    record_positions(rows(*told[count:]))


def days() -> set:
    with connection.cursor() as cursor:
        return existing_days(cursor, POSITIONS)


def all_of(end: datetime = NOON + timedelta(hours=1)) -> list[dict[str, Any]]:
    return positions_of([1, 2, 60], NOON, end).to_pylist()


def test_a_closed_day_becomes_a_file_with_the_very_same_rows():
    store()
    assert due_position_days() == [DAY]
    row = hand_over_positions(DAY)
    kept = pq.read_table(path_of(DAY), partitioning=None).to_pylist()
    assert row.positions == len(kept) == Position.objects.count() == 120
    for told, stored in zip(kept, Position.objects.order_by("device_id", "at").values(), strict=True):
        extra = told.pop("extra")
        assert (json.loads(extra) if extra is not None else None) == stored.pop("extra")
        assert told == {name: stored[name] for name in told}
    assert due_position_days() == []
    assert hand_over_positions(DAY).sha256 == row.sha256


def test_late_positions_make_a_day_due_again_and_open_days_are_not():
    store()
    hand_over_positions(DAY)
    record_positions(rows((2, NOON + timedelta(hours=5), 36.7)))
    assert due_position_days() == [DAY]
    assert hand_over_positions(DAY).positions == 121
    with clock.stopped_at(NOON + timedelta(days=1)):
        PositionLakeDay.objects.all().delete()
        assert due_position_days() == []


def test_an_old_day_leaves_the_database_and_is_read_from_the_lake():
    store()
    before = all_of()
    hand_over_positions(DAY)
    with clock.stopped_at(NOON + timedelta(days=position_keeping.keep_days() + 2)):
        assert DAY in drop_old_positions()
        assert DAY not in days()
        assert not Position.objects.exists()
        assert all_of() == before
        assert len(all_of(NOON + timedelta(seconds=20))) == 6
        assert positions_of([1], NOON, NOON + timedelta(hours=1), NO_FIX).num_rows == 40
        assert positions_of([3], NOON, NOON + timedelta(hours=1)).num_rows == 0
        path_of(DAY).unlink()
        with pytest.raises(FileNotFoundError):
            all_of()


def test_a_day_that_is_not_safe_in_the_lake_stays():
    store()
    with clock.stopped_at(NOON + timedelta(days=position_keeping.keep_days() + 2)):
        with pytest.raises(HandoverError, match="须重新入湖"):
            drop_old_positions()
        hand_over_positions(DAY)
        path_of(DAY).write_bytes(path_of(DAY).read_bytes()[:-1] + b"x")
        with pytest.raises(HandoverError, match="校验和不符"):
            drop_old_positions()
    assert DAY in days()
    assert Position.objects.count() == 120
