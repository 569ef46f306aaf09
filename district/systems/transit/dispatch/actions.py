"""What dispatchers do: give buses to trips, tell drivers, hold, turn, add and cancel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.devices.commands import CannotAsk, ask
from district.kernel.people.refused import Refused
from district.kernel.wording import Sentence

from ..changes.actions import Typed, announce
from ..changes.applying import PlannedTrip
from ..forecasts.planned import DayPlan, plan_of
from ..forecasts.queries import moment
from ..models import Assignment, Bus, Order
from .chains import Key, chains

LONGEST_TEXT_BYTES = 1024
"""Of GBK, in one 0x8300."""
VALID_FOR = timedelta(minutes=10)
"""An order that has not reached the bus by then is of no use any more."""
LONGEST_HOLD_MIN = 30
# Drivers and the journal are told in Chinese, whatever language the dispatcher reads.
WAIT = Sentence("请在 %(stop)s 停站等待 %(n)s 分钟后发车")
TURN = Sentence("本班次到 %(stop)s 调头，后续站点不停")
STOPPED = Sentence("%(start)s 发车的班次停开")
ADDED = Sentence("加开 %(start)s 发车的班次")


@dataclass(frozen=True)
class About:
    """The trip an order is about."""

    day: date
    trip_id: str = ""
    start_time: str = ""

    @property
    def key(self) -> Key:
        return self.day, self.trip_id, self.start_time


def planned_of(about: About) -> PlannedTrip:
    """The trip. Raises Refused when the day holds none such."""
    plan = plan_of(about.day)
    planned = plan.by_key.get((about.day, about.trip_id, about.start_time)) if plan else None
    if planned is None:
        raise Refused("unknown_trip", _("没有这个班次"), field="trip_id", value=about.trip_id)
    return planned


@transaction.atomic
def assign_bus(about: About, bus: Bus | None, account: Any) -> Assignment | None:
    """Gives a bus to a trip, or takes it away (None). Raises Refused: unknown_trip, trip_cancelled, bus_not_in_service,
    bus_busy (it drives another trip at that time)."""
    planned = planned_of(about)
    keyed = {"day": about.day, "trip_id": about.trip_id, "start_time": about.start_time}
    if bus is None:
        Assignment.objects.filter(**keyed).delete()
        return None
    if planned.state == "cancelled":
        raise Refused("trip_cancelled", _("班次已取消，不能派车"))
    if bus.state != Bus.State.IN_SERVICE:
        raise Refused(
            "bus_not_in_service",
            _("%(bus)s 不在册或在维修") % {"bus": bus.number},
            field="bus",
            value=bus.number,
        )
    Bus.objects.select_for_update().get(pk=bus.pk)
    other = _overlapping(planned, bus)
    if other is not None:
        raise Refused(
            "bus_busy",
            _("%(bus)s 此时已派给 %(start)s 发车的班次") % {"bus": bus.number, "start": other.start_time[:5]},
            field="bus",
            value=bus.number,
        )
    return Assignment.objects.update_or_create(**keyed, defaults={"bus": bus, "made_at": now()})[0]


def _overlapping(planned: PlannedTrip, bus: Bus) -> PlannedTrip | None:
    plan = plan_of(planned.day)
    for each in Assignment.objects.filter(bus=bus, day=planned.day):
        other = plan.by_key.get((each.day, each.trip_id, each.start_time)) if plan else None
        if other is None or other.key == planned.key or other.state == "cancelled":
            continue
        if other.begins_at < planned.ends_at and planned.begins_at < other.ends_at:
            return other
    return None


@transaction.atomic
def assign_day(day: date) -> int:
    """Gives buses to all trips of a day that have none yet, by chains; how many."""
    plan = plan_of(day)
    if plan is None:
        return 0
    told = (
        Assignment.objects.filter(day=day)
        .select_for_update()
        .values_list("trip_id", "start_time", "bus__number")
    )
    fixed: dict[Key, str] = {(day, trip_id, start): number for trip_id, start, number in told}
    buses = list(Bus.objects.filter(state=Bus.State.IN_SERVICE))
    found = chains(plan.trips, plan.schedule.stops, _by_line(buses), fixed)
    by_number = {bus.number: bus for bus in buses}
    fresh = [
        Assignment(day=day, trip_id=key[1], start_time=key[2], bus=by_number[number])
        for key, number in found.items()
        if key not in fixed
    ]
    return len(Assignment.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000))


def _by_line(buses: list[Bus]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for bus in buses:
        for line in bus.lines or [""]:
            found.setdefault(line, []).append(bus.number)
    return found


@transaction.atomic
def tell(
    bus: Bus,
    text: str,
    account: Any,
    *,
    about: About | None = None,
    kind: str = "text",
    is_urgent: bool = False,
) -> Order:
    """A text on the driver's display, read aloud. Raises Refused: text_missing, text_too_long, no_terminal."""
    text = text.strip()
    if not text:
        raise Refused("text_missing", _("请填写内容"), field="text")
    if len(text.encode("gb18030", "replace")) > LONGEST_TEXT_BYTES or len(text) > 500:
        raise Refused("text_too_long", _("内容过长，不得超过 500 字"), field="text", value=text)
    if bus.device is None:
        raise Refused(
            "no_terminal", _("%(bus)s 没有车载终端") % {"bus": bus.number}, field="bus", value=bus.number
        )
    try:
        command = ask(
            bus.device, "send_text", {"text": text, "is_urgent": is_urgent}, account, valid_for=VALID_FOR
        )
    except CannotAsk as fault:
        raise Refused("no_terminal", str(fault), field="bus", value=bus.number) from fault
    about = about or About(now().date())
    return Order.objects.create(
        kind=kind,
        day=about.day,
        bus=bus,
        trip_id=about.trip_id,
        start_time=about.start_time,
        text=text,
        command=command,
        made_by=account,
    )


@transaction.atomic
def hold(bus: Bus, minutes: int, place: int, account: Any, about: About) -> Order:
    """Tells the driver to wait at a stop of the trip (its place in the pattern); forecasts go by it as soon as it is given.
    Raises Refused as `tell`, unknown_trip, bad_stop and hold_out_of_range."""
    stops = planned_of(about).trip.pattern.stop_ids
    if not 0 <= place < len(stops) - 1:
        raise Refused("bad_stop", _("请选择终点以前的站点"), field="stop", value=place)
    if not 1 <= minutes <= LONGEST_HOLD_MIN:
        raise Refused(
            "hold_out_of_range",
            _("停站等待应为 1 到 %(most)s 分钟") % {"most": LONGEST_HOLD_MIN},
            field="minutes",
            value=minutes,
        )
    text = WAIT(stop=_stop_name(about, stops[place]), n=str(minutes))
    order = tell(bus, text, account, about=about, kind=Order.Kind.HOLD)
    order.place, order.hold_s = place, minutes * 60
    order.save(update_fields=["place", "hold_s"])
    return order


@transaction.atomic
def short_turn(about: About, place: int, account: Any, bus: Bus | None = None) -> Order:
    """Ends a trip at a stop: those after it are skipped, everybody is told, the driver too. Raises Refused: bad_stop."""
    planned = planned_of(about)
    stops = planned.trip.pattern.stop_ids
    if not 0 < place < len(stops) - 1:
        raise Refused("bad_stop", _("请选择中途的站点"), field="place", value=place)
    later = tuple(dict.fromkeys(stop for stop in stops[place + 1 :] if stop not in stops[: place + 1]))
    change = announce(
        Typed(
            "skip",
            moment(planned.begins_at),
            moment(planned.ends_at + 7200),
            lines=(planned.trip.route_id,),
            direction=planned.trip.direction,
            stops=later,
            trips=(about.trip_id,),
            cause=2,
        ),
        account,
    )
    return _ordered(
        Order.Kind.SHORT_TURN,
        about,
        TURN(stop=_stop_name(about, stops[place])),
        change,
        account,
        bus,
    )


@transaction.atomic
def cancel_trip(about: About, account: Any, bus: Bus | None = None, cause: int = 3) -> Order:
    """Cancels a trip. Raises Refused: trip_cancelled."""
    planned = planned_of(about)
    if planned.state == "cancelled":
        raise Refused("trip_cancelled", _("班次已取消"))
    change = announce(
        Typed(
            "cancel",
            moment(planned.begins_at),
            moment(planned.ends_at),
            lines=(planned.trip.route_id,),
            trips=(about.trip_id,),
            cause=cause,
        ),
        account,
    )
    return _ordered(
        Order.Kind.CANCEL,
        about,
        STOPPED(start=planned.start_time[:5]),
        change,
        account,
        bus,
    )


@transaction.atomic
def add_trip(like: About, start_time: str, account: Any, bus: Bus | None = None) -> Order:
    """An extra trip at HH:MM like another one; the bus, when given, is assigned to it. Raises Refused, ChangeRefused."""
    planned = planned_of(like)
    begin = moment(planned.midnight)
    starts = f"{start_time}:00" if start_time.count(":") == 1 else start_time
    # A changed trip's own id is none of the timetable's: what it is made from is.
    original = planned.original or planned.trip
    change = announce(
        Typed(
            "extra",
            begin,
            begin + timedelta(hours=30),
            lines=(planned.trip.route_id,),
            direction=planned.trip.direction,
            details={"like": original.trip_id, "starts": [starts]},
        ),
        account,
    )
    plan = plan_of(like.day)
    added = _added(plan, change.pk)
    about = About(like.day, added.trip.trip_id, added.start_time) if added else like
    if bus is not None and added is not None:
        assign_bus(about, bus, account)
    return _ordered(
        Order.Kind.EXTRA,
        about,
        ADDED(start=start_time[:5]),
        change,
        account,
        bus,
    )


def _added(plan: DayPlan | None, change_id: int) -> PlannedTrip | None:
    return (
        next((each for each in plan.trips if each.state == "added" and change_id in each.changes), None)
        if plan
        else None
    )


def _ordered(kind: str, about: About, text: str, change: Any, account: Any, bus: Bus | None) -> Order:
    """Kept, and told to the driver when the bus has a terminal."""
    if bus is not None and bus.device is not None:
        order = tell(bus, text, account, about=about, kind=kind)
        order.change = change
        order.save(update_fields=["change"])
        return order
    return Order.objects.create(
        kind=kind,
        day=about.day,
        bus=bus,
        trip_id=about.trip_id,
        start_time=about.start_time,
        text=text,
        change=change,
        made_by=account,
    )


def _stop_name(about: About, stop_id: str) -> str:
    plan = plan_of(about.day)
    stop = plan.schedule.stops.get(stop_id) if plan else None
    return stop.name if stop else stop_id
