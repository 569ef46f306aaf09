"""One JSON object in, one out: the decoder behind `district decode jt808`."""

from __future__ import annotations

from typing import Any

from .check import findings
from .decode import decode, of_body
from .framing import Framer
from .message import V2019, FrameError, Header, Message
from .reassembly import joined

IN_FULL = frozenset({0x0001, 0x0002, 0x0003, 0x0100, 0x0102, 0x0104, 0x0107, 0x0200, 0x0201, 0x0704, 0x0800, 0x8001, 0x8003,
                     0x8100, 0x8103, 0x8105, 0x8202, 0x8300, 0x8801})  # fmt: skip
"""Messages whose values say all of the body; of the others the bytes are shown too."""


def decode_line(line: dict[str, Any]) -> dict[str, Any]:
    """Decodes `frame_hex`; `frames_hex` (parts of one message); or a `kind: stream`.

    Answers the fields of the message with `"ok": true`, or `{"ok": false, "error", "layer", "detail"}`. Never raises
    for what the line says.
    """
    try:
        if line.get("kind") == "stream":
            chunks = line["frames_hex"] if "frames_hex" in line else [line["frame_hex"]]
            return {"ok": True, "stream": [_answer(raw) for raw in _stream(chunks)]}
        if "frames_hex" in line:
            return _parts([bytes.fromhex(each) for each in line["frames_hex"]])
        return _answer(bytes.fromhex(line["frame_hex"]))
    except (ValueError, TypeError, KeyError) as error:
        return _refusal("bad_input", "input", f"这一行的 frame_hex 不能用：{error}")


def _stream(chunks: list[str]) -> list[bytes]:
    framer = Framer()
    pieces = [piece for chunk in chunks for piece in framer.feed(bytes.fromhex(chunk))]
    return pieces + framer.rest()


def _answer(frame: bytes) -> dict[str, Any]:
    try:
        message = decode(frame)
    except FrameError as error:
        return _refusal(error.code, error.layer, error.detail)
    return _told(message)


def _parts(frames: list[bytes]) -> dict[str, Any]:
    answers = [_answer(frame) for frame in frames]
    refused = next((answer for answer in answers if not answer["ok"]), None)
    if refused is not None:
        return refused
    try:
        header, body = joined([decode(frame) for frame in frames])
        return _told(of_body(header, body)) | {"packets": answers}
    except FrameError as error:
        return _refusal(error.code, error.layer, error.detail)


def _told(message: Message) -> dict[str, Any]:
    found = findings(message)
    if found:
        return _refusal(found[0].code, found[0].layer, "；".join(each.detail for each in found[:6]))
    answer = {"ok": True, **_head(message.header)}
    if message.body is not None:
        answer["body"] = message.body
    if message.body is None or message.header.message_id not in IN_FULL:
        answer["body_hex"] = message.raw_body.hex()
    return answer


def _head(header: Header) -> dict[str, Any]:
    told: dict[str, Any] = {"msg_id": f"0x{header.message_id:04X}", "version": header.version}
    if header.version == V2019:
        told["protocol_version"] = header.protocol_version
    told |= {"phone": header.phone, "serial": header.serial, "encryption": header.encryption}
    if header.is_part:
        told["subpackage"] = {"total": header.total, "index": header.index}
    return told | {"body_length": header.body_length}


def _refusal(code: str, layer: str, detail: str) -> dict[str, Any]:
    return {"ok": False, "error": code, "layer": layer, "detail": detail}
