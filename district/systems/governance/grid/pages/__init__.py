"""The views of the grid, one module a group; only re-exports here."""

from .cells import assign_cell, cell, cell_features, draw, end, grid, merge, redraw, release_cell, split
from .my_patrol import my_patrol, patrol_end, patrol_gpx, patrol_points, patrol_start
from .patrols import patrol, patrol_track, patrols
from .protection import inspect, key_place, protection, protection_features
from .rosters import cancel_roster, rosters

__all__ = [
    "assign_cell",
    "cancel_roster",
    "cell",
    "cell_features",
    "draw",
    "end",
    "grid",
    "inspect",
    "key_place",
    "merge",
    "my_patrol",
    "patrol",
    "patrol_end",
    "patrol_gpx",
    "patrol_points",
    "patrol_start",
    "patrol_track",
    "patrols",
    "protection",
    "protection_features",
    "redraw",
    "release_cell",
    "rosters",
    "split",
]
