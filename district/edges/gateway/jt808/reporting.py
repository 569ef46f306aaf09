"""What terminals tell that is no position, as reports: in the words of the house, of persons only what is needed."""

from __future__ import annotations

import hashlib
import struct
from datetime import datetime
from typing import Any

from district.kernel.clock import CHINA
from district.protocols import jt1078
from district.protocols.jt808 import FrameError, Message

KINDS = {
    0x0104: "parameters", 0x0107: "attributes", 0x0108: "upgrade_result", 0x0301: "event", 0x0302: "answer",
    0x0303: "information", 0x0500: "control_result", 0x0608: "areas", 0x0700: "recorder", 0x0701: "waybill", 0x0702: "driver",
    0x0705: "can", 0x0800: "media_event", 0x0801: "media", 0x0802: "media_list", 0x0805: "shots", 0x0900: "transparent",
    0x0901: "compressed", 0x1003: "video_attributes", 0x1005: "passengers", 0x1205: "recordings", 0x1206: "upload_result",
}  # fmt: skip
"""Message → kind of the report."""
MOST_HEX = 4096


def payload_of(message: Message, received_at: datetime) -> tuple[str, datetime, dict[str, Any]]:
    """(kind, when it happened, what is told)."""
    kind = KINDS[message.header.message_id]
    body = dict(body_of(message) or {"hex": message.raw_body[:MOST_HEX].hex(), "bytes": len(message.raw_body)})
    at = received_at
    if kind == "driver":
        at = _moment(str(body.get("time", "")), received_at)
        body = driver(body)
    return kind, at, body


def body_of(message: Message) -> dict[str, Any] | None:
    """Its values, those of JT/T 1078 too; None where it stays bytes."""
    if message.body is not None or message.header.message_id not in jt1078.IDS:
        return message.body
    try:
        return jt1078.read(message.header.message_id, message.raw_body)
    except FrameError:
        return None


BASIC, FIX, SOUTH, WEST = 28, 2, 4, 8
MEDIA_HEAD = 36
"""Id, type, format, event, channel, and the position where it was taken."""


def media(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """What is told of a picture, sound or film (0x0801), and its content, which is kept by its digest."""
    content, place = raw[MEDIA_HEAD:], _place(raw[8:MEDIA_HEAD])
    names = ("media_type", "format", "event", "channel")
    told: dict[str, Any] = {"media_id": int.from_bytes(raw[:4], "big"), **dict(zip(names, raw[4:8], strict=False))}
    return told | place | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}, content


def _place(raw: bytes) -> dict[str, Any]:
    """Time and, with a fix, degrees of the position (table 23) it was taken at; nothing of one that is cut short."""
    if len(raw) < BASIC:
        return {}
    _alarm, status, lat, lon = struct.unpack_from(">IIII", raw)
    digits = raw[22:28].hex()
    told: dict[str, Any] = {"time": "20{}{}-{}{}-{}{}T{}{}:{}{}:{}{}".format(*digits)}
    if status & FIX and lat <= 90_000_000 and lon <= 180_000_000:
        told |= {"lat": lat / 1e6 * (-1 if status & SOUTH else 1), "lon": lon / 1e6 * (-1 if status & WEST else 1)}
    return told


def driver(body: dict[str, Any]) -> dict[str, Any]:
    """A card put in or taken out; name and number masked: whoever must know the person has the roster."""
    told: dict[str, Any] = {
        name: body[name] for name in ("state", "card_result", "issuer", "valid_until") if name in body
    }
    if body.get("name"):
        told["name"] = body["name"][0] + "*" * (len(body["name"]) - 1)
    if body.get("licence"):
        told["licence"] = "*" * max(0, len(body["licence"]) - 4) + body["licence"][-4:]
    return told


def _moment(text: str, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)
    except ValueError:
        return otherwise
