"""A device's own list against the register: every difference by its name, with what stands where. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .coverage import offset_m

MOVED_M = 50.0
"""Positions in catalogues are coarse; nearer than this counts as the same place."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A camera as one side knows it; `device_code` is what it is registered under (register side)."""

    code: str
    name: str
    lon: float | None = None
    lat: float | None = None
    device_code: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` is one of DifferenceKind's values."""

    kind: str
    channel_code: str
    channel_name: str
    detail: str


def differences(
    device_code: str, heard: Iterable[Listed], register: Mapping[str, Listed], received: int, total: int | None, trouble: str
) -> list[Difference]:  # fmt: skip
    """`register` holds every registered camera by code. A list that is not whole proves nothing to be missing.

    A camera that registers itself need not list itself.
    """
    told = {each.code: each for each in heard}
    found = [
        difference
        for each in told.values()
        for difference in _of_one(device_code, each, register.get(each.code))
    ]
    if trouble:
        detail = f"应有 {total if total is not None else '未知'} 项，收到 {received} 项（{trouble}）"
        return [*found, Difference("incomplete", "", "", detail)]
    missing = (
        each
        for each in register.values()
        if each.device_code == device_code and each.code not in told and each.code != device_code
    )
    return [
        *found,
        *(
            Difference("missing", each.code, each.name, f"台账名称 {each.name}，设备目录中没有")
            for each in missing
        ),
    ]


def _of_one(device_code: str, heard: Listed, known: Listed | None) -> list[Difference]:
    if known is None:
        return [
            Difference(
                "unregistered", heard.code, heard.name, f"设备目录名称 {heard.name or '（空）'}，台账中没有"
            )
        ]
    found = []
    if known.device_code and known.device_code != device_code:
        detail = f"台账登记在 {known.device_code} 下，{device_code} 也报送了它"
        found.append(Difference("elsewhere", heard.code, heard.name, detail))
    if heard.name and heard.name != known.name:
        detail = f"台账名称 {known.name}，设备目录名称 {heard.name}"
        found.append(Difference("renamed", heard.code, heard.name, detail))
    apart = _apart_m(heard, known)
    if apart is not None and apart > MOVED_M:
        found.append(Difference("moved", heard.code, heard.name, f"两处位置相距 {apart:.0f} 米"))
    return found


def _apart_m(one: Listed, other: Listed) -> float | None:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return None
    east, north = offset_m(one.lon, one.lat, other.lon, other.lat)
    return (east * east + north * north) ** 0.5
