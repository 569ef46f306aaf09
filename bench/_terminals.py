"""Terminals of the bench: many connections in one process, frames made beforehand, a window of them open.

`python -m bench._terminals` reads one JSON line per task on standard input and answers with one JSON line.
"""

from __future__ import annotations

import json
import select
import struct
import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench._field_clients import Sender, connected
from district.protocols.jt808 import V2013, V2019, Header, decode, encode

AUTH = "0123456789abcdef0123456789abcdef"
RECEIVE = 1 << 18


def code_of(device: int) -> str:
    return f"0199{device:08d}"


@dataclass(frozen=True)
class Voice:
    """How one terminal puts its messages into frames."""

    device: int

    def frame(self, message_id: int, serial: int, body: bytes) -> bytes:
        version = V2019 if self.device % 2 else V2013
        phone = code_of(self.device).zfill(20 if version == V2019 else 12)
        header = Header(message_id, version, phone, serial & 0xFFFF, 0, protocol_version=int(version == V2019))
        return encode.frames_of(header, body)[0]

    def authentication(self) -> bytes:
        return self.frame(0x0102, 0, encode.authentication(V2019 if self.device % 2 else V2013, AUTH))

    def position(self, number: int, stamp: str) -> bytes:
        """A moving bus with the usual items."""
        items = ((0x01, struct.pack(">I", 100_000 + number)), (0x03, struct.pack(">H", number % 600)),
                 (0x30, bytes([number % 32])), (0x31, bytes([number % 20])), (0xE1, struct.pack(">H", number % 70)))  # fmt: skip
        body = encode.position(
            alarm=0, status=3, latitude=36.7 + self.device * 1e-4 + number * 1e-5, longitude=117.8 + number * 1e-5, altitude=45,
            speed_kmh=number % 600 / 10, direction=number % 360, time=stamp, items=items,
        )  # fmt: skip
        return self.frame(0x0200, number + 1, body)


def prepared(port: int, devices: range, first_s: int, frames: int) -> list[Sender]:
    """An authenticated sender per terminal, its frames made."""
    senders = []
    stamps = [time.strftime("%y%m%d%H%M%S", time.gmtime(first_s + 8 * 3600 + n)) for n in range(frames)]
    for device in devices:
        voice = Voice(device)
        made = [voice.position(number, stamp) for number, stamp in enumerate(stamps)]
        sock = connected(port, device)
        sock.setblocking(True)
        sock.sendall(voice.authentication())
        answer = sock.recv(RECEIVE)
        assert (decode(answer).body or {}).get("result") == 0, answer.hex()
        sock.setblocking(False)
        senders.append(Sender(sock, memoryview(b"".join(made)), np.cumsum([len(each) for each in made]).tolist()))
    return senders


def full_speed(task: dict[str, Any]) -> dict[str, Any]:
    """Every terminal keeps `window` frames unanswered until all are answered."""
    senders = prepared(task["port"], range(*task["devices"]), task["first_s"], task["frames"])
    poll = select.epoll()
    by_number = {}
    for sender in senders:
        by_number[sender.sock.fileno()] = sender
        poll.register(sender.sock, select.EPOLLIN)
    started = time.perf_counter()
    for sender in senders:
        sender.push(task["window"])
    left, flags = len(senders), dict.fromkeys(by_number, 0)
    while left:
        for number, _ in poll.poll(5.0):
            sender = by_number[number]
            data = sender.sock.recv(RECEIVE)
            if not data:
                raise ConnectionError("the gateway closed a connection")
            flags[number] += data.count(b"\x7e")
            sender.acknowledged = flags[number] // 2
            if sender.is_done:
                left -= 1
                poll.unregister(sender.sock)
            else:
                sender.push(sender.acknowledged + task["window"])
    seconds = time.perf_counter() - started
    for sender in senders:
        sender.sock.close()
    return {"frames": sum(len(sender.ends) for sender in senders), "seconds": seconds}


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(full_speed(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
