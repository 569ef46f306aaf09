"""Believable monitoring devices that speak HJ 212 over TCP to the gateway. Nothing here writes observations.

`run(host, port, speed, …)` plays the fleet, `backfill(days, …)` sends past hours and days and returns, `main` is the
command line of `district simulate environment`.
"""

from .command_line import backfill, main, run
from .fleet import Fleet, SimulatedDevice, fleet
from .world import World

__all__ = ["Fleet", "SimulatedDevice", "World", "backfill", "fleet", "main", "run"]
