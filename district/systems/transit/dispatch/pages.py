"""The pages of dispatching."""

from .board import assign_all, board, run, trip
from .diagram import diagram, diagram_drawing
from .live_map import live_map, map_idle, map_lines, map_stops, map_vehicles
from .orders import orders
from .vehicle_alarms import answer_alarm, vehicle_alarms

__all__ = [
    "answer_alarm",
    "assign_all",
    "board",
    "diagram",
    "diagram_drawing",
    "live_map",
    "map_idle",
    "map_lines",
    "map_stops",
    "map_vehicles",
    "orders",
    "run",
    "trip",
    "vehicle_alarms",
]
