"""The demonstration's own records: devices, points, sources, permits, files and rules. No observations.

Running it again changes nothing that people have changed since: rows are made when missing and left alone after.
"""

from __future__ import annotations

from district.kernel.clock import today

from ..actions.alert_rules import put_default_rules, put_limit_rules
from ..simulator.fleet import fleet
from .devices import seed_devices
from .points import seed_points
from .sources import seed_sources


def seed() -> None:
    """Makes what is missing. Needs the organisations and divisions."""
    known = fleet()
    devices = seed_devices(known)
    seed_points(known, devices)
    seed_sources(known, devices, today())
    put_default_rules()
    put_limit_rules(today())
