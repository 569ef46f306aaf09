"""The demonstration's changes: that all is simulated, and one stop not served for the time being."""

from __future__ import annotations

from datetime import timedelta

from district.kernel.clock import now

from ..editions.queries import schedule_in_force
from ..models import Change
from .actions import Typed, announce

LINE, PLACE = "L4", 4


def seed_changes() -> None:
    """Needs an edition."""
    schedule = schedule_in_force()
    if schedule is None or Change.objects.filter(is_simulated=True).exists():
        return
    begin = now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    announce(
        Typed(
            "notice", begin, severity=2, title="演示数据：线路、班次和车辆均为模拟",
            text="本系统的公交线路、班次、车辆和到站时间均为演示，请勿据此出行。",
            title_en="Demonstration data: nothing here is a real bus",
            text_en="All lines, trips, buses and arrivals shown here are simulated. Please do not travel by them.",
        ), None, is_simulated=True,
    )  # fmt: skip
    trips = schedule.by_route.get(LINE, [])
    if trips:
        stop = trips[0].pattern.stop_ids[PLACE]
        announce(Typed("skip", begin, lines=(LINE,), stops=(stop,), cause=10), None, is_simulated=True)
