"""What a platform asks of a terminal: bodies for `jt808.encode.frames_of`. JT/T 1078-2016 5.5 and 5.6."""

from __future__ import annotations

import struct
from datetime import datetime

LIVE, CONTROL, STATUS = 0x9101, 0x9102, 0x9105
QUERY, PLAYBACK, PLAYBACK_CONTROL, ATTRIBUTES = 0x9205, 0x9201, 0x9202, 0x9003


def moment(at: datetime) -> bytes:
    """BCD[6], Beijing time; `at` is naive Beijing time or aware in it."""
    return bytes.fromhex(at.strftime("%y%m%d%H%M%S"))


def live(host: str, tcp_port: int, udp_port: int, channel: int, kind: int = 0, stream: int = 1) -> bytes:
    """0x9101: send to this server. `kind` 0 sound and picture, 1 picture, 2 talk, 3 listen; `stream` 0 main, 1 sub."""
    name = host.encode("ascii")
    return bytes([len(name)]) + name + struct.pack(">HHBBB", tcp_port, udp_port, channel, kind, stream)


def control(channel: int, word: int, closing: int = 0, stream: int = 0) -> bytes:
    """0x9102: `word` 0 end, 1 change the stream, 2 pause, 3 go on, 4 end the talk; `closing` 0 both, 1 sound, 2 picture."""
    return bytes([channel, word, closing, stream])


def status(channel: int, lost_percent: int) -> bytes:
    """0x9105: how much of the stream is lost on its way."""
    return bytes([channel, lost_percent])


def query(channel: int, begin: datetime, end: datetime, *, alarm: int = 0, kind: int = 0, stream: int = 0,
          storage: int = 0) -> bytes:  # fmt: skip
    """0x9205: which recordings there are; `channel` 0 all."""
    return bytes([channel]) + moment(begin) + moment(end) + struct.pack(">QBBB", alarm, kind, stream, storage)


def playback(host: str, tcp_port: int, udp_port: int, channel: int, begin: datetime, end: datetime, *, kind: int = 0,
             stream: int = 0, storage: int = 0, mode: int = 0, speed: int = 0) -> bytes:  # fmt: skip
    """0x9201: send a recording to this server. `mode` 0 as it was, 1 fast, 2 backwards by key frames, 3 key frames."""
    name = host.encode("ascii")
    ports = struct.pack(">HHBBBBBB", tcp_port, udp_port, channel, kind, stream, storage, mode, speed)
    return bytes([len(name)]) + name + ports + moment(begin) + moment(end)


def playback_control(channel: int, word: int, speed: int = 0, position: datetime | None = None) -> bytes:
    """0x9202: `word` 0 go on, 1 pause, 2 end, 3 fast, 4 backwards, 5 go to `position`, 6 key frames."""
    return bytes([channel, word, speed]) + (moment(position) if position else bytes(6))
