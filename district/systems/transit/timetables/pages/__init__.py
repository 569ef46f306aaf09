"""时刻编制: drafts, and in each its lines, stops, days and times."""

from .days import service, services
from .drafts import (
    draft,
    draft_act,
    draft_feed,
    draft_settings,
    edit_edition,
    new_draft,
    timetables,
)
from .lines import draft_line, draft_pattern, new_draft_line, new_draft_pattern
from .places import draft_stop, draft_stops, draft_stops_geojson
from .times import pattern_times, profile

__all__ = [
    "draft",
    "draft_act",
    "draft_feed",
    "draft_line",
    "draft_pattern",
    "draft_settings",
    "draft_stop",
    "draft_stops",
    "draft_stops_geojson",
    "edit_edition",
    "new_draft",
    "new_draft_line",
    "new_draft_pattern",
    "pattern_times",
    "profile",
    "service",
    "services",
    "timetables",
]
