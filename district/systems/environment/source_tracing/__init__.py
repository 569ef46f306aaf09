"""Where high values at a station came from: the air's way back, and the outlets that lay on it.

`trace(...)` → `Trace`: ranked suspects with the numbers behind each rank, the way and its cone for the map.
"""

from .tracing import BadTrace, Emitter, Suspect, Trace, trace
from .trajectory import Trajectory, WindRecord, back_trajectory, cone

__all__ = [
    "BadTrace", "Emitter", "Suspect", "Trace", "Trajectory", "WindRecord", "back_trajectory", "cone", "trace",
]
