"""Who is registered just now. Lives in the event loop; nothing of it survives a restart, devices register again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from district.edges.gateway.directory import Known
from district.edges.gateway.gb28181.peers import Peer
from district.protocols.gb28181 import Channel, device_id


@dataclass(slots=True)
class Registration:
    """A device that is let in. Instants ending in `_s` are of the monotonic clock.

    `channels` is its catalogue, None until one has come whole or in part.
    """

    known: Known
    peer: Peer
    expires_at_s: float
    heard_at_s: float
    registered_at: datetime
    version: str = ""
    channels: dict[str, Channel] | None = None
    faulty: frozenset[str] = frozenset()
    catalogue_at_s: float = 0.0
    """When to ask for the catalogue next."""
    probe_at_s: dict[str, float] = field(default_factory=dict)
    is_asking: bool = False
    probing: int = 0
    """Pictures being asked for just now."""
    _cameras_of: tuple[dict[str, Channel] | None, list[str]] = (None, [])

    def silent_after_s(self, missed: int) -> float:
        return missed * max(1, self.known.interval_s)

    def cameras(self) -> list[str]:
        """Channels a picture can be asked of: those of the catalogue, or the camera itself while there is none."""
        if self.channels is not None and self._cameras_of[0] is self.channels:
            return self._cameras_of[1]
        found = [channel.id for channel in (self.channels or {}).values() if channel.is_camera]
        if not found and len(self.known.code) == 20 and device_id(self.known.code).is_camera:
            found = [self.known.code]
        if self.channels is not None:
            self._cameras_of = (self.channels, found)
        return found

    @property
    def probes_at_once(self) -> int:
        """How many pictures it is asked for at a time: one, unless its attribute says that it bears more."""
        given = self.known.attributes.get("probes_at_once")
        return min(16, max(1, given)) if isinstance(given, int) else 1

    def owns(self, id: str) -> bool:
        """Whether the device may speak of this id: itself, a channel of it, or anything while its list is unknown."""
        return id == self.known.code or self.channels is None or id in self.channels
