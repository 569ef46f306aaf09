"""Positions are stored once each, in their day, and the newest of every device is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from district.kernel.clock import CHINA
from district.kernel.devices.models import LatestPosition, Position
from district.kernel.devices.position_recording import record_positions
from district.kernel.devices.position_rows import PositionRows, digest_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 23, 59, 50, tzinfo=CHINA)


def rows(*told: tuple[int, datetime, float], extra: Any = None, mileage: float = np.nan) -> PositionRows:
    """(device, when, latitude)."""
    count = len(told)
    device, at_us = np.array([each[0] for each in told]), np.array([int(each[1].timestamp() * 1e6) for each in told])
    lat, lon, nought = np.array([each[2] for each in told]), np.full(count, 117.85), np.zeros(count, dtype=np.int64)
    extras = np.empty(count, dtype=np.object_)
    extras[:] = [extra] * count
    digest = digest_of(nought, nought, lon, lat, nought, nought.astype(float), nought)
    return PositionRows(device, at_us, at_us, digest, nought, nought, lon, lat, nought.astype(float), nought, nought, nought,
                        np.full(count, mileage), extras)  # fmt: skip


def test_the_same_place_is_stored_once_and_another_of_the_same_second_too():
    first = rows((1, AT, 36.8), (1, AT, 36.8), (1, AT, 36.9), (2, AT, 36.8))
    stored = record_positions(first)
    assert (len(stored.stored), len(stored.repeated)) == (3, 1)
    again = record_positions(first)
    assert (len(again.stored), sorted(again.repeated.tolist())) == (0, [0, 1, 2, 3])
    assert Position.objects.count() == 3


def test_rows_of_two_days_go_to_their_days_and_the_newest_stays():
    record_positions(rows((1, AT + timedelta(seconds=20), 36.9), (1, AT, 36.8)))
    assert LatestPosition.objects.get().lat == 36.9
    record_positions(rows((1, AT - timedelta(hours=3), 36.7)))
    assert LatestPosition.objects.get().lat == 36.9
    assert Position.objects.count() == 3


def test_mileage_and_items_may_lack():
    record_positions(PositionRows.joined([
        rows((1, AT, 36.8), extra=b'{"aboard": 12}', mileage=12.5), rows((2, AT, 36.8)), rows((3, AT, 36.8), mileage=7.0),
    ]))  # fmt: skip
    told = Position.objects.order_by("device_id").values_list("mileage_km", "extra")
    assert list(told) == [(12.5, {"aboard": 12}), (None, None), (7.0, None)]


def test_numbers_rise_in_the_order_of_storing():
    record_positions(rows((5, AT, 36.8)))
    record_positions(rows((4, AT - timedelta(hours=1), 36.8)))
    assert list(Position.objects.order_by("number").values_list("device_id", flat=True)) == [5, 4]
