"""One JSON object in, one out: the decoder behind `district decode gb28181`."""

from __future__ import annotations

from typing import Any

from .check import findings
from .device_id import OPAQUE_LENGTH, device_id, unknown_codes
from .digest import digest_response, fields_of, is_right
from .manscdp import ENCODING, Body, parse_body
from .mansrtsp import command_of
from .message import Finding, FrameError, SipMessage
from .parse import parse
from .ptz import decode_ptz, ptz_json
from .sdp import parse_sdp, sdp_json
from .tables import FIELDS

SHOWN = ("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce", "opaque")


def decode_line(line: dict[str, Any]) -> dict[str, Any]:
    """Decodes `frame_text` or `frame_hex` of `kind` sip (the default), id or ptz, or calculates a `kind: digest`.

    Answers the fields with `"ok": true`, or `{"ok": false, "error", "layer", "detail"}`. `password` checks the digest of
    a REGISTER. Never raises for what the line says.
    """
    try:
        return {"ok": True, **_answer(line)}
    except FrameError as error:
        return {"ok": False, "error": error.code, "layer": error.layer, "detail": error.detail}
    except Quarantined as error:
        found = error.finding
        return {"ok": False, "error": found.code, "layer": found.layer, "detail": found.detail}
    except (ValueError, TypeError, KeyError) as error:
        return {"ok": False, "error": "bad_input", "layer": "input", "detail": f"这一行不能用：{error}"}


class Quarantined(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.detail)
        self.finding = finding


def _answer(line: dict[str, Any]) -> dict[str, Any]:
    kind = line.get("kind") or _kind_of(line)
    if kind == "digest":
        names = ("username", "realm", "password", "method", "uri", "nonce")
        given: dict[str, Any] = {name: str(line[name]) for name in names}
        given |= {name: line.get(name) for name in ("qop", "nc", "cnonce")}
        return {"response": digest_response(**given, algorithm=line.get("algorithm") or "MD5")}
    if kind == "id":
        return _id(str(line["frame_text"]))
    if kind == "ptz":
        return ptz_json(decode_ptz(_ptz_bytes(line)))
    return _sip(_bytes(line), line.get("password"))


def _kind_of(line: dict[str, Any]) -> str:
    if "nonce" in line and "frame_text" not in line:
        return "digest"
    if len(str(line.get("frame_hex", ""))) == 16:
        return "ptz"
    return "id" if len(str(line.get("frame_text", "x" * 99))) < 40 else "sip"


def _ptz_bytes(line: dict[str, Any]) -> bytes:
    try:
        return bytes.fromhex(str(line["frame_hex"] if "frame_hex" in line else line["frame_text"]))
    except ValueError as error:
        raise FrameError("bad_header", f"PTZCmd 不是十六进制：{error}") from error


def _bytes(line: dict[str, Any]) -> bytes:
    """Texts stand for what was on the wire: GB 18030 unless the XML says otherwise."""
    if "frame_hex" in line:
        return bytes.fromhex(line["frame_hex"])
    text = str(line["frame_text"])
    declared = ENCODING.search(text.encode("utf-8"))
    return text.encode("utf-8" if declared and declared[1].lower() == b"utf-8" else "gb18030")


def _id(text: str) -> dict[str, Any]:
    if len(text) == OPAQUE_LENGTH and text.isascii() and text.isdigit():
        return {"id": text, "is_opaque": True}
    id = device_id(text)
    unknown = unknown_codes(id)
    if unknown:
        raise Quarantined(Finding("unknown_code", "；".join(unknown), value=text))
    return {
        "centre": id.centre, "province": id.centre[:2], "city": id.centre[2:4], "district": id.centre[4:6],
        "base_unit": id.centre[6:], "industry": id.industry, "type": id.type, "network": id.network,
        "serial": id.serial, "type_name": id.type_name,
    }  # fmt: skip


def _sip(raw: bytes, password: str | None) -> dict[str, Any]:
    message = parse(raw)
    told = _head(message)
    body = None
    if message.body or message.content_type:
        told["content_type"] = message.content_type
        body = _body(message, told)
    found = findings(message, body)
    if found:
        raise Quarantined(min(found, key=lambda each: each.layer != "frame"))
    told |= _digest(message, password)
    return told


def _head(message: SipMessage) -> dict[str, Any]:
    told: dict[str, Any] = (
        {"method": message.method, "request_uri": message.uri}
        if message.is_request else {"status": message.status, "reason": message.reason}
    )  # fmt: skip
    told |= {"from_id": message.from_id, "to_id": message.to_id, "call_id": message.call_id, "cseq": message.cseq,
             "cseq_method": message.cseq_method, "content_length": len(message.body)}  # fmt: skip
    if message.expires_s is not None:
        told["expires"] = message.expires_s
    for key, name in (("event", "Event"), ("subject", "Subject"), ("contact", "Contact"), ("user_agent", "User-Agent"),
                      ("date", "Date"), ("gb_version", "X-GB-Ver")):  # fmt: skip
        value = message.header(name)
        if value is not None:
            told[key] = value
    return told


def _body(message: SipMessage, told: dict[str, Any]) -> Body | None:
    if message.content_type == "application/manscdp+xml":
        body = parse_body(message.body)
        told["xml"] = _facts(body)
        told["body"] = body.tree
        return body
    if message.content_type == "application/sdp":
        told["sdp"] = sdp_json(parse_sdp(message.body))
    elif message.content_type == "application/mansrtsp":
        told["mansrtsp"] = command_of(message.body)
    elif message.is_request and message.method in ("MESSAGE", "NOTIFY"):
        raise FrameError(
            "bad_content_type",
            f"Content-Type={message.content_type or '（无）'}：应为 Application/MANSCDP+xml",
        )
    return None


def _facts(body: Body) -> dict[str, Any]:
    """What the sender says, flat; conditions of a query and nested parts stand in `body` alone."""
    facts: dict[str, Any] = {"root": body.root}
    facts |= {name: value for name, value in body.tree.items() if isinstance(value, str) and name in FIELDS}
    if body.declared_items is not None or body.items:
        facts["items"] = [dict(item) for item in body.items]
    return facts


def _digest(message: SipMessage, password: str | None) -> dict[str, Any]:
    asked, given = message.header("WWW-Authenticate"), message.header("Authorization")
    told: dict[str, Any] = {}
    if asked:
        told["challenge"] = fields_of(asked, "WWW-Authenticate")
    if given:
        fields = fields_of(given)
        told["authorization"] = {name: fields[name] for name in SHOWN if name in fields}
        told["digest_algorithm"] = fields.get("algorithm", "MD5")
        if password is not None:
            if not is_right(fields, password, message.method):
                raise Quarantined(
                    Finding(
                        "digest_mismatch", "Digest 应答与密码不符", "response", fields.get("response", "")
                    )
                )
            told["digest_ok"] = True
    return told
