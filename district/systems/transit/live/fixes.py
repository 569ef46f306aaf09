"""A position of a bus as the live process takes it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel.devices import position_marks as marks

AHEAD_OF_US_S = 90.0
"""A position that claims to be later than its receipt by more has a wrong clock, whatever its mark says."""
NOWHERE = marks.NO_FIX | marks.SHIFTED | marks.IMPLAUSIBLE


@dataclass(frozen=True, slots=True)
class Fix:
    """Instants are Unix seconds. `trip_id`, `route_id`, `start_time`: where the feed itself tells them. `occupancy`: per cent."""

    number: int
    bus_id: int
    at: float
    received_at: float
    lat: float
    lon: float
    speed_kmh: float = 0.0
    bearing: float = 0.0
    mark: int = 0
    trip_id: str = ""
    start_time: str = ""
    route_id: str = ""
    occupancy: int | None = None

    @property
    def has_bad_clock(self) -> bool:
        return bool(self.mark & marks.BAD_CLOCK) or self.at > self.received_at + AHEAD_OF_US_S

    @property
    def when(self) -> float:
        """The instant it is believed to be of: its receipt when its clock cannot be believed."""
        return self.received_at if self.has_bad_clock else self.at

    @property
    def is_nowhere(self) -> bool:
        """No place to go by."""
        return bool(self.mark & NOWHERE) or (self.lat == 0 and self.lon == 0)
