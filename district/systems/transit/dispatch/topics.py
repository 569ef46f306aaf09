"""What the pages of dispatching listen to."""

from __future__ import annotations

FORECASTS = "transit.forecasts"
"""Told by the live process when runs and forecasts have changed."""
