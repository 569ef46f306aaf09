"""The 20 digits of a device, channel, platform or user. GB/T 28181-2016 Annex D (rule A)."""

from __future__ import annotations

from dataclasses import dataclass

from .message import FrameError
from .tables import INDUSTRIES, NETWORKS, TYPES

CAMERA_TYPES = frozenset(("131", "132"))
OPAQUE_LENGTH = 18
"""Rule B and older numbers: still met, their parts are not known for certain, so they are taken as they are."""


@dataclass(frozen=True, slots=True)
class DeviceId:
    """The parts of an id. `type_name` is empty when the table does not know the type."""

    text: str
    centre: str
    industry: str
    type: str
    network: str
    serial: str

    @property
    def division(self) -> str:
        """Province, city, district: six digits of GB/T 2260."""
        return self.centre[:6]

    @property
    def type_name(self) -> str:
        return type_name(self.type)

    @property
    def is_camera(self) -> bool:
        return self.type in CAMERA_TYPES


def device_id(text: str) -> DeviceId:
    """Takes an id apart. FrameError `bad_id` unless it is 20 digits."""
    if len(text) != 20 or not (text.isascii() and text.isdigit()):
        raise FrameError("bad_id", f"编码 {text[:40]}：应为 20 位数字")
    return DeviceId(text, text[:8], text[8:10], text[10:13], text[13], text[14:])


def is_id(text: str) -> bool:
    """Whether it can name something that registers or sends: 20 digits, or 18 of the older rule."""
    return len(text) in (20, OPAQUE_LENGTH) and text.isascii() and text.isdigit()


def type_name(code: str) -> str:
    """The English word of the type table, empty when the type is not assigned."""
    row = TYPES.get(code)
    if row is not None:
        return row["name"]
    if "300" <= code <= "343":
        return "centre_user"
    return "terminal_user" if "400" <= code <= "443" else ""


def unknown_codes(id: DeviceId) -> list[str]:
    """What in an id the standard does not assign, in words; empty when all is well."""
    found = []
    if not id.type_name:
        found.append(f"类型编码 {id.type}（第 11–13 位）未分配")
    if id.industry not in INDUSTRIES:
        found.append(f"行业编码 {id.industry}（第 9–10 位）未分配")
    if id.network not in NETWORKS:
        found.append(f"网络标识 {id.network}（第 14 位）未分配")
    return found
