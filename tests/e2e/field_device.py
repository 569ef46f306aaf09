"""Devices of the tests: plain sockets that speak HJ 212."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from district.kernel.clock import CHINA
from district.protocols.hj212 import Framer, Message, Reading, decode, upload_frames

PASSWORD = "123456"


def now() -> datetime:
    return datetime.now(CHINA).replace(microsecond=0)


def upload(
    code: str,
    at: datetime,
    values: dict[str, float],
    *,
    sent_at: datetime | None = None,
    password: str = PASSWORD,
    period: str = "realtime",
    statistic: str = "rtd",
    version: int = 2017,
    mark: str = "N",
) -> bytes:
    """One frame that wants an answer."""
    readings = [Reading(item, statistic, value, mark) for item, value in values.items()]
    (frame,) = upload_frames(
        device_code=code, password=password, system_kind="22", at=at, sent_at=sent_at or now(), period=period,
        readings=readings, version=version,
    )  # fmt: skip
    return frame


class FieldDevice:
    """One connection. `receive` gives the next message from the centre, None when none comes in time."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.framer = Framer()
        self.waiting: list[Message] = []

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def receive(self, patience_s: float = 5.0) -> Message | None:
        deadline = time.monotonic() + patience_s
        while not self.waiting:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([self.sock], [], [], left)[0]:
                return None
            data = self.sock.recv(65536)
            if not data:
                raise ConnectionError("closed by the gateway")
            self.waiting += [decode(piece.raw) for piece in self.framer.feed(data)]
        return self.waiting.pop(0)

    def ask(self, frame: bytes, patience_s: float = 5.0) -> Message | None:
        self.send(frame)
        return self.receive(patience_s)

    def is_closed(self, patience_s: float = 5.0) -> bool:
        """Whether the gateway has closed the connection."""
        try:
            while select.select([self.sock], [], [], patience_s)[0]:
                if not self.sock.recv(65536):
                    return True
        except ConnectionError:
            return True
        return False

    def close(self) -> None:
        self.sock.close()


class Replay:
    """Sends the frames of many devices with a window, reconnects, and sends again what was not answered.

    `acknowledged` are (device, index) answered with 9014, each noted once.
    """

    def __init__(self, port: int, frames: Sequence[Sequence[bytes]], window: int = 8, patience_s: float = 3.0) -> None:
        self.port = port
        self.frames = frames
        self.window = window
        self.patience_s = patience_s
        self.links: list[FieldDevice | None] = [None] * len(frames)
        self.open: list[list[int]] = [[] for _ in frames]
        self.next = [0] * len(frames)
        self.heard_at = [0.0] * len(frames)
        self.acknowledged: set[tuple[int, int]] = set()
        self.resends = 0

    @property
    def total(self) -> int:
        return sum(len(each) for each in self.frames)

    def run(self, until: int | None = None, seconds: float = 60.0) -> None:
        """Goes on until so many frames are acknowledged (all by default), or the time is over."""
        wanted, deadline = self.total if until is None else until, time.monotonic() + seconds
        while len(self.acknowledged) < wanted and time.monotonic() < deadline:
            self.step()

    def step(self) -> None:
        for device in range(len(self.frames)):
            self._keep_up(device)
        by_socket = {link.sock: device for device, link in enumerate(self.links) if link is not None}
        if not by_socket:
            time.sleep(0.05)
            return
        for sock in select.select(list(by_socket), [], [], 0.02)[0]:
            self._hear(by_socket[sock])

    def _keep_up(self, device: int) -> None:
        link, now_s = self.links[device], time.monotonic()
        try:
            if link is None:
                link = self.links[device] = FieldDevice(self.port)
                self.heard_at[device] = now_s
                for index in self.open[device]:
                    self.resends += 1
                    link.send(self.frames[device][index])
            elif self.open[device] and now_s - self.heard_at[device] > self.patience_s:
                self._drop(device)
                return
            while len(self.open[device]) < self.window and self.next[device] < len(self.frames[device]):
                index = self.next[device]
                self.open[device].append(index)
                self.next[device] += 1
                link.send(self.frames[device][index])
        except OSError:
            self._drop(device)

    def _hear(self, device: int) -> None:
        link = self.links[device]
        if link is None:
            return
        try:
            message = link.receive(0)
            while message is not None:
                self._note(device, message)
                message = link.waiting.pop(0) if link.waiting else None
        except OSError:
            self._drop(device)

    def _note(self, device: int, message: Message) -> None:
        assert message.cn == "9014", message
        self.heard_at[device] = time.monotonic()
        index = next(
            index for index in self.open[device] if message.qn is not None and message.qn.encode() in self.frames[device][index]
        )
        self.open[device].remove(index)
        self.acknowledged.add((device, index))

    def _drop(self, device: int) -> None:
        link = self.links[device]
        if link is not None:
            link.close()
        self.links[device] = None

    def close(self) -> None:
        for device in range(len(self.links)):
            self._drop(device)


def series_of_frames(code: str, first: datetime, count: int) -> list[bytes]:
    """`count` frames, a second apart, whose values tell which they are."""
    return [
        upload(code, first + timedelta(seconds=n), {"a34004": n / 10, "a34002": n / 5}, sent_at=first + timedelta(seconds=n))
        for n in range(count)
    ]
