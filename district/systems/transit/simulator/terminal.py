"""The terminal of one bus without its wire: bytes in, frames out. JT/T 808-2013 and -2019, clause 4 and tables 1 ff.

Registers once, authenticates on every connection, repeats what is not answered (T(n+1) = T(n) × (n+1)), keeps positions
while there is no line and sends them as 0x0704 afterwards, does what it is told.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from district.protocols.jt808 import V2019, FrameError, Framer, Header, Reassembler, decode, encode, of_body

OK, FAILED, NOT_SUPPORTED, CONFIRMED = 0, 1, 3, 4
MOST_KEPT = 20_000
BATCH = 14
"""Positions of one 0x0704: fits a frame without parts."""
WINDOW = 4
TIMEOUT_S, REPEATS = 10.0, 3
AGAIN_S = 60.0
POSITION_BITS_OF_ANSWER = (1 << 0) | (1 << 3) | (1 << 20) | (1 << 21) | (1 << 22) | (1 << 27) | (1 << 28)
MEDIA = 0x0801
CAMERAS = (1, 2)
PICTURE = Path(__file__).with_name("simulated_camera.jpg")
"""A drawing that says it is simulated."""
PLACE = (37, 306)
"""Shandong, Zhoucun: GB/T 2260."""


@dataclass
class Told:
    """What the centre asked for and this terminal remembers."""

    interval_s: float = 10.0
    heartbeat_s: float = 60.0
    tracking_s: float = 0.0
    tracking_until: float = 0.0
    parameters: dict[int, bytes] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


@dataclass
class _Waiting:
    frames: list[bytes]
    message_id: int
    deadline: float
    timeout_s: float
    repeats: int = 0
    positions: list[bytes] = field(default_factory=list)


class Terminal:
    """`code` None: not registered yet. `remember(code)` is called with a new code. `place()` gives the body of a position.
    Times are seconds of a clock that never goes back."""

    def __init__(self, phone: str, version: int, plate: str, code: str | None = None, *,
                 remember: Callable[[str | None], None] = lambda code: None, place: Callable[[], bytes | None] = lambda: None,
                 confirm: Callable[[int], None] = lambda bits: None,
                 film: Callable[[int, bytes], bool] = lambda message_id, body: False) -> None:  # fmt: skip
        self.phone = phone.zfill(20 if version == V2019 else 12)
        self.version, self.plate, self.code = version, plate, code
        self.told = Told()
        self.state = "cut"
        self.fresh: deque[bytes] = deque(maxlen=MOST_KEPT)
        self.kept: deque[bytes] = deque(maxlen=MOST_KEPT)
        self.others: deque[tuple[int, bytes]] = deque(maxlen=200)
        self.acknowledged = self.refused = self.commands = 0
        self._remember, self._place, self._confirm, self._film = remember, place, confirm, film
        self._serial = 0
        self._waiting: dict[int, _Waiting] = {}
        self._out: list[bytes] = []
        self._framer, self._parts = Framer(), Reassembler()
        self._quiet_since = self._again_at = 0.0

    @property
    def pending(self) -> int:
        """Positions not acknowledged yet."""
        return len(self.fresh) + len(self.kept) + sum(len(each.positions) for each in self._waiting.values())

    def taken(self) -> list[bytes]:
        """The frames that are to go out now."""
        out, self._out = self._out, []
        return out

    def connected(self, now: float) -> None:
        self._framer, self._parts = Framer(), Reassembler()
        self._greet(now)

    def lost(self) -> None:
        """The line is gone: what was not acknowledged is kept for later, oldest first."""
        back = [body for each in self._waiting.values() for body in each.positions]
        self.kept = deque(sorted([*back, *self.kept, *self.fresh], key=lambda body: body[22:28]), MOST_KEPT)
        self.fresh.clear()
        self._waiting.clear()
        self._out.clear()
        self.state = "cut"

    def tick(self, now: float) -> None:
        """Sends what has fallen due. Raises ConnectionError when nobody answers any more."""
        for each in list(self._waiting.values()):
            if now >= each.deadline:
                if each.repeats >= REPEATS:
                    raise ConnectionError("no answer to the last repeat")
                each.repeats += 1
                each.timeout_s *= each.repeats + 1
                each.deadline = now + each.timeout_s
                self._out += each.frames
        if self.state == "refused" and now >= self._again_at:
            self._greet(now)
        if self.state != "ready":
            return
        while self.fresh and len(self._waiting) < WINDOW * 2:
            body = self.fresh.popleft()
            self._ask(0x0200, body, now, [body])
        while self.kept and len(self._waiting) < WINDOW:
            bodies = [self.kept.popleft() for _each in range(min(BATCH, len(self.kept)))]
            self._ask(0x0704, encode.batch(bodies, 1), now, bodies)
        while self.others and len(self._waiting) < WINDOW:
            self._ask(*self.others.popleft(), now)
        if now - self._quiet_since >= self.told.heartbeat_s:
            self._ask(0x0002, b"", now)

    def received(self, chunk: bytes, now: float) -> None:
        """Bytes of the centre, cut anywhere."""
        for frame in self._framer.feed(chunk):
            try:
                message = decode(frame)
                whole = self._parts.take(message) if message.header.is_part else None
                if whole is not None:
                    message = of_body(*whole)
                elif message.header.is_part:
                    continue
                self._obey(message.header, message.body or {}, message.raw_body, now)
            except FrameError:
                self.refused += 1

    def logged_off(self, now: float) -> None:
        if self.state == "ready":
            self._ask(0x0003, b"", now)

    # ---- what it says

    def _greet(self, now: float) -> None:
        if self.code is None:
            self.state = "registering"
            body = encode.registration(self.version, province=PLACE[0], city=PLACE[1], manufacturer="QZSIM", model="QZ-SIM-1",
                                       terminal_id=self.phone[-7:], plate_colour=2, plate=self.plate)  # fmt: skip
            self._ask(0x0100, body, now)
        else:
            self.state = "authenticating"
            self._ask(0x0102, encode.authentication(self.version, self.code, "860000000000000", "1.0"), now)

    def _ask(self, message_id: int, body: bytes, now: float, positions: list[bytes] | None = None) -> None:
        """Sends and expects an answer to the serial of the last part."""
        frames = self._frames(message_id, body)
        serial = (self._serial - 1) % encode.SERIALS
        self._waiting[serial] = _Waiting(frames, message_id, now + TIMEOUT_S, TIMEOUT_S, positions=positions or [])
        self._out += frames
        self._quiet_since = now

    def _say(self, message_id: int, body: bytes) -> None:
        self._out += self._frames(message_id, body)

    def _frames(self, message_id: int, body: bytes) -> list[bytes]:
        version = 1 if self.version == V2019 else 0
        frames = encode.frames_of(Header(message_id, self.version, self.phone, self._serial, 0, protocol_version=version), body)
        self._serial = (self._serial + len(frames)) % encode.SERIALS
        return frames

    # ---- what it hears

    def _obey(self, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
        if header.message_id == 0x8800:
            self._waiting = {serial: each for serial, each in self._waiting.items() if each.message_id != MEDIA}
            return
        if header.message_id in (0x8001, 0x8100):
            self._answered(header.message_id, body, now)
            return
        self.commands += 1
        deed = DEEDS.get(header.message_id)
        result = deed(self, header, body, raw, now) if deed is not None else NOT_SUPPORTED
        if result is not None:
            self._say(0x0001, struct.pack(">HHB", header.serial, header.message_id, result))

    def _answered(self, message_id: int, body: dict[str, Any], now: float) -> None:
        waiting = self._waiting.pop(int(body["reply_serial"]), None)
        if waiting is None:
            return
        result = body["result"]
        if message_id == 0x8100:
            if result == OK:
                self.code = str(body["auth_code"])
                self._remember(self.code)
                self._greet(now)
            else:
                self._refuse(now)
        elif waiting.message_id == 0x0102:
            if result == OK:
                self.state = "ready"
            else:
                self.code = None
                self._remember(None)
                self._refuse(now)
        elif result in (OK, CONFIRMED):
            self.acknowledged += len(waiting.positions)
            if result == CONFIRMED:
                self._confirm(POSITION_BITS_OF_ANSWER)
        elif waiting.positions:
            self.refused += len(waiting.positions)

    def _refuse(self, now: float) -> None:
        self.state, self._again_at = "refused", now + AGAIN_S

    def set_parameters(self, items: list[tuple[int, bytes]]) -> None:
        """0x8103 as far as a simulated terminal has use for it; all of them are told again when asked."""
        for name, value in items:
            self.told.parameters[name] = value
            if name == 0x0029 and len(value) == 4:
                self.told.interval_s = float(min(max(int.from_bytes(value, "big"), 1), 3600))
            if name == 0x0001 and len(value) == 4:
                self.told.heartbeat_s = float(min(max(int.from_bytes(value, "big"), 5), 3600))

    def interval_s(self, now: float) -> float:
        """Seconds between two positions: as tracked for now, else as set."""
        return self.told.tracking_s if now < self.told.tracking_until else self.told.interval_s


Deed = Callable[[Terminal, Header, dict[str, Any], bytes, float], int | None]


def _set_parameters(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    items, at = [], 1
    for _each in range(raw[0]):
        name, length = struct.unpack_from(">IB", raw, at)
        items.append((name, raw[at + 5 : at + 5 + length]))
        at += 5 + length
    terminal.set_parameters(items)
    return OK


def _tell_parameters(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    told = terminal.told
    numbers = {0x0001: round(told.heartbeat_s), 0x0029: round(told.interval_s), 0x0055: 58}
    held = {name: struct.pack(">I", value) for name, value in numbers.items()}
    held |= {0x0083: terminal.plate.encode("gb18030"), 0x0084: b"\x02"} | told.parameters
    if header.message_id == 0x8106:
        wanted = {int.from_bytes(raw[at : at + 4], "big") for at in range(1, 1 + 4 * raw[0], 4)}
        held = {name: value for name, value in held.items() if name in wanted}
    terminal._say(0x0104, struct.pack(">H", header.serial) + encode.parameters(list(held.items())))


def _tell_attributes(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    model, own = (30, 30) if terminal.version == V2019 else (20, 7)
    told = struct.pack(">H", 1) + b"QZSIM" + b"QZ-SIM-1".ljust(model, b"\0") + terminal.phone[-7:].encode().ljust(own, b"\0")
    terminal._say(0x0107, told + bytes(10) + b"\x021A" + b"\x031.0" + b"\x03\x04")


def _tell_place(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int | None:
    place = terminal._place()
    if place is None:
        return FAILED
    terminal._say(0x0201, struct.pack(">H", header.serial) + place)
    return None


def _track(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    interval = int.from_bytes(raw[:2], "big")
    terminal.told.tracking_s = float(max(interval, 1))
    terminal.told.tracking_until = now + int.from_bytes(raw[2:6], "big") if interval else 0.0
    return OK


def _confirm_alarm(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    terminal._confirm(int.from_bytes(raw[2:6], "big"))
    return OK


def _read_text(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    terminal.told.texts.append(raw[2 if terminal.version == V2019 else 1 :].decode("gb18030", "replace"))
    return OK


def _show(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    return OK if terminal._film(header.message_id, raw) else FAILED


def _tell_video(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    """0x1003: G.711A and H.264, two cameras."""
    terminal._say(0x1003, struct.pack(">BBBBHBBBB", 6, 1, 0, 1, 320, 1, 98, 1, 2))


def _shoot(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    """0x0805, then the picture with the place where it was taken (0x0801): always the same drawing."""
    place = terminal._place()
    number = int(now) & 0xFFFFFFFF
    is_able = place is not None and raw[0] in CAMERAS
    told = number.to_bytes(4, "big")
    terminal._say(0x0805, struct.pack(">HBH", header.serial, 0 if is_able else 1, int(is_able)) + (told if is_able else b""))
    if place is not None and is_able:
        terminal.others.append((0x0801, told + bytes([0, 0, 0, raw[0]]) + place[:28] + PICTURE.read_bytes()))


def _tell_recordings(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    """0x1205: nothing is kept on board."""
    terminal._say(0x1205, struct.pack(">HI", header.serial, 0))


def _nothing(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> int:
    return OK


def _heard(terminal: Terminal, header: Header, body: dict[str, Any], raw: bytes, now: float) -> None:
    """The centre's clock: answered by itself."""


DEEDS: dict[int, Deed] = {
    0x8004: _heard, 0x8103: _set_parameters, 0x8104: _tell_parameters, 0x8105: _nothing, 0x8106: _tell_parameters,
    0x8107: _tell_attributes, 0x8201: _tell_place, 0x8202: _track, 0x8203: _confirm_alarm, 0x8204: _nothing,
    0x8300: _read_text, 0x8801: _shoot, 0x9003: _tell_video, 0x9101: _show, 0x9102: _show, 0x9105: _nothing,
    0x9205: _tell_recordings,
}  # fmt: skip
