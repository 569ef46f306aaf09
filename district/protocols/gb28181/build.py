"""`SipMessage` → bytes, and the answers to requests. RFC 3261 sections 8.1.1 and 8.2.6, RFC 3581 (rport)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .message import SipMessage

REASONS = {
    100: "Trying", 180: "Ringing", 200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 415: "Unsupported Media Type", 423: "Interval Too Brief",
    429: "Too Many Requests", 481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated",
    488: "Not Acceptable Here", 500: "Server Internal Error", 503: "Service Unavailable", 603: "Decline",
}  # fmt: skip
ECHOED = ("Via", "From", "To", "Call-ID", "CSeq")
MANSCDP = "Application/MANSCDP+xml"
SDP = "application/sdp"
AGENT = "District"


def to_bytes(message: SipMessage) -> bytes:
    """The message as sent; Content-Length is always the true one."""
    start = f"{message.method} {message.uri} SIP/2.0" if message.is_request else (
        f"SIP/2.0 {message.status} {message.reason or REASONS.get(message.status, 'Unknown')}"
    )  # fmt: skip
    lines = [start, *(f"{name}: {value}" for name, value in message.headers if name != "Content-Length")]
    lines.append(f"Content-Length: {len(message.body)}")
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + message.body


def request(
    method: str, uri: str, *, via: str, sender: str, receiver: str, call_id: str, cseq: int,
    more: Iterable[tuple[str, str]] = (), body: bytes = b"", content_type: str = "",
) -> SipMessage:  # fmt: skip
    """A request. `via` is the whole value of Via, `sender` and `receiver` the whole values of From and To."""
    headers = [
        ("Via", via), ("From", sender), ("To", receiver), ("Call-ID", call_id), ("CSeq", f"{cseq} {method}"),
        ("Max-Forwards", "70"), ("User-Agent", AGENT), *more,
    ]  # fmt: skip
    if body:
        headers.append(("Content-Type", content_type))
    return SipMessage(tuple(headers), body, method, uri)


def response(
    asked: SipMessage, status: int, *, source: tuple[str, int], to_tag: str = "", more: Iterable[tuple[str, str]] = (),
    body: bytes = b"", content_type: str = "",
) -> SipMessage:  # fmt: skip
    """The answer to `asked`. Via gets the packet's real address, so that it finds its way back through a NAT."""
    headers: list[tuple[str, str]] = []
    for name, value in asked.headers:
        if name not in ECHOED:
            continue
        if name == "Via" and not any(key == "Via" for key, _ in headers):
            value = via_with_source(value, *source)
        elif name == "To" and to_tag and status != 100 and "tag=" not in value:
            value = f"{value};tag={to_tag}"
        headers.append((name, value))
    headers += [("User-Agent", AGENT), *more]
    if body:
        headers.append(("Content-Type", content_type))
    return SipMessage(tuple(headers), body, status=status, reason=REASONS.get(status, ""))


def via_with_source(via: str, host: str, port: int) -> str:
    """RFC 3581 section 4: `rport` gets its value, `received` is added when the address says otherwise."""
    answered, count = re.subn(r";\s*rport(?:=\d*)?(?=;|,|\s|$)", f";rport={port}", via, count=1)
    told = re.search(r"SIP/2\.0/\w+\s+\[?([^\s;\]:]+|[0-9a-fA-F:]+)\]?", via)
    if (count or not told or told[1] != host) and "received=" not in answered:
        answered += f";received={host}"
    return answered
