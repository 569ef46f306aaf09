"""Evaluated hours as columns say what the rows say; one station alone is what it is among all."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from district.kernel import clock
from district.kernel.clock import CHINA
from district.systems.environment.models import HourlyValue
from district.systems.environment.queries.evaluated_hours import VALIDITIES, evaluated_hours, rows_of
from district.systems.environment.queries.stations import station_visible_to, stations_visible_to
from district.testing.people import account

from .measured import NOW, measured_district
from .observing import air_point, series

START = datetime(2026, 5, 1, tzinfo=CHINA)


@pytest.mark.django_db
def test_columns_hold_what_the_rows_hold_in_the_order_of_the_series_asked_for():
    device = air_point().device
    ids = [series(device, item).pk for item in ("a34004", "a34002")]
    values = [(1.5, 2.5, "valid"), (None, -3.0, "invalid"), (None, None, "missing"), (7.25, None, "substituted")]
    for shift, key in enumerate(ids):
        for hour, (value, raw, validity) in enumerate(values):
            at = START + timedelta(hours=hour + shift)
            HourlyValue.objects.create(series_id=key, at=at, value=value, raw=raw, validity=validity)
    asked = ids[::-1]
    found = evaluated_hours(asked, START, START + timedelta(hours=4))
    told = {
        (asked[row], hour): (value, raw, VALIDITIES[code])
        for row, hour, value, raw, code in zip(
            rows_of(asked, found), found.hour_from(START), found.value, found.raw, found.validity, strict=True
        )
    }
    assert len(told) == 4 + 3
    for (key, hour), (value, raw, validity) in told.items():
        wanted = values[hour - ids.index(key)]
        assert validity == wanted[2]
        assert np.array_equal([value, raw], np.array(wanted[:2], dtype=float), equal_nan=True)


@pytest.mark.django_db
def test_nothing_evaluated_gives_empty_columns():
    found = evaluated_hours([], START, START + timedelta(hours=4))
    assert len(found.value) == len(rows_of([], found)) == 0


@pytest.mark.django_db
def test_a_station_alone_is_what_it_is_among_all():
    with clock.stopped_at(NOW):
        measured_district()
        reader = account("environment.officer")
        for one in stations_visible_to(reader):
            alone = station_visible_to(reader, one.code)
            assert alone is not None
            assert (alone.name, alone.state, alone.headline, alone.number, alone.open_cases) == (
                one.name, one.state, one.headline, one.number, one.open_cases
            )  # fmt: skip
        assert station_visible_to(reader, "nowhere") is None
