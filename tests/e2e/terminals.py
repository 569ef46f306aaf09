"""Terminals of the tests: plain sockets that speak JT/T 808."""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from datetime import datetime
from typing import Any

from district.kernel.devices.seal import seal
from district.protocols.jt808 import V2013, V2019, Framer, Header, Message, decode, encode
from district.testing.installation import Installation, environment

AUTH = "0123456789abcdef0123456789abcdef"
REGISTER = """
    INSERT INTO devices_device (code, name, kind, protocol, password, cipher_key, system, division_code, status,
        is_simulated, attributes, interval_s, is_online, made_at, updated_at)
    SELECT code, code, 'bus', 'jt808', %s, '', 'transit', '370306', 'active', true, %s, 10, false, now(), now()
    FROM unnest(%s::text[]) AS new (code)
"""


def register(installation: Installation, codes: list[str]) -> None:
    """Terminals with one authentication code."""
    with environment(DISTRICT_HOME=str(installation.path)):
        sealed = seal(AUTH)
    with installation.connect() as connection:
        connection.execute(REGISTER, [sealed, json.dumps({}), codes])


def place(at: datetime, mileage: int, **changes: Any) -> bytes:
    given: dict[str, Any] = {
        "alarm": 0, "status": 3, "latitude": 36.8, "longitude": 117.85, "altitude": 40, "speed_kmh": 20.0, "direction": 90,
        "time": at.strftime("%y%m%d%H%M%S"), "items": [(0x01, struct.pack(">I", mileage))],
    } | changes  # fmt: skip
    return encode.position(**given)


class Terminal:
    """One connection, over TCP or UDP. `receive` gives the next message from the centre, None when none comes in time."""

    def __init__(self, port: int, code: str, version: int = V2013, is_udp: bool = False) -> None:
        self.phone = code.zfill(20 if version == V2019 else 12)
        self.version = version
        if is_udp:
            self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.sock.connect(("127.0.0.1", port))
        else:
            self.sock = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.serial = 0
        self.framer = Framer()
        self.waiting: list[Message] = []

    def send(self, message_id: int, body: bytes = b"") -> int:
        """The serial of its last part."""
        header = Header(message_id, self.version, self.phone, self.serial, 0, protocol_version=int(self.version == V2019))
        frames = encode.frames_of(header, body)
        self.serial = (self.serial + len(frames)) % 65536
        for frame in frames:
            self.sock.send(frame)
        return (self.serial - 1) % 65536

    def receive(self, patience_s: float = 5.0) -> Message | None:
        deadline = time.monotonic() + patience_s
        while not self.waiting:
            if not select.select([self.sock], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return None
            data = self.sock.recv(65536)
            if not data:
                raise ConnectionError("closed by the gateway")
            self.waiting += [decode(piece) for piece in self.framer.feed(data)]
        return self.waiting.pop(0)

    def ask(self, message_id: int, body: bytes = b"") -> Message:
        self.send(message_id, body)
        answer = self.receive()
        assert answer is not None, f"no answer to {message_id:04X}"
        return answer

    def authenticate(self) -> None:
        answer = self.ask(0x0102, encode.authentication(self.version, AUTH))
        assert answer.body is not None
        assert answer.body["result"] == 0

    def close(self) -> None:
        self.sock.close()


class Drive:
    """Terminals that send their positions with a window, reconnect, and send again what was not acknowledged."""

    def __init__(self, port: int, positions: dict[str, list[bytes]], window: int = 6) -> None:
        self.port = port
        self.positions = positions
        self.window = window
        self.acknowledged: dict[str, set[int]] = {code: set() for code in positions}
        self._links: dict[str, Terminal | None] = dict.fromkeys(positions)
        self._open: dict[str, dict[int, int]] = {code: {} for code in positions}

    @property
    def done(self) -> int:
        return sum(map(len, self.acknowledged.values()))

    def run(self, until: int, seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while self.done < until and time.monotonic() < deadline:
            for code in self.positions:
                try:
                    self._step(code)
                except (OSError, AssertionError):
                    self._links[code] = None
                    time.sleep(0.02)

    def _step(self, code: str) -> None:
        link = self._links[code]
        if link is None:
            self._open[code] = {}
            link = Terminal(self.port, code)
            link.authenticate()
            self._links[code] = link
        open_now = set(self._open[code].values())
        todo = [n for n in range(len(self.positions[code])) if n not in self.acknowledged[code] and n not in open_now]
        for n in todo[: self.window - len(open_now)]:
            self._open[code][link.send(0x0200, self.positions[code][n])] = n
        answer = link.receive(0.02)
        while answer is not None:
            assert answer.body is not None
            n = self._open[code].pop(answer.body["reply_serial"], None)
            if n is not None and answer.body["result"] == 0:
                self.acknowledged[code].add(n)
            answer = link.receive(0.0)
