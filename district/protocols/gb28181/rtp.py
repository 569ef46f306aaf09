"""RTP packets and the program stream in them: enough to know that a picture comes, nothing is decoded.

RFC 3550 section 5.1; RFC 4571 for TCP; ISO/IEC 13818-1 for the pack header and stream ids.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

PACK_START = b"\x00\x00\x01\xba"
VIDEO_STREAMS = range(0xE0, 0xF0)
PS, MPEG4, H264, SVAC, H265 = 96, 97, 98, 99, 100
VIDEO_FORMATS = (PS, MPEG4, H264, SVAC, H265)


@dataclass(frozen=True, slots=True)
class RtpPacket:
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    marker: bool
    payload: bytes


def parse_rtp(data: bytes) -> RtpPacket | None:
    """The packet, None when the bytes are none (wrong version, too short, RTCP)."""
    if len(data) < 12 or data[0] >> 6 != 2 or 200 <= data[1] <= 207:
        return None
    first, second, sequence, timestamp, ssrc = struct.unpack_from("!BBHII", data)
    start = 12 + 4 * (first & 0xF)
    if first & 0x10:
        if len(data) < start + 4:
            return None
        start += 4 + 4 * struct.unpack_from("!H", data, start + 2)[0]
    end = len(data) - (data[-1] if first & 0x20 else 0)
    if start > end:
        return None
    return RtpPacket(second & 0x7F, sequence, timestamp, ssrc, bool(second & 0x80), data[start:end])


def build_rtp(packet: RtpPacket) -> bytes:
    """Without extension, padding and contributing sources."""
    second = packet.payload_type | (0x80 if packet.marker else 0)
    return (
        struct.pack("!BBHII", 0x80, second, packet.sequence, packet.timestamp, packet.ssrc) + packet.payload
    )


def framed(packet: bytes) -> bytes:
    """RFC 4571: a packet on a TCP stream has its length before it."""
    return struct.pack("!H", len(packet)) + packet


def unframed(buffer: bytearray) -> list[bytes]:
    """Takes whole packets out of a TCP stream's buffer."""
    found = []
    while len(buffer) >= 2 and len(buffer) >= 2 + (size := buffer[0] << 8 | buffer[1]):
        found.append(bytes(buffer[2 : 2 + size]))
        del buffer[: 2 + size]
    return found


@dataclass(slots=True)
class PictureCheck:
    """Fed with packets until they prove a picture. `ssrc` None takes any; `formats` are the payload types agreed on.

    A program stream must begin with a pack header and bring a video stream; a raw stream must bring a payload.
    """

    ssrc: int | None
    formats: tuple[int, ...] = VIDEO_FORMATS
    packets: int = 0
    payload_bytes: int = 0
    strangers: int = 0
    """Packets of another SSRC."""
    unreadable: int = 0
    has_pack: bool = False
    has_video: bool = False
    seen_types: set[int] = field(default_factory=set)
    _tail: bytes = b""

    def feed(self, data: bytes) -> bool:
        """Whether a picture is proved by now."""
        packet = parse_rtp(data)
        if packet is None:
            self.unreadable += 1
            return self.is_proved
        if self.ssrc is not None and packet.ssrc != self.ssrc:
            self.strangers += 1
            return self.is_proved
        self.packets += 1
        self.payload_bytes += len(packet.payload)
        self.seen_types.add(packet.payload_type)
        if packet.payload_type not in self.formats:
            return self.is_proved
        if packet.payload_type == PS:
            self._look_for_video(packet.payload)
        elif packet.payload:
            self.has_pack = self.has_video = True
        return self.is_proved

    def _look_for_video(self, payload: bytes) -> None:
        data = self._tail + payload
        if PACK_START in data:
            self.has_pack = True
        at = data.find(b"\x00\x00\x01")
        while at >= 0 and at + 3 < len(data):
            if data[at + 3] in VIDEO_STREAMS and self.has_pack:
                self.has_video = True
                break
            at = data.find(b"\x00\x00\x01", at + 1)
        self._tail = data[-3:]

    @property
    def is_proved(self) -> bool:
        return self.has_pack and self.has_video

    @property
    def reason(self) -> str:
        """Why no picture is proved: no_media, wrong_ssrc, not_rtp, wrong_format, no_video; empty when one is."""
        if self.is_proved:
            return ""
        if self.packets:
            return "no_video" if self.seen_types & set(self.formats) else "wrong_format"
        if self.strangers:
            return "wrong_ssrc"
        return "not_rtp" if self.unreadable else "no_media"


def pack_header(clock_90khz: int) -> bytes:
    """A pack header of a program stream (14 bytes), SCR from a 90 kHz clock."""
    scr = clock_90khz & (1 << 33) - 1
    bits = (
        0b01 << 46
        | (scr >> 30) << 43
        | 1 << 42
        | (scr >> 15 & 0x7FFF) << 27
        | 1 << 26
        | (scr & 0x7FFF) << 11
        | 1 << 10
        | 1
    )
    return PACK_START + bits.to_bytes(6, "big") + b"\x00\x27\x13\xf8"


def video_pes(payload: bytes) -> bytes:
    """One packet of the first video stream, without time stamps."""
    return b"\x00\x00\x01\xe0" + struct.pack("!H", len(payload) + 3) + b"\x80\x00\x00" + payload
