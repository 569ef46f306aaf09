"""The tiles this system offers to the dashboard."""

from __future__ import annotations

from .dashboard.tiles import TILES as _DASHBOARD

TILES = _DASHBOARD
