"""The session description of an INVITE, with the lines the standard adds: y= and f=. GB/T 28181-2016 Annex F."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .message import FrameError

LINE = re.compile(r"([a-z])=(.*)")
MEDIA = re.compile(r"(\w+) (\d{1,5})(?:/\d+)? (\S+)((?: \S+)*)")
DIRECTIONS = ("sendonly", "recvonly", "sendrecv", "inactive")
MANDATORY = "voscm"
TRANSPORTS = ("RTP/AVP", "TCP/RTP/AVP", "RTP/AVP/TCP", "RTP/SAVP")


@dataclass(frozen=True, slots=True)
class Sdp:
    """One media description. `session`: Play, Playback, Download, Talk … `ssrc` are the ten digits of y=, empty if absent."""

    media: str
    owner: str
    session: str
    ip: str
    port: int
    transport: str = "RTP/AVP"
    formats: tuple[int, ...] = (96,)
    start: int = 0
    stop: int = 0
    u: str = ""
    direction: str = ""
    setup: str = ""
    ssrc: str = ""
    f: str = ""
    filesize: int | None = None
    downloadspeed: int | None = None
    rtpmaps: dict[int, str] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()

    @property
    def ssrc_number(self) -> int | None:
        """The SSRC that RTP packets carry: the digits as a number of 32 bits."""
        return int(self.ssrc) & 0xFFFFFFFF if self.ssrc else None

    @property
    def is_tcp(self) -> bool:
        return "TCP" in self.transport.upper()


def parse_sdp(body: bytes) -> Sdp:
    """Raises FrameError bad_sdp naming the line."""
    text = body.decode("utf-8", "replace") if _is_utf8(body) else body.decode("gb18030", "replace")
    lines = [_line(each) for each in text.replace("\r\n", "\n").strip("\n").split("\n") if each.strip()]
    first: dict[str, str] = {}
    for key, value in lines:
        first.setdefault(key, value)
    for key in MANDATORY:
        if key not in first:
            raise FrameError("bad_sdp", f"SDP 缺少 {key}= 行")
    if first["v"].strip() != "0":
        raise FrameError("bad_sdp", f"v={first['v'][:20]}：应为 0")
    attributes = [value for key, value in lines if key == "a"]
    media, port, transport, formats = _media(first["m"])
    start, stop = _times(first.get("t", "0 0"))
    return Sdp(
        media, first["o"].split(" ")[0], first["s"].strip(), _address(first["c"]), port, transport, formats, start, stop,
        first.get("u", "").strip(), next((each for each in attributes if each in DIRECTIONS), ""),
        _attribute(attributes, "setup") or "", _ssrc(first.get("y", "")), first.get("f", "").strip(),
        _number(attributes, "filesize"), _number(attributes, "downloadspeed"), _rtpmaps(attributes), tuple(attributes),
    )  # fmt: skip


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(text: str) -> tuple[str, str]:
    found = LINE.fullmatch(text.rstrip())
    if not found:
        raise FrameError("bad_sdp", f"SDP 行 {text[:60]!r}：应为 x=值")
    return found[1], found[2]


def _media(value: str) -> tuple[str, int, str, tuple[int, ...]]:
    found = MEDIA.fullmatch(value.strip())
    if not found:
        raise FrameError("bad_sdp", f"m={value[:60]}：应为 媒体 端口 传输 格式")
    if int(found[2]) > 65535:
        raise FrameError("bad_sdp", f"m={value[:60]}：端口应不大于 65535")
    if found[3].upper() not in TRANSPORTS:
        raise FrameError("bad_sdp", f"m={value[:60]}：传输应为 RTP/AVP 或 TCP/RTP/AVP")
    formats = found[4].split()
    if any(not (each.isdigit() and int(each) < 128) for each in formats):
        raise FrameError("bad_sdp", f"m={value[:60]}：负载类型应为 0–127")
    return found[1], int(found[2]), found[3], tuple(map(int, formats))


def _times(value: str) -> tuple[int, int]:
    parts = value.split()
    if len(parts) != 2 or not all(each.isdigit() and len(each) < 16 for each in parts):
        raise FrameError("bad_sdp", f"t={value[:40]}：应为两个秒数")
    start, stop = int(parts[0]), int(parts[1])
    if stop and start > stop:
        raise FrameError("bad_sdp", f"t={value[:40]}：开始晚于结束")
    return start, stop


def _address(value: str) -> str:
    parts = value.split()
    if len(parts) != 3 or parts[0] != "IN" or parts[1] not in ("IP4", "IP6"):
        raise FrameError("bad_sdp", f"c={value[:60]}：应为 IN IP4 地址")
    return parts[2].partition("/")[0]


def _ssrc(value: str) -> str:
    text = value.strip()
    if text and not (len(text) == 10 and text.isascii() and text.isdigit()):
        raise FrameError("bad_sdp", f"y={text[:20]}：应为 10 位数字")
    return text


def _attribute(attributes: list[str], name: str) -> str | None:
    return next((each.partition(":")[2].strip() for each in attributes if each.startswith(f"{name}:")), None)


def _number(attributes: list[str], name: str) -> int | None:
    value = _attribute(attributes, name)
    return int(value) if value is not None and value.isdigit() else None


def _rtpmaps(attributes: list[str]) -> dict[int, str]:
    found = (re.fullmatch(r"rtpmap:(\d{1,3})\s+(\S+)", each) for each in attributes)
    return {int(each[1]): each[2] for each in found if each}


PAYLOADS = {96: "PS/90000", 97: "MPEG4/90000", 98: "H264/90000", 100: "H265/90000"}


def build_sdp(sdp: Sdp) -> bytes:
    """The lines in the order of Annex F. For `Play`: `build_sdp(Sdp("video", channel, "Play", ip, port, ssrc=…))`."""
    lines = [f"v=0", f"o={sdp.owner} 0 0 IN IP4 {sdp.ip}", f"s={sdp.session}"]  # noqa: F541
    if sdp.u:
        lines.append(f"u={sdp.u}")
    lines += [
        f"c=IN IP4 {sdp.ip}", f"t={sdp.start} {sdp.stop}",
        f"m={sdp.media} {sdp.port} {sdp.transport} {' '.join(map(str, sdp.formats))}",
    ]  # fmt: skip
    if sdp.direction:
        lines.append(f"a={sdp.direction}")
    maps = sdp.rtpmaps or {each: PAYLOADS[each] for each in sdp.formats if each in PAYLOADS}
    lines += [f"a=rtpmap:{number} {name}" for number, name in maps.items()]
    if sdp.setup:
        lines += [f"a=setup:{sdp.setup}", "a=connection:new"]
    lines += [f"a={name}:{value}" for name, value in (("filesize", sdp.filesize), ("downloadspeed", sdp.downloadspeed))
              if value is not None]  # fmt: skip
    if sdp.ssrc:
        lines.append(f"y={sdp.ssrc}")
    if sdp.f:
        lines.append(f"f={sdp.f}")
    return "".join(f"{line}\r\n" for line in lines).encode()


def sdp_json(sdp: Sdp) -> dict[str, object]:
    """The description as plain data, without what was not said."""
    told: dict[str, object] = {
        "media": sdp.media, "owner": sdp.owner, "session": sdp.session, "ip": sdp.ip, "start": sdp.start,
        "stop": sdp.stop, "port": sdp.port, "transport": sdp.transport, "formats": list(sdp.formats),
    }  # fmt: skip
    for name in ("u", "direction", "setup", "ssrc", "f"):
        if getattr(sdp, name):
            told[name] = getattr(sdp, name)
    for name in ("filesize", "downloadspeed"):
        if getattr(sdp, name) is not None:
            told[name] = getattr(sdp, name)
    return told


def live_ssrc(domain: str, number: int, is_history: bool = False) -> str:
    """y= of a new stream: 0 live or 1 history, digits 4–8 of the domain, and four that are unique on this server."""
    return f"{int(is_history)}{domain[3:8]:0>5}{number % 10000:04d}"
