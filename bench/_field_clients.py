"""The devices of the gateway bench: many connections in one process, frames made beforehand, a window of them open.

`python -m bench._field_clients` reads one JSON line per task on standard input and answers with one JSON line.
"""

from __future__ import annotations

import json
import resource
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from district.protocols.hj212.crc import crc16

ITEMS = (
    ("a34004", 35.0), ("a34002", 62.0), ("a21026", 9.0), ("a21004", 31.0), ("a21005", 0.8), ("a05024", 88.0),
    ("a01001", 17.5), ("a01002", 55.0), ("a01007", 2.1), ("a01008", 215.0),
)  # fmt: skip
"""An air station's ten readings: the typical 8–12 of a frame."""
PASSWORD = "123456"
RECEIVE = 1 << 18


def code_of(device: int) -> str:
    return f"{370306:06d}{device:018d}"


def frame(device: int, stamp: str, number: int) -> bytes:
    """A 2017 real-time upload that wants an answer. `stamp`: 14 digits; `number` varies the values."""
    wave = (number * 7 + device) % 100 / 10
    items = ";".join(f"{item}-Rtd={base + wave:.3f},{item}-Flag=N" for item, base in ITEMS)
    segment = (
        f"QN={stamp}{number % 1000:03d};ST=22;CN=2011;PW={PASSWORD};MN={code_of(device)};Flag=5;"
        f"CP=&&DataTime={stamp};{items}&&"
    ).encode()
    return b"##%04d%b%04X\r\n" % (len(segment), segment, crc16(segment))


@dataclass
class Sender:
    """One connection with the frames it still has to send."""

    sock: socket.socket
    blob: memoryview
    ends: list[int]
    sent: int = 0
    acknowledged: int = 0
    written: int = 0
    due: list[float] = field(default_factory=list)

    def push(self, upto: int) -> None:
        """Writes frames until `upto` of them are out (or the socket is full)."""
        upto = min(upto, len(self.ends))
        target = self.ends[upto - 1] if upto else 0
        while self.written < target:
            try:
                self.written += self.sock.send(self.blob[self.written : target])
            except BlockingIOError:
                return
        self.sent = upto

    @property
    def is_done(self) -> bool:
        return self.acknowledged >= len(self.ends)


def stamps(first_s: int, count: int) -> list[str]:
    """`count` time stamps of China, a second apart, from `first_s` (seconds since 1970)."""
    return [time.strftime("%Y%m%d%H%M%S", time.gmtime(first_s + 8 * 3600 + n)) for n in range(count)]


def prepared(port: int, devices: range, first_s: int, frames: int) -> list[Sender]:
    """A connected sender per device, its frames made."""
    senders = []
    texts = stamps(first_s, frames)
    for device in devices:
        made = [frame(device, text, number) for number, text in enumerate(texts)]
        sock = connected(port, device)
        ends = np.cumsum([len(each) for each in made]).tolist()
        senders.append(Sender(sock, memoryview(b"".join(made)), ends))
    return senders


def connected(port: int, device: int) -> socket.socket:
    """From one of many loopback addresses, so that ports do not run short."""
    sock = socket.socket()
    sock.bind((f"127.0.{device // 4000 + 1}.1", 0))
    sock.connect(("127.0.0.1", port))
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def full_speed(task: dict[str, Any]) -> dict[str, Any]:
    """Every device keeps `window` frames unanswered until all are answered."""
    senders = prepared(task["port"], range(*task["devices"]), task["first_s"], task["frames"])
    window = task["window"]
    poll = select.epoll()
    by_number = {}
    for sender in senders:
        by_number[sender.sock.fileno()] = sender
        poll.register(sender.sock, select.EPOLLIN)
    started = time.perf_counter()
    for sender in senders:
        sender.push(window)
    left = len(senders)
    while left:
        for number, _ in poll.poll(5.0):
            sender = by_number[number]
            data = sender.sock.recv(RECEIVE)
            if not data:
                raise ConnectionError("the gateway closed a connection")
            sender.acknowledged += data.count(b"\n")
            if sender.is_done:
                left -= 1
            else:
                sender.push(sender.acknowledged + window)
    seconds = time.perf_counter() - started
    for sender in senders:
        sender.sock.close()
    return {"frames": sum(len(each.ends) for each in senders), "seconds": seconds}


def paced(task: dict[str, Any]) -> dict[str, Any]:
    """All devices together send `rate` frames a second; the time from due to answered of each."""
    senders = prepared(task["port"], range(*task["devices"]), task["first_s"], task["frames"])
    total = sum(len(each.ends) for each in senders)
    poll = select.epoll()
    by_number = {each.sock.fileno(): each for each in senders}
    for sender in senders:
        poll.register(sender.sock, select.EPOLLIN)
    waits: list[float] = []
    started, sent = time.perf_counter(), 0
    while len(waits) < total:
        now = time.perf_counter()
        while sent < total and started + sent / task["rate"] <= now:
            sender = senders[sent % len(senders)]
            # Counted from when it was due: a client that falls behind must not hide what the gateway owes.
            sender.due.append(started + sent / task["rate"])
            sender.push(sender.sent + 1)
            sent += 1
        for number, _ in poll.poll(0.001):
            sender = by_number[number]
            data = sender.sock.recv(RECEIVE)
            if not data:
                raise ConnectionError("the gateway closed a connection")
            now = time.perf_counter()
            for _ in range(data.count(b"\n")):
                waits.append(now - sender.due[sender.acknowledged])
                sender.acknowledged += 1
            sender.push(sender.sent)
    for sender in senders:
        sender.sock.close()
    ordered = np.sort(waits) * 1000
    return {
        "frames": total, "seconds": time.perf_counter() - started, "p50_ms": float(np.percentile(ordered, 50)),
        "p99_ms": float(np.percentile(ordered, 99)), "max_ms": float(ordered[-1]),
    }  # fmt: skip


HELD: list[socket.socket] = []


def hold(task: dict[str, Any]) -> dict[str, Any]:
    """Opens a connection per device and keeps it; each sends one frame and waits for its answer."""
    stamp = stamps(task["first_s"], 1)[0]
    poll = select.epoll()
    waiting = {}
    for device in range(*task["devices"]):
        sock = connected(task["port"], device)
        sock.send(frame(device, stamp, 0))
        HELD.append(sock)
        waiting[sock.fileno()] = sock
        poll.register(sock, select.EPOLLIN)
    while waiting:
        for number, _ in poll.poll(10.0):
            if not waiting.pop(number).recv(RECEIVE):
                raise ConnectionError("the gateway closed a held connection")
            poll.unregister(number)
    return {"held": len(HELD)}


def alive(task: dict[str, Any]) -> dict[str, Any]:
    """How many of the held connections are still open."""
    count = 0
    for sock in HELD:
        try:
            count += sock.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            count += 1
    return {"held": count}


TASKS = {"full_speed": full_speed, "paced": paced, "hold": hold, "alive": alive}


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(TASKS[task.pop("do")](task)), flush=True)


if __name__ == "__main__":
    main()
