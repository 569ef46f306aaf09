from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from district.kernel.clock import CHINA
from district.kernel.devices.models import Device, Observation, Series
from district.kernel.devices.queries import latest_of, observation_count, readings
from district.kernel.devices.tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_span_holds_its_start_and_not_its_end(series: list[Series], observe: Callable[..., Any]):
    observe(NOON, 10)
    found = readings([series[0].pk], NOON + timedelta(minutes=2), NOON + timedelta(minutes=5))
    assert found.value.tolist() == [2.0, 3.0, 4.0]
    assert found.at.dtype == np.dtype("datetime64[us]")
    assert found.at[0] == np.datetime64("2026-03-10T04:02:00")


def test_columns_say_the_same_as_the_table(series: list[Series], observe: Callable[..., Any]):
    observe(NOON - timedelta(hours=13), 60)
    chosen = [series[2].pk, series[0].pk]
    found = readings(chosen, NOON - timedelta(days=2), NOON + timedelta(days=1))
    rows = list(
        Observation.objects.filter(series_id__in=chosen).order_by("series_id", "at")
        .values_list("series_id", "at", "value", "mark")
    )  # fmt: skip
    at = [np.datetime64(row[1].astimezone(CHINA).replace(tzinfo=None), "us") - np.timedelta64(8, "h") for row in rows]
    assert list(zip(found.series_id, found.at, found.value, found.mark, strict=True)) == [
        (row[0], moment, row[2], row[3]) for row, moment in zip(rows, at, strict=True)
    ]
    assert len(rows) == 120


def test_no_series_and_empty_spans_give_empty_columns(series: list[Series]):
    assert len(readings([], NOON, NOON)) == 0
    assert len(readings([series[0].pk], NOON, NOON + timedelta(days=1))) == 0


def test_naive_times_are_refused(series: list[Series]):
    with pytest.raises(ValueError, match="时区"):
        readings([series[0].pk], NOON.replace(tzinfo=None), NOON)


def test_latest_values_are_chosen_by_device_series_and_kind(
    device: Device, series: list[Series], observe: Callable[..., Any], django_assert_num_queries: Any
):
    observe(NOON, 3)
    with django_assert_num_queries(1):
        found = latest_of([device.pk])
    assert [(each.item, each.value, each.at) for each in found] == [
        (each.item, 2.0, NOON + timedelta(minutes=2)) for each in series
    ]
    assert [each.series_id for each in latest_of(series=[series[1].pk])] == [series[1].pk]
    assert [each.item for each in latest_of(item="a21026", statistic="rtd")] == ["a21026"]
    assert latest_of([device.pk], period="hour") == []


def test_the_count_of_days_is_kept(observe: Callable[..., Any]):
    observe(NOON - timedelta(hours=12, minutes=5), 10)
    day = NOON.date()
    assert observation_count() == 30
    assert (observation_count(last=day - timedelta(1)), observation_count(first=day)) == (15, 15)
