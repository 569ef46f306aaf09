"""Bytes → `SipMessage`. RFC 3261 sections 7 and 18.3; what cannot be read is refused with its reason.

Codes: truncated, bad_start_line, bad_header, missing_header, bad_cseq, bad_length, too_long.
"""

from __future__ import annotations

import re

from .message import FrameError, SipMessage

LONGEST_HEAD = 16 * 1024
LONGEST_BODY = 512 * 1024
MOST_HEADERS = 100

METHODS = frozenset(
    (
        "REGISTER",
        "MESSAGE",
        "INVITE",
        "ACK",
        "BYE",
        "CANCEL",
        "INFO",
        "SUBSCRIBE",
        "NOTIFY",
        "OPTIONS",
        "UPDATE",
        "PRACK",
    )
)
REQUEST_LINE = re.compile(r"([A-Z]+) (\S+) SIP/2\.0")
STATUS_LINE = re.compile(r"SIP/2\.0 ([1-6]\d\d)(?: (.*))?")
CSEQ = re.compile(r"(\d{1,10})\s+([A-Z]+)")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")

COMPACT = {
    "f": "From", "t": "To", "i": "Call-ID", "v": "Via", "m": "Contact", "l": "Content-Length", "c": "Content-Type",
    "s": "Subject", "k": "Supported", "o": "Event", "e": "Content-Encoding",
}  # fmt: skip
CANONICAL = {
    name.lower(): name
    for name in (
        "From", "To", "Call-ID", "Via", "Contact", "Content-Length", "Content-Type", "Subject", "CSeq", "Expires",
        "Max-Forwards", "Authorization", "WWW-Authenticate", "Event", "User-Agent", "Date", "Subscription-State", "Allow",
        "Route", "Record-Route", "Supported", "X-GB-Ver", "Retry-After", "Server",
    )
}  # fmt: skip
MANDATORY = ("Via", "From", "To", "Call-ID", "CSeq")


def parse(raw: bytes) -> SipMessage:
    """One whole message: a datagram, or what `SipFramer` has cut from a stream. Raises FrameError."""
    raw = raw.lstrip(b"\r\n")
    head, gap, body = _split(raw)
    if not gap:
        raise FrameError("truncated", "报文没有空行：头部不完整（no empty line ends the headers）")
    if len(head) > LONGEST_HEAD:
        raise FrameError("too_long", f"头部 {len(head)} 字节，超过 {LONGEST_HEAD}")
    start, *lines = _unfolded(_text(head))
    method, uri, status, reason = _start(start)
    headers = tuple(_header(line) for line in lines)
    if len(headers) > MOST_HEADERS:
        raise FrameError("bad_header", f"头域 {len(headers)} 个，超过 {MOST_HEADERS}")
    message = SipMessage(headers, _body(headers, body), method, uri, status, reason, raw)
    _check_mandatory(message)
    return message


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Head, gap, body; a sender that ends its lines with LF alone is understood."""
    head, gap, body = raw.partition(b"\r\n\r\n")
    return (head, gap, body) if gap else raw.partition(b"\n\n")


def _text(head: bytes) -> str:
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("gb18030", "replace")


def _unfolded(head: str) -> list[str]:
    return re.sub(r"\r?\n[ \t]+", " ", head).replace("\r\n", "\n").split("\n")


def _start(line: str) -> tuple[str, str, int, str]:
    asked = REQUEST_LINE.fullmatch(line)
    if asked and asked[1] in METHODS:
        if not asked[2].lower().startswith(("sip:", "sips:", "tel:")):
            raise FrameError("bad_start_line", f"起始行 {line[:120]}：地址不是 SIP URI")
        return asked[1], asked[2], 0, ""
    answered = STATUS_LINE.fullmatch(line)
    if answered:
        return "", "", int(answered[1]), answered[2] or ""
    raise FrameError("bad_start_line", f"起始行 {line[:120]!r}：应为 方法 URI SIP/2.0 或 SIP/2.0 状态码")


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    name = name.strip()
    if not colon or not HEADER_NAME.fullmatch(name):
        raise FrameError("bad_header", f"头域 {line[:80]!r}：应为 名称: 值")
    known = COMPACT.get(name.lower()) if len(name) == 1 else CANONICAL.get(name.lower())
    return known or name, value.strip()


def content_length(headers: tuple[tuple[str, str], ...]) -> int | None:
    """The number given, None when there is none. Raises FrameError for one that is no number or too large."""
    given = {value for name, value in headers if name == "Content-Length"}
    if not given:
        return None
    if len(given) > 1:
        raise FrameError("bad_length", f"Content-Length 有不同的值：{'、'.join(sorted(given))}")
    text = given.pop()
    if not (text.isascii() and text.isdigit()):
        raise FrameError("bad_length", f"Content-Length={text[:40]}：应为非负整数")
    if len(text) > 9 or int(text) > LONGEST_BODY:
        raise FrameError("too_long", f"Content-Length={text[:40]}：超过 {LONGEST_BODY}")
    return int(text)


def _body(headers: tuple[tuple[str, str], ...], rest: bytes) -> bytes:
    length = content_length(headers)
    if length is None:
        return rest
    if len(rest) < length:
        raise FrameError("truncated", f"正文 {len(rest)} 字节，Content-Length={length}：报文不完整")
    if rest[length:].strip():
        raise FrameError("bad_length", f"正文 {len(rest)} 字节，Content-Length={length}：长度不符")
    return rest[:length]


def _check_mandatory(message: SipMessage) -> None:
    for name in MANDATORY:
        if not message.header(name):
            raise FrameError("missing_header", f"缺少头域 {name}")
    cseq = message.header("CSeq") or ""
    found = CSEQ.fullmatch(cseq)
    if not found or int(found[1]) >= 2**31:
        raise FrameError("bad_cseq", f"CSeq={cseq[:60]}：应为 序号 方法，序号小于 2³¹")
    if message.is_request and found[2] != message.method:
        raise FrameError("bad_cseq", f"CSeq={cseq[:60]}：方法应与起始行的 {message.method} 相同")
    for name in ("From", "To"):
        value = message.header(name) or ""
        if "sip:" not in value.lower() and "sips:" not in value.lower() and "tel:" not in value.lower():
            raise FrameError("bad_header", f"{name}={value[:80]}：没有 SIP URI")
    expires = message.header("Expires")
    if expires is not None and not (expires.isascii() and expires.isdigit() and len(expires) <= 10):
        raise FrameError("bad_header", f"Expires={expires[:40]}：应为秒数")
