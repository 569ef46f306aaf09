"""The simulated cameras: what they are, and what the register should say of them. Read from `fleet.json`.

Their passwords are made once for each installation, so that a known file opens no door.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from district.kernel import home
from district.protocols.gb28181 import Channel
from district.systems.governance.video.coverage import METRES_PER_DEGREE
from district.systems.governance.video.simulator.user_agent import Model

SOURCE = Path(__file__).with_name("fleet.json")
SECRET = "simulated_cameras"  # noqa: S105 - the name of a file


@dataclass(frozen=True)
class Fleet:
    """`devices` register themselves and hold `channels`; `points` are the key points; `strangers` should stay outside."""

    devices: tuple[dict[str, Any], ...]
    points: tuple[dict[str, Any], ...]
    strangers: tuple[dict[str, Any], ...]


@cache
def fleet() -> Fleet:
    known = json.loads(SOURCE.read_text("utf-8"))
    return Fleet(tuple(known["devices"]), tuple(known["points"]), tuple(known["strangers"]))


def password_of(code: str) -> str:
    """Of a simulated device: the same for the register and the simulator of one installation."""
    return hmac.new(_secret().encode(), code.encode(), "sha256").hexdigest()[:20]


def _secret() -> str:
    folder = home.home() / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / SECRET
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        made = secrets.token_hex(24)
        file.write(made)
    return made


def model_of(device: dict[str, Any]) -> Model:
    """How the device plays, and what it tells of its channels, which is not always what the register says."""
    channels = device["channels"]
    own = device["kind"] == "video_camera"
    model = Model(device["code"], password_of(device["code"]), interval_s=device["interval_s"])
    model.channels = (
        [] if own else [_told(device, each) for each in channels if each.get("behaviour") != "untold"]
    )
    for name in ("blind", "deaf", "wrong_ssrc", "faulty"):
        getattr(model, name).update(each["code"] for each in channels if each.get("behaviour") == name)
    return model


def _told(device: dict[str, Any], channel: dict[str, Any]) -> Channel:
    lat = channel["lat"] + channel.get("told_offset_m", 0) / METRES_PER_DEGREE
    return Channel(
        channel["code"], channel.get("told_name") or channel["name"], "SIMULATED", "SIM-1", "周村区", device["division_code"],
        channel.get("address", ""), device["code"], False, True, channel["lon"], round(lat, 6),
        "1" if channel.get("mount") == "dome" else "3",
    )  # fmt: skip


def is_registered(channel: dict[str, Any]) -> bool:
    """Whether the register knows it; some channels are only in a device's own list."""
    return channel.get("behaviour") != "unregistered"
