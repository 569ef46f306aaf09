"""What the worker does for devices and their observations."""

from __future__ import annotations

import logging

from district.kernel.devices import handover, offline, position_handover, position_keeping, reports
from district.kernel.jobs import every

log = logging.getLogger(__name__)


@every("* * * * *")
def mark_silent_devices() -> None:
    """Devices that report no more are no longer online."""
    offline.mark_offline()


@every("*/30 * * * *")
def make_partitions_ahead() -> None:
    """A week of partitions lies ready; the gateway makes a missing one itself, but should not have to."""
    made = handover.make_partitions_ahead() + position_keeping.make_position_partitions()
    if made:
        log.info("partitions made: %s", ", ".join(map(str, made)))


@every("40 2 * * *")
def hand_over_closed_days() -> None:
    """Closed days, and days with late rows, go to the lake."""
    for day in handover.due_days():
        row = handover.hand_over(day)
        log.info("%s: %s observations handed over, %s bytes", day, row.observations, row.bytes)


@every("55 2 * * *")
def hand_over_closed_positions() -> None:
    """Closed days of positions, and days with late ones, go to the lake."""
    for day in position_handover.due_position_days():
        row = position_handover.hand_over_positions(day)
        log.info("%s: %s positions handed over, %s bytes", day, row.positions, row.bytes)


@every("50 3 * * *")
def drop_expired_days() -> None:
    """Days past their retention leave the database, once they are safe in the lake."""
    for day in handover.drop_expired():
        log.info("%s: partition dropped", day)


@every("0 4 * * *")
def drop_old_positions() -> None:
    """Positions past their retention leave the database."""
    for day in position_keeping.drop_old_positions():
        log.info("%s: positions dropped", day)


@every("15 4 * * *")
def forget_old_reports() -> None:
    """Reports of devices that every listener has heard of do not pile up."""
    deleted = reports.forget_old_reports()
    if deleted:
        log.info("%s old device reports deleted", deleted)
