"""Frame → message: which body belongs to which message id (clause 7, table of messages)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import bodies
from .envelope import opened
from .message import Header, Message
from .position import answered_position, batch, position

Body = Callable[[Header, bytes], dict[str, Any]]

READERS: dict[int, Body] = {
    0x0001: bodies.general_reply, 0x0002: bodies.nothing, 0x0003: bodies.nothing, 0x0004: bodies.nothing,
    0x0005: bodies.missing_parts, 0x0100: bodies.registration, 0x0102: bodies.authentication,
    0x0104: bodies.parameters_reply, 0x0107: bodies.attributes,
    0x0200: lambda _header, body: position(body), 0x0201: lambda _header, body: answered_position(body),
    0x0702: bodies.driver, 0x0704: lambda _header, body: batch(body), 0x0705: bodies.can_data,
    0x0800: bodies.media_event, 0x0900: bodies.transparent,
    0x8001: bodies.general_reply, 0x8003: bodies.missing_parts, 0x8004: bodies.server_time,
    0x8100: bodies.registration_reply, 0x8103: bodies.parameters, 0x8104: bodies.nothing, 0x8105: bodies.control,
    0x8106: bodies.asked_parameters, 0x8107: bodies.nothing, 0x8201: bodies.nothing, 0x8202: bodies.tracking,
    0x8203: bodies.confirmed_alarm, 0x8204: bodies.nothing, 0x8300: bodies.message_text,
    0x8702: bodies.nothing, 0x8801: bodies.shot, 0x8900: bodies.transparent,
}  # fmt: skip
"""What is not named here, comes in parts or is encrypted stays bytes."""


def decode(frame: bytes) -> Message:
    """Reads one frame with both flags. Raises FrameError."""
    header, raw = opened(frame)
    if header.is_part or header.encryption:
        return Message(header, raw)
    return of_body(header, raw)


def of_body(header: Header, raw: bytes) -> Message:
    """The message of a whole body, of one frame or put together from parts. Raises FrameError."""
    reader = READERS.get(header.message_id)
    return Message(header, raw, reader(header, raw) if reader else None)
