"""A device's list of channels, which comes in several messages. GB/T 28181-2016 9.5 and Annex A.2.6."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .device_id import device_id, is_id
from .manscdp import Body, Tree
from .tables import TYPES


@dataclass(frozen=True, slots=True)
class Channel:
    """An item. Positions are degrees or None; `is_on` None when the device does not say; `kind` 1 dome … 4 remote."""

    id: str
    name: str = ""
    manufacturer: str = ""
    model: str = ""
    owner: str = ""
    division: str = ""
    address: str = ""
    parent: str = ""
    is_parent: bool = False
    is_on: bool | None = None
    lon: float | None = None
    lat: float | None = None
    kind: str = ""

    @property
    def is_camera(self) -> bool:
        """Whether a picture can be asked of it: cameras, and what has a vendor's type but is no division or group."""
        if len(self.id) != 20:
            return is_id(self.id)
        type = device_id(self.id).type
        return type in ("131", "132") or (type not in TYPES and not self.is_parent)


def channel_of(item: Tree) -> Channel | None:
    """An `Item` in the words of the house; None for one without an id."""
    id = _text(item, "DeviceID")
    if not id:
        return None
    info = item.get("Info")
    status = _text(item, "Status").upper()
    return Channel(
        id, _text(item, "Name"), _text(item, "Manufacturer"), _text(item, "Model"), _text(item, "Owner"),
        _text(item, "CivilCode"), _text(item, "Address"), _text(item, "ParentID"), _text(item, "Parental") == "1",
        True if status in ("ON", "OK", "ONLINE") else False if status else None,
        _degrees(_text(item, "Longitude"), 180), _degrees(_text(item, "Latitude"), 90),
        _text(info, "PTZType") if isinstance(info, dict) else _text(item, "PTZType"),
    )  # fmt: skip


def _text(tree: Tree, name: str) -> str:
    value = tree.get(name, "")
    return value if isinstance(value, str) else ""


def _degrees(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 < abs(value) <= most else None


@dataclass(slots=True)
class Collector:
    """The parts of one answer, by the serial number of the question. The same item twice counts once."""

    serial: str
    total: int | None = None
    items: dict[str, Tree] = field(default_factory=dict)
    received: int = 0

    def add(self, body: Body) -> bool:
        """Whether all have come."""
        self.total = body.total
        for number, item in enumerate(body.items):
            key = _text(item, "DeviceID") + _text(item, "StartTime") or f"#{self.received}.{number}"
            self.items[key] = item
        self.received += len(body.items)
        return self.is_whole

    @property
    def is_whole(self) -> bool:
        return self.total is not None and max(len(self.items), self.received) >= self.total

    def channels(self) -> list[Channel]:
        return [channel for channel in map(channel_of, self.items.values()) if channel is not None]


def catalogue_items(channels: Iterable[Channel]) -> list[dict[str, object]]:
    """Channels as `Item`s, for whoever answers a catalogue query."""
    return [
        {
            "DeviceID": each.id, "Name": each.name, "Manufacturer": each.manufacturer, "Model": each.model,
            "Owner": each.owner, "CivilCode": each.division, "Address": each.address,
            "Parental": int(each.is_parent), "ParentID": each.parent, "SafetyWay": 0, "RegisterWay": 1, "Secrecy": 0,
            "Status": None if each.is_on is None else "ON" if each.is_on else "OFF",
            "Longitude": each.lon, "Latitude": each.lat, "Info": {"PTZType": each.kind} if each.kind else None,
        }
        for each in channels
    ]  # fmt: skip
