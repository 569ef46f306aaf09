from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district.kernel import clock
from district.kernel.devices import marks
from district.kernel.devices.models import Device, Series
from district.kernel.devices.offline import capture_rates, expected_instants, is_silent, mark_offline
from district.kernel.devices.tests.conftest import NOON, keep, rows_of


@given(st.integers(1, 7200), st.integers(0, 100_000))
def test_the_rule_in_python_and_in_the_database_are_one(interval_s: int, silent_s: int):
    expected = silent_s > max(180, 3 * interval_s)
    assert is_silent(NOON - timedelta(seconds=silent_s), interval_s, NOON) == expected


def test_a_device_never_heard_is_silent():
    assert is_silent(None, 60, NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(("silent_s", "is_online"), [(100, True), (299, True), (301, False)])
def test_silent_devices_are_marked_offline(device: Device, silent_s: int, is_online: bool):
    Device.objects.filter(pk=device.pk).update(
        interval_s=100, is_online=True, last_seen_at=NOON - timedelta(seconds=silent_s)
    )
    with clock.stopped_at(NOON):
        marked = mark_offline()
    device.refresh_from_db()
    assert device.is_online is is_online
    assert marked == ([] if is_online else [device.pk])


@given(st.integers(1, 3600), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(0, 86400))
def test_expected_instants_fill_the_span(interval_s: int, start: datetime, length_s: int):
    count = expected_instants(interval_s, start, start + timedelta(seconds=length_s))
    assert count * interval_s <= length_s < (count + 1) * interval_s


@pytest.mark.django_db
def test_the_capture_of_a_day_counts_instants_once_and_sets_invalid_ones_apart(
    device: Device, series: list[Series], observe: Callable[..., Any]
):
    start = NOON.replace(hour=0)
    observe(start, 720)
    keep(rows_of(*((series[0].pk, NOON + timedelta(minutes=n), 1.0, marks.FAULT) for n in range(10))))
    with clock.stopped_at(NOON + timedelta(days=1)):
        (capture,) = capture_rates(NOON.date())
    assert (capture.device_id, capture.expected, capture.received, capture.counted) == (device.pk, 1440, 730, 720)
    assert capture.rate == pytest.approx(730 / 1440)


@pytest.mark.django_db
def test_today_is_expected_up_to_now(device: Device):
    with clock.stopped_at(NOON):
        (capture,) = capture_rates(NOON.date())
    assert capture.expected == 720
    assert capture.rate == 0.0
