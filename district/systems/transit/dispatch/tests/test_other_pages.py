"""Replay, performance, buses and alarms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from district.kernel.alerts.actions import raise_alarm
from district.kernel.clock import CHINA, stopped_at
from district.kernel.devices.models import DeviceCommand
from district.systems.transit.demo.seed_network import seed_network
from district.systems.transit.fleet.seed import seed_fleet
from district.systems.transit.models import Assignment, Bus, Run
from district.testing.people import account, organisation

from .test_dispatching import AT, DAY, a_plan, running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    organisation("zhoucun", kind="district")
    with stopped_at(AT):
        seed_network()
        seed_fleet()
        yield


def drove(bus: Bus, begin: datetime, count: int) -> None:
    """Kept positions, one every ten seconds to the east."""
    with connection.cursor() as cursor:
        for number in range(count):
            at = begin + timedelta(seconds=10 * number)
            cursor.execute(
                "INSERT INTO devices_position (device_id, at, received_at, digest, alarm, status, lon, lat, speed_kmh,"
                " altitude_m, direction, mark) VALUES (%s, %s, %s, %s, %s, 3, %s, 36.8, 30, 50, 90, %s)",
                [bus.device_id, at, at, number, 1 if number == 3 else 0, 117.85 + number / 10_000, 1 if number == 5 else 0],
            )


def test_a_day_is_replayed_as_it_was_kept(client: Client) -> None:
    client.force_login(account("transit.reader"))
    ensure_positions()
    bus = Bus.objects.get(number="D001")
    drove(bus, AT - timedelta(minutes=30), 60)
    asked = "?day=2026-11-27&begin=08:00&minutes=30&line=&bus=D001"
    shown = client.get(reverse("transit:replay") + asked).content.decode()
    assert "D001" in shown
    at = (AT - timedelta(minutes=30)).timestamp()
    frame = client.get(reverse("transit:replay_frame") + f"{asked}&at={at + 47}").json()
    (feature,) = frame["features"]
    assert feature["geometry"]["coordinates"] == pytest.approx([117.8504, 36.8])
    assert feature["properties"]["at"] == "08:00:40"
    # Without a fix no place is shown; the one before stands until it is old.
    address = reverse("transit:replay_frame") + f"{asked}&at="
    assert client.get(f"{address}{at + 52}").json()["features"][0]["properties"]["at"] == "08:00:40"
    assert client.get(f"{address}{at + 900}").json()["features"] == []
    assert client.get(f"{address}x").status_code == 400


def ensure_positions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS devices_position_g PARTITION OF devices_position DEFAULT")


def test_the_report_counts_what_ran_and_exports_it(client: Client) -> None:
    client.force_login(account("transit.operator"))
    plan = a_plan()
    ran = [each for each in plan.trips if each.ends_at < AT.timestamp() - 2000][:5]
    for each in ran:
        passed = [datetime.fromtimestamp(each.midnight + at + 60, CHINA) for at in each.trip.departures]
        Run.objects.create(
            day=DAY, trip_id=each.trip.trip_id, start_time=each.start_time, edition_id=plan.edition_id,
            route_id=each.trip.route_id, begins_at=passed[0], ends_at=passed[-1], state="ended", passed_at=passed,
        )  # fmt: skip
    shown = client.get(reverse("transit:performance") + f"?first={DAY}&last={DAY}&line=").content.decode()
    assert "准点率" in shown
    report = client.get(reverse("transit:performance") + f"?first={DAY}&last={DAY}&line=&lines-export=csv")
    rows = b"".join(report.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(rows) == 1 + len({each.trip.route_id for each in plan.trips})
    too_long = client.get(reverse("transit:performance") + "?first=2026-01-01&last=2026-11-27&line=").content.decode()
    assert "最多 62 天" in too_long


def test_buses_are_added_changed_and_not_retired_while_they_are_wanted(client: Client) -> None:
    client.force_login(account("transit.operator"))
    given = {"number": "T1", "plate": "演示T0001", "lines": ["L1"], "seats": "30", "capacity": "75", "state": "in_service"}
    client.post(reverse("transit:new_bus"), given)
    bus = Bus.objects.get(number="T1")
    assert bus.lines == ["L1"]
    assert "已有" in client.post(reverse("transit:new_bus"), given).content.decode()
    planned = a_plan().trips[-1]
    Assignment.objects.create(day=DAY, trip_id=planned.trip.trip_id, start_time=planned.start_time, bus=bus)
    refused = client.post(reverse("transit:edit_bus", args=[bus.pk]), given | {"state": "retired"}).content.decode()
    assert "请先改派" in refused
    Assignment.objects.all().delete()
    client.post(reverse("transit:edit_bus", args=[bus.pk]), given | {"state": "retired"})
    bus.refresh_from_db()
    assert bus.state == "retired"
    assert client.get(reverse("transit:bus", args=[bus.pk])).status_code == 200
    client.force_login(account("transit.dispatcher"))
    assert client.get(reverse("transit:new_bus")).status_code == 403


def test_an_alarm_that_is_answered_is_answered_to_the_terminal(client: Client) -> None:
    client.force_login(account("transit.dispatcher"))
    bus = Bus.objects.get(number="D001")
    running(a_plan(), bus=bus)
    Run.objects.update(state="standing")
    alarm = raise_alarm(
        system="transit", kind="sos", thing=f"bus:{bus.pk}", subject="D001", message="D001 紧急报警", severity=1,
        device_id=bus.device_id, roles=["transit.dispatcher"],
    )  # fmt: skip
    shown = client.get(reverse("transit:vehicle_alarms")).content.decode()
    assert "D001 紧急报警" in shown
    assert "停滞" in shown
    client.post(reverse("transit:answer_alarm", args=[alarm.pk]))
    alarm.refresh_from_db()
    assert alarm.state == "acknowledged"
    command = DeviceCommand.objects.get()
    assert (command.command, command.device_id) == ("confirm_alarm", bus.device_id)
    assert command.parameters["bits"] & 1
