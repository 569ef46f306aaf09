"""One JSON object in, one out: the decoder behind `district decode hj212`."""

from __future__ import annotations

from typing import Any

from .check import findings
from .decode import decode
from .framing import Framer
from .message import FrameError, to_json
from .reassembly import merged
from .replies import reply_to


def decode_line(line: dict[str, Any]) -> dict[str, Any]:
    """Decodes `frame_hex` or `frame_text`; `frames_hex`/`frames_text` (packets of one message) or a `kind: stream`.

    Answers the fields of the message with `"ok": true`, or `{"ok": false, "error", "layer", "detail"}`. An encrypted
    data area is opened with `sm4_key_hex`. Never raises for what the line says.
    """
    try:
        if line.get("kind") == "stream":
            return {"ok": True, "frames": [_answer(raw, line) for raw in _stream(line)]}
        if "frames_hex" in line or "frames_text" in line:
            return _packets(line)
        return _answer(_one(line), line)
    except (ValueError, TypeError, KeyError) as error:
        return _refusal("bad_input", "input", f"这一行的 frame_hex/frame_text 不能用：{error}")


def _one(line: dict[str, Any]) -> bytes:
    if "frame_hex" in line:
        return bytes.fromhex(line["frame_hex"])
    return str(line["frame_text"]).encode("utf-8")


def _many(line: dict[str, Any]) -> list[bytes]:
    if "frames_hex" in line:
        return [bytes.fromhex(each) for each in line["frames_hex"]]
    return [str(each).encode("utf-8") for each in line["frames_text"]]


def _stream(line: dict[str, Any]) -> list[bytes]:
    chunks = _many(line) if "frames_hex" in line or "frames_text" in line else [_one(line)]
    framer = Framer()
    pieces = [piece for chunk in chunks for piece in framer.feed(chunk)]
    return [piece.raw for piece in pieces + framer.rest() if piece.raw.strip()]


def _answer(frame: bytes, line: dict[str, Any]) -> dict[str, Any]:
    key = bytes.fromhex(line["sm4_key_hex"]) if line.get("sm4_key_hex") else None
    try:
        message = decode(frame, key)
    except FrameError as error:
        return _refusal(error.code, error.layer, error.detail)
    found = findings(message)
    if found:
        more = [each.detail for each in found[1:6]]
        return _refusal(found[0].code, found[0].layer, "；".join([found[0].detail, *more]))
    answer = {"ok": True, **to_json(message)}
    reply = reply_to(message)
    if reply is not None:
        told = decode(reply)
        answer["reply"] = {
            "st": told.st, "cn": told.cn, "qn": told.qn, "mn": told.mn, "flag": told.flag,
            "cp": reply.partition(b"CP=&&")[2].rpartition(b"&&")[0].decode(), "frame_text": reply.decode(),
        }  # fmt: skip
    return answer


def _packets(line: dict[str, Any]) -> dict[str, Any]:
    answers = [_answer(frame, line) for frame in _many(line)]
    refused = next((answer for answer in answers if not answer["ok"]), None)
    if refused is not None:
        return refused
    message = merged([decode(frame) for frame in _many(line)])
    return {"ok": True, **to_json(message), "packets": answers}


def _refusal(code: str, layer: str, detail: str) -> dict[str, Any]:
    return {"ok": False, "error": code, "layer": layer, "detail": detail}
