"""The tiles this system offers to the dashboard."""

from __future__ import annotations

from .dashboard.tiles import TILES as DASHBOARD
from .exchange.tiles import TILES as EXCHANGE

TILES = (*DASHBOARD, *EXCHANGE)
