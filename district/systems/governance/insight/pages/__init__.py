"""The views of the trends, one module a group; only re-exports here."""

from .briefings import briefing, briefing_file, briefings
from .early_warnings import early_warnings, warned_cases
from .hot_spots import hot_spots
from .load_forecast import load_forecast

__all__ = [
    "briefing",
    "briefing_file",
    "briefings",
    "early_warnings",
    "hot_spots",
    "load_forecast",
    "warned_cases",
]
