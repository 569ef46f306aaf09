"""Journeys through a timetable by rounds of rides (RAPTOR: Delling, Pajor, Werneck, 2015), many departures in one go.

`network.build` makes the columns, `search.Searcher` searches them. Pure: no clock, no database.
"""

from .network import Footpaths, Network, Ride, build, footpaths_between, turned
from .search import Found, Searcher

__all__ = ["Footpaths", "Found", "Network", "Ride", "Searcher", "build", "footpaths_between", "turned"]
