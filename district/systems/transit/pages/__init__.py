"""The pages of the manifest, each from its sub-feature."""

from ..changes.pages import amend_change, change, change_act, change_stops, changes, new_change
from ..dispatch.pages import (
    assign_all,
    board,
    diagram,
    diagram_drawing,
    live_map,
    map_idle,
    map_lines,
    map_stops,
    map_vehicles,
    orders,
    run,
    trip,
)
from ..editions.pages import (
    compare_editions,
    edition,
    edition_feed,
    editions,
    gtfs_zip,
    upload,
    upload_edition,
)
from ..feeds.pages import open_data, realtime_feed, realtime_json
from ..planner.pages import plan, plan_network
from ..public.pages import departures, line, line_timetable, public_worker, stop, stop_code

__all__ = [
    "amend_change",
    "assign_all",
    "board",
    "change",
    "change_act",
    "change_stops",
    "changes",
    "compare_editions",
    "departures",
    "diagram",
    "diagram_drawing",
    "edition",
    "edition_feed",
    "editions",
    "gtfs_zip",
    "line",
    "line_timetable",
    "live_map",
    "map_idle",
    "map_lines",
    "map_stops",
    "map_vehicles",
    "new_change",
    "open_data",
    "orders",
    "plan",
    "plan_network",
    "public_worker",
    "realtime_feed",
    "realtime_json",
    "run",
    "stop",
    "stop_code",
    "trip",
    "upload",
    "upload_edition",
]
