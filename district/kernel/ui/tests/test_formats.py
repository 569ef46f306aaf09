from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from district.kernel import clock
from district.kernel.ui import formats

MOMENT = datetime(2026, 11, 2, 18, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(("value", "decimals", "text"), [
    (12345.6, None, "12,345.6"), (1.0, None, "1"), (0.12345, None, "0.1235"), (2.5, 2, "2.50"), (Decimal("7"), 1, "7.0"),
    (None, None, "—"), ("", 2, "—"), (float("nan"), 1, "—"), (0, None, "0"), (-1200, 0, "-1,200"),
])
def test_numbers_for_people(value, decimals, text):
    assert formats.number(value, decimals) == text


def test_moments_are_written_in_china_standard_time():
    assert formats.moment(MOMENT) == "2026-11-03 02:05"
    assert formats.second(MOMENT) == "2026-11-03 02:05:09"
    assert formats.day(MOMENT) == "2026-11-03"
    assert formats.hour(MOMENT) == "11-03 02时"
    assert formats.long_day(MOMENT) == "2026年11月3日"
    assert formats.long_day(date(2026, 1, 31)) == "2026年1月31日"


def test_nothing_is_a_dash_in_every_format():
    for name, format_ in formats.FILTERS.items():
        assert format_(None) == ("" if name == "iso" else "—"), name


@pytest.mark.parametrize(("seconds", "text"), [(20, "刚刚"), (300, "5 分钟前"), (7300, "2 小时前")])
def test_how_long_ago(seconds: int, text: str):
    with clock.stopped_at(MOMENT):
        assert formats.ago(MOMENT - timedelta(seconds=seconds)) == text
        assert formats.ago(MOMENT - timedelta(days=2)) == "2026-11-01 02:05"
