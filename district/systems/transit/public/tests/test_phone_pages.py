"""What passengers see on the phone, asked for as a browser does, over the demonstration's timetable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from district.kernel.clock import CHINA, stopped_at

from ...demo.network import feed
from ...forecasts.planned import plan_of
from ...models import Bus, Change, Edition, Forecast, Run
from ..board import boards

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=CHINA)
FIRST, LAST = NOON.date() - timedelta(days=30), NOON.date() + timedelta(days=60)
FEED = feed(FIRST, LAST)
FIRST_STOP = "Z001A"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with stopped_at(NOON):
        boards.clear()
        yield
    boards.clear()


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(title="演示", state="published", valid_from=FIRST, valid_to=LAST, feed=FEED,
                                  sha256="0" * 64, published_at=NOON)  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def run_of(edition: Edition, **fields: Any) -> Run:
    """The run of line 1 that begins next at its first stop, three stops on its way, two minutes late."""
    plan = plan_of(NOON.date())
    assert plan is not None
    visit = next(each for each in plan.by_stop[FIRST_STOP] if each.leaves > NOON.timestamp() - 900 and each.place == 0)
    planned = visit.planned
    bus = Bus.objects.create(number="D001", is_accessible=True)
    run = Run.objects.create(**({
        "day": planned.day, "trip_id": planned.trip.trip_id, "start_time": planned.start_time, "edition": edition,
        "route_id": planned.trip.route_id, "direction": planned.trip.direction, "bus": bus, "state": "running",
        "begins_at": datetime.fromtimestamp(planned.begins_at, CHINA), "ends_at": datetime.fromtimestamp(planned.ends_at, CHINA),
        "seen_at": NOON, "lon": 117.88, "lat": 36.85, "along_m": 500.0, "delay_s": 120.0, "next_stop": 3, "occupancy": 95,
    } | fields))  # fmt: skip
    at = [round(NOON.timestamp()) + 300 + 90 * each for each in range(len(planned.trip.pattern.stop_ids) - 3)]
    Forecast.objects.create(
        run=run, made_at=NOON, first_stop=3, arrivals=at, departures=at, earliest=[each - 60 for each in at],
        latest=[each + 120 for each in at], source="model",
    )  # fmt: skip
    return run


def test_without_a_timetable_the_start_says_so(client: Client):
    assert "今天没有已发布的时刻表" in text(client, "/transit/")


def test_the_start_lists_lines_and_finds_stops_by_name_and_first_letters(client: Client, edition: Edition):
    assert "演示1路" in text(client, "/transit/")
    assert "大街街道公交站" in text(client, "/transit/?q=大街街道")
    assert "大街街道公交站" in text(client, "/transit/?q=djjd")
    assert "没有找到" in text(client, "/transit/?q=zzzz")


def test_a_stop_without_positions_shows_the_timetable_and_says_so(client: Client, edition: Edition):
    shown = text(client, f"/transit/stops/{FIRST_STOP}/")
    assert "按时刻表，无实时位置" in shown
    assert "分钟</span>" not in shown, "no countdown to what is only planned"


def test_a_forecast_is_counted_down_with_its_interval_and_how_full_the_bus_is(client: Client, edition: Edition):
    run_of(edition)
    shown = text(client, "/transit/stops/Z005A/")
    assert ">6 分钟<" in shown
    assert "可能 5–9 分钟" in shown
    assert "拥挤" in shown


@pytest.mark.parametrize(
    ("state", "words"), [("silent", "车辆信号丢失"), ("unlikely", "这趟车可能不来"), ("off_route", "车辆偏离线路")]
)
def test_what_may_not_come_is_said_so(client: Client, edition: Edition, state: str, words: str):
    run_of(edition, state=state)
    assert words in text(client, "/transit/stops/Z005A/")


def test_a_bus_that_will_hardly_come_is_not_counted_down(client: Client, edition: Edition):
    run_of(edition, state="unlikely")
    assert " 分钟</span>" not in text(client, "/transit/stops/Z005A/")


def test_a_cancelled_trip_is_shown_as_cancelled_and_its_change_told(client: Client, edition: Edition):
    Change.objects.create(kind="suspend", title="演示1路停运", lines=["L1"], begin_at=NOON - timedelta(hours=1),
                          state="published", published_at=NOON)  # fmt: skip
    shown = text(client, f"/transit/stops/{FIRST_STOP}/")
    assert "本班次已取消" in shown
    assert "演示1路停运" in shown
    assert "演示1路停运" not in text(client, "/transit/lines/L4/")


def test_a_line_shows_its_bus_at_the_stop_it_comes_to(client: Client, edition: Edition):
    run_of(edition)
    shown = text(client, "/transit/lines/L1/?direction=0")
    row = shown.split('data-stop="Z004A"')[1].split("</li>")[0]
    assert "D001" in row
    assert "D001" not in text(client, "/transit/lines/L1/?direction=1")


def test_the_timetable_of_a_day_has_every_departure_of_the_stop(client: Client, edition: Edition):
    shown = text(client, "/transit/line-timetables/L1/?direction=0&day=2026-11-28")
    plan = plan_of(NOON.date() + timedelta(days=3))
    assert plan is not None
    planned = [each for each in plan.by_stop[FIRST_STOP] if each.planned.trip.route_id == "L1" and each.place == 0]
    assert shown.count("<span>") == len(planned) > 50


def test_stops_of_one_name_are_one_place_unless_they_are_far_apart(client: Client, edition: Edition):
    rows = client.get("/api/transit/stops").json()["places"]
    assert len({row["name"] for row in rows}) <= len(rows)
    one = next(row for row in rows if "Z001A" in row["ids"])
    assert set(one["ids"]) == {"Z001A", "Z039B"}
    assert "同名站" in text(client, "/transit/stops/Z001A/?all=1")


def test_unknown_stops_and_lines_are_not_found(client: Client, edition: Edition):
    for address in ("/transit/stops/none/", "/transit/lines/none/", "/transit/stops/none/code.svg"):
        assert client.get(address).status_code == 404
    for address in ("arrivals?stops=none", "vehicles?line=none", "departures?stops=none"):
        assert client.get(f"/api/transit/{address}").status_code == 404


def test_the_interface_tells_what_the_page_tells(client: Client, edition: Edition):
    run_of(edition)
    answer = client.get("/api/transit/arrivals?stops=Z005A")
    row = next(each for each in answer.json()["arrivals"] if each["run"])
    assert (row["expected"] - NOON.timestamp(), row["mark"], row["bus"]) == (390, "", "D001")
    assert answer["Cache-Control"].startswith("public")
    assert client.get("/api/transit/arrivals?stops=Z005A", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert [bus["next"] for bus in client.get("/api/transit/vehicles?line=L1").json()["buses"]] == ["Z004A"]


def test_pages_may_be_kept_by_anybody_and_hold_nothing_personal(client: Client, edition: Edition):
    answer = client.get(f"/transit/stops/{FIRST_STOP}/")
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert "csrf" not in answer.content.decode()


def test_the_code_at_a_stop_is_a_picture_of_its_address(client: Client, edition: Edition):
    answer = client.get(f"/transit/stops/{FIRST_STOP}/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<path" in answer.content
