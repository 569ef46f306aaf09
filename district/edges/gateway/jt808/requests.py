"""What people may ask of a terminal: command → message, its body from the parameters, and the reply that ends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from district.kernel.clock import CHINA
from district.protocols.jt808 import encode
from district.protocols.jt1078 import encode as jt1078

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """`answer`: message id of the special reply in hexadecimal; empty when the general reply ends it."""

    message_id: int
    body: Callable[[int, Parameters], bytes]
    answer: str = ""


def _nothing(version: int, given: Parameters) -> bytes:
    return b""


def _set_parameters(version: int, given: Parameters) -> bytes:
    """`items`: parameter id in hexadecimal → bytes in hexadecimal."""
    items = [(int(str(name), 16), bytes.fromhex(value)) for name, value in given["items"].items()]
    return encode.parameters(items)


def _asked(version: int, given: Parameters) -> bytes:
    return encode.asked_parameters([int(str(name), 16) for name in given["ids"]])


def _text(version: int, given: Parameters) -> bytes:
    flag = 0b1 * bool(given.get("is_urgent")) | 0b100 | 0b1000 * bool(given.get("is_spoken", True))
    return encode.message_text(
        version, str(given["text"]), flag=flag, text_type=int(given.get("text_type", 1))
    )


def _tracking(version: int, given: Parameters) -> bytes:
    return encode.tracking(int(given["interval_s"]), int(given.get("valid_s", 0)))


def _confirmed(version: int, given: Parameters) -> bytes:
    return encode.confirmed_alarm(int(given.get("serial", 0)), int(given["bits"]))


def _control(version: int, given: Parameters) -> bytes:
    return encode.control(int(given["word"]), str(given.get("words", "")))


def _shot(version: int, given: Parameters) -> bytes:
    return encode.shot(int(given.get("channel", 1)), int(given.get("count", 1)))


def _live(version: int, given: Parameters) -> bytes:
    host, port = str(given.get("host") or given["our_host"]), int(given.get("tcp_port") or given["our_port"])
    return jt1078.live(host, port, int(given.get("udp_port", 0)), int(given["channel"]), int(given.get("kind", 0)),
                       int(given.get("stream", 1)))  # fmt: skip


def _end_live(version: int, given: Parameters) -> bytes:
    return jt1078.control(int(given["channel"]), 0)


def _recordings(version: int, given: Parameters) -> bytes:
    begin, end = (datetime.fromisoformat(given[name]).astimezone(CHINA) for name in ("begin_at", "end_at"))
    return jt1078.query(int(given.get("channel", 0)), begin, end)


REQUESTS: dict[str, Request] = {
    "set_parameters": Request(0x8103, _set_parameters),
    "fetch_parameters": Request(0x8104, _nothing, "0104"),
    "fetch_named_parameters": Request(0x8106, _asked, "0104"),
    "control": Request(0x8105, _control),
    "fetch_attributes": Request(0x8107, _nothing, "0107"),
    "locate": Request(0x8201, _nothing, "0201"),
    "track": Request(0x8202, _tracking),
    "confirm_alarm": Request(0x8203, _confirmed),
    "detect_link": Request(0x8204, _nothing),
    "send_text": Request(0x8300, _text),
    "ask_driver": Request(0x8702, _nothing),
    "take_picture": Request(0x8801, _shot, "0805"),
    "start_video": Request(jt1078.LIVE, _live),
    "stop_video": Request(jt1078.CONTROL, _end_live),
    "fetch_video_attributes": Request(jt1078.ATTRIBUTES, _nothing, "1003"),
    "fetch_recordings": Request(jt1078.QUERY, _recordings, "1205"),
}
"""`ask(device, command, parameters)`: set_parameters {"items": {"0001": "0000001e"}}; fetch_named_parameters {"ids": ["0001"]};
control {"word", "words"}; track {"interval_s", "valid_s"}; confirm_alarm {"bits", "serial"}; send_text {"text", "is_urgent",
"is_spoken"}; take_picture {"channel", "count"}; start_video {"channel", "stream", "kind", "host", "tcp_port", "udp_port"},
without a host to the gateway's own probe; stop_video {"channel"}; fetch_recordings {"channel", "begin_at", "end_at"}."""
