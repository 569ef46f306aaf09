"""What a recorded day needs of the installation: its timetable, its buses with terminals, which bus drives which trip."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date

import pandas as pd
from django.db import transaction

from district.kernel.clock import now
from district.kernel.devices.models import Device, DeviceStatus

from ..forecasts.planned import plan_of
from ..models import Assignment, Bus, Edition

PREFIX, PHONE = "R-", "0198"
LONGEST_NUMBER = 17


class NotAlone(RuntimeError):
    """The installation has buses or timetables that are not simulated: nothing recorded is mixed with them."""


def alone() -> None:
    """Raises NotAlone."""
    if Edition.objects.filter(is_simulated=False).exists() or Bus.objects.filter(is_simulated=False).exists():
        raise NotAlone


def edition_of(feed: bytes, days: Sequence[date]) -> Edition:
    """The timetable, in force on these days alone."""
    return Edition.objects.create(
        title=f"回放 {days[0]:%Y-%m-%d} 至 {days[-1]:%Y-%m-%d}", state=Edition.State.PUBLISHED, valid_from=days[0],
        valid_to=days[-1], feed=feed, sha256=hashlib.sha256(feed).hexdigest(), is_simulated=True,
        published_at=now(), remark="录制数据回放",
    )  # fmt: skip


@transaction.atomic
def buses_of(vehicles: Sequence[str]) -> dict[str, Bus]:
    """A bus and a terminal for each recorded vehicle, those of an earlier replay again; all marked as simulated."""
    known = {bus.number: bus for bus in Bus.objects.filter(number__startswith=PREFIX).select_related("device")}
    found = {}
    for number, vehicle in enumerate(sorted(vehicles), 1):
        name = PREFIX + vehicle[:LONGEST_NUMBER]
        bus = known.get(name)
        if bus is None or bus.device is None:
            device = Device.objects.create(
                code=f"{PHONE}{number:08d}", name=f"回放 {vehicle} 车载终端", kind="bus", protocol="jt808", system="transit",
                password=secrets.token_hex(16), is_simulated=True, interval_s=60, attributes={"version": 2013},
            )  # fmt: skip
            bus = Bus.objects.create(number=name, device=device, lines=[], is_simulated=True)
        found[vehicle] = bus
    Bus.objects.filter(pk__in=[bus.pk for bus in found.values()]).update(state=Bus.State.IN_SERVICE)
    Device.objects.filter(pk__in=[bus.device_id for bus in found.values()]).update(status=DeviceStatus.ACTIVE)
    return found


def assign(positions: pd.DataFrame, buses: dict[str, Bus], day: date) -> int:
    """The recorded vehicle's own word on its trips as the dispatcher's: JT/T 808 has no trip in a position."""
    plan = plan_of(day)
    keys = {key[1]: key for key in plan.by_key} if plan else {}
    told = positions[positions["trip_id"] != ""].groupby(["trip_id", "vehicle"]).size().reset_index(name="count")
    best = told.sort_values("count").drop_duplicates("trip_id", keep="last")
    rows = [Assignment(day=day, trip_id=row.trip_id, start_time=keys[row.trip_id][2], bus=buses[row.vehicle])
            for row in best.itertuples() if row.trip_id in keys]  # fmt: skip
    Assignment.objects.filter(day=day).delete()
    return len(Assignment.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000))


def put_away(buses: dict[str, Bus]) -> None:
    """They are in service only while they are replayed: nobody is to look for them on today's roads."""
    Bus.objects.filter(pk__in=[bus.pk for bus in buses.values()]).update(state=Bus.State.RETIRED)
    Device.objects.filter(pk__in=[bus.device_id for bus in buses.values()]).update(status=DeviceStatus.SUSPENDED)
