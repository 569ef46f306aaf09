"""Buses to trips, orders to drivers, and the pages that show them."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from district.kernel.clock import CHINA, stopped_at
from district.kernel.devices.models import DeviceCommand
from district.kernel.people.refused import Refused
from district.systems.transit.demo.seed_network import seed_network
from district.systems.transit.dispatch.actions import (
    About,
    add_trip,
    assign_bus,
    assign_day,
    cancel_trip,
    short_turn,
    tell,
)
from district.systems.transit.dispatch.board import trip_url
from district.systems.transit.fleet.seed import seed_fleet
from district.systems.transit.forecasts.planned import DayPlan, plan_of
from district.systems.transit.models import Assignment, Bus, Change, Order, Run
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 27, 8, 30, tzinfo=CHINA)
DAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def network() -> None:
    organisation("zhoucun", kind="district")
    with stopped_at(AT):
        seed_network()
        seed_fleet()


def a_plan() -> DayPlan:
    plan = plan_of(DAY)
    assert plan is not None
    return plan


def running(plan: DayPlan, number: int = 0, bus: Bus | None = None, share: float = 0.4) -> Run:
    """A run as the live process leaves it, on its way."""
    planned = [each for each in plan.trips if each.trip.route_id == "L1" and each.begins_at < AT.timestamp() - 600][-1 - number]
    pattern = planned.trip.pattern
    along = pattern.length_m * share
    lat, lon = plan.schedule.plane.degrees(pattern.line[:1])[0]
    following = int((pattern.stops_at < along).sum())
    passed = [datetime.fromtimestamp(planned.midnight + at, CHINA) for at in planned.trip.arrivals[:following]]
    return Run.objects.create(
        day=DAY, trip_id=planned.trip.trip_id, start_time=planned.start_time, edition_id=plan.edition_id, route_id="L1",
        direction=planned.trip.direction, begins_at=datetime.fromtimestamp(planned.begins_at, CHINA),
        ends_at=datetime.fromtimestamp(planned.ends_at, CHINA), bus=bus or Bus.objects.all()[number], state="running", seen_at=AT,
        lon=lon, lat=lat, speed_kmh=22.0, along_m=along, delay_s=250.0, next_stop=following, headway_s=540.0,
        passed_at=[*passed, *[None] * (len(pattern.stop_ids) - following)],
    )


def test_every_trip_gets_a_bus_that_can_drive_it() -> None:
    with stopped_at(AT):
        many = assign_day(DAY)
        plan = a_plan()
        assert many > 0.95 * len(plan.trips)
        assert assign_day(DAY) == 0
    spans: dict[str, list[tuple[float, float]]] = {}
    for each in Assignment.objects.select_related("bus"):
        planned = plan.by_key[(each.day, each.trip_id, each.start_time)]
        assert planned.trip.route_id in each.bus.lines
        spans.setdefault(each.bus.number, []).append((planned.begins_at, planned.ends_at))
    for each_bus in spans.values():
        ordered = sorted(each_bus)
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


def test_a_bus_cannot_drive_two_trips_at_a_time() -> None:
    dispatcher = account("transit.dispatcher")
    with stopped_at(AT):
        one, other = (About(DAY, each.trip.trip_id, each.start_time) for each in a_plan().trips[:2])
        bus = Bus.objects.get(number="D001")
        assign_bus(one, bus, dispatcher)
        with pytest.raises(Refused) as fault:
            assign_bus(other, bus, dispatcher)
        assert fault.value.code == "bus_busy"
        assign_bus(one, None, dispatcher)
        assert assign_bus(other, bus, dispatcher) is not None


def test_an_order_to_a_driver_goes_to_the_terminal_and_says_whether_it_was_confirmed() -> None:
    dispatcher = account("transit.dispatcher")
    order = tell(Bus.objects.get(number="D001"), " 请按时刻表发车 ", dispatcher)
    command = DeviceCommand.objects.get()
    assert (order.command, command.command, command.parameters["text"]) == (command, "send_text", "请按时刻表发车")
    with pytest.raises(Refused) as fault:
        tell(Bus.objects.get(number="D001"), "长" * 600, dispatcher)
    assert fault.value.code == "text_too_long"


def test_cancelling_turning_and_adding_trips_are_changes_that_passengers_are_told_of() -> None:
    dispatcher = account("transit.dispatcher")
    with stopped_at(AT):
        later = [each for each in a_plan().trips if each.begins_at > AT.timestamp() + 1800]
        first, second, third = later[:3]
        cancel_trip(About(*first.key), dispatcher)
        turned = short_turn(About(*second.key), 5, dispatcher)
        added = add_trip(About(*third.key), "09:17", dispatcher, Bus.objects.get(number="D060"))
        plan = a_plan()
    assert plan.by_key[first.key].state == "cancelled"
    assert plan.by_key[second.key].skipped == frozenset(range(6, len(second.trip.pattern.stop_ids)))
    assert turned.change is not None
    assert plan.by_key[(DAY, added.trip_id, added.start_time)].state == "added"
    assert Assignment.objects.filter(trip_id=added.trip_id, bus__number="D060").exists()
    assert set(Change.objects.values_list("kind", "state")) == {(kind, "published") for kind in ("cancel", "skip", "extra")}
    assert DeviceCommand.objects.count() == 1


def test_the_pages_show_what_is_on_the_road(client: Client) -> None:
    with stopped_at(AT):
        client.force_login(account("transit.dispatcher"))
        plan = a_plan()
        run = running(plan)
        running(plan, 1, share=0.7)
        features = client.get(reverse("transit:map_vehicles")).json()["features"]
        assert {each["properties"]["name"] for each in features} == {"D001", "D002"}
        assert len(client.get(reverse("transit:map_lines") + "?line=L1").json()["features"]) == 2
        assert "运行 2" in client.get(reverse("transit:live_map")).content.decode()
        for name in ("diagram", "board", "orders"):
            assert "D001" in client.get(reverse(f"transit:{name}")).content.decode(), name
        shown = client.get(client.get(reverse("transit:run", args=[run.pk])).url).content.decode()
        assert "晚 4 分" in shown
        assert "D001" in shown


def test_what_is_done_to_a_trip_is_done_on_its_page(client: Client) -> None:
    with stopped_at(AT):
        client.force_login(account("transit.dispatcher"))
        run = running(a_plan())
        address = trip_url(run.day, run.trip_id, run.start_time)
        client.post(f"{address}&do=hold", {"stop": "12", "minutes": "2"})
        order = Order.objects.get()
        assert (order.kind, order.bus_id, order.trip_id) == ("hold", run.bus_id, run.trip_id)
        assert "停站等待 2 分钟" in order.text
        refused = client.post(f"{address}&do=extra", {"start": "25:99"})
        assert refused.status_code == 200
        assert "08:05" in refused.content.decode()
        assert client.get(address.replace("start=", "start=9")).status_code == 404


def test_a_reader_sees_the_board_and_orders_nothing(client: Client) -> None:
    with stopped_at(AT):
        client.force_login(account("transit.reader"))
        assert client.get(reverse("transit:board")).status_code == 200
        assert client.get(reverse("transit:orders")).status_code == 403
        assert client.post(reverse("transit:assign_all"), {"day": DAY.isoformat()}).status_code == 403
        run = running(a_plan())
        client.post(trip_url(run.day, run.trip_id, run.start_time) + "&do=cancel")
    assert not Order.objects.exists()
