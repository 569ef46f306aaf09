"""The page of scores, for everybody."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from district.systems.transit.accuracy import BUCKETS
from district.systems.transit.models import Score

pytestmark = pytest.mark.django_db
METHODS = {"ours": 88.4, "timetable": 60.1, "last_delay": 70.2, "historical": 72.3, "kalman": 73.4}


def _score(day: date, route: str = "", line: str = "") -> Score:
    figures = {
        "buckets": {each.name: METHODS for each in BUCKETS}, "overall": METHODS, "mean_error_s": METHODS, "bias_s": METHODS,
        "width_s": 210.0,
    }  # fmt: skip
    return Score.objects.create(day=day, route_id=route, line=line, visits=200, forecast=190, right=170, judged=1000, covered=905,
                                figures=figures, is_simulated=True)  # fmt: skip


def test_without_a_day_the_page_says_so(client: Client) -> None:
    assert "还没有评过分的运营日" in client.get(reverse("transit:scores")).content.decode()


def test_the_page_shows_shares_methods_and_lines(client: Client) -> None:
    for day in (date(2026, 3, 2), date(2026, 3, 3)):
        _score(day)
        _score(day, "L1", "演示1路")
    text = client.get(reverse("transit:scores")).content.decode()
    for shown in ("95.0", "85.0", "90.5", "演示1路", "含模拟数据", "卡尔曼", "2026-03-03"):
        assert shown in text
    assert client.get(reverse("transit:scores"), {"line": "L1", "day": "2026-03-02"}).status_code == 200
    assert client.get(reverse("transit:scores"), {"line": "L9", "day": "not a day"}).status_code == 200
