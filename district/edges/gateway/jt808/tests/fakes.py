"""A gateway without sockets and database, and a terminal that speaks to it: decoding alone."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any

from district.edges.gateway.directory import Directory, Known, SeriesRows, Snapshot
from district.edges.gateway.group import Group, Places
from district.edges.gateway.jt808 import Jt808
from district.edges.gateway.limits import Limits
from district.edges.gateway.tallies import Tallies
from district.kernel.clock import CHINA
from district.protocols.jt808 import V2013, V2019, Framer, Header, Message, decode, encode
from district.protocols.jt808.scanner import Scanner
from district.systems.transit import intake

NOW = datetime(2026, 3, 10, 12, tzinfo=CHINA)
CODE = "019900000001"
AUTH = "0123456789abcdef"


def intake_of(system: str) -> ModuleType | None:
    return intake if system == "transit" else None


def bus(id: int = 1, code: str = CODE, **changes: Any) -> Known:
    given: dict[str, Any] = {
        "name": code, "kind": "bus", "protocol": "jt808", "password": AUTH.encode(), "cipher_key": None,
        "system": "transit", "status": "active", "interval_s": 10, "units": {},
    } | changes  # fmt: skip
    return Known(id=id, code=code, **given)


class FakeGateway:
    """What a link and the dialect ask of the gateway."""

    def __init__(self, devices: list[Known], engine: str | None = None) -> None:
        self.directory = Directory()
        self.learn(devices)
        self.tallies = Tallies(NOW)
        self.link_of: dict[int, Any] = {}
        self.dialect = Jt808(self.directory, Limits(), intake_of)
        self.dialect.scanner = Scanner(engine)
        self.number = 0

    def learn(self, devices: list[Known]) -> None:
        """The register as the database has it now."""
        self.directory.apply(Snapshot(devices, SeriesRows.of([])))

    def meets(self, link: Any, known: Known) -> None:
        link.devices[known.id] = known
        self.link_of[known.id] = link

    def leaves(self, link: Any, known: Known) -> None:
        link.devices.pop(known.id, None)
        self.link_of.pop(known.id, None)

    def keeps(self, refusal: Any, link: Any) -> bool:
        return True

    def link(self) -> Any:
        return SimpleNamespace(
            gateway=self, devices={}, has_spoken=False, wrong_passwords=0, port=8808, remote="10.0.0.1:1", talk=None
        )

    def read(self, link: Any, data: bytes, received_at: datetime = NOW) -> Group:
        self.number += 1
        group = Group(self.number, "jt808", received_at)
        self.dialect.read(group, [link], [data])
        return group


class Terminal:
    """One terminal on one connection of a fake gateway."""

    def __init__(self, gateway: FakeGateway, version: int = V2013, phone: str = CODE) -> None:
        self.gateway = gateway
        self.version = version
        self.phone = phone.zfill(20 if version == V2019 else 12)
        self.link = gateway.link()
        self.serial = 0
        self.group: Group | None = None

    def frames(self, message_id: int, body: bytes = b"") -> list[bytes]:
        header = Header(message_id, self.version, self.phone, self.serial, 0, protocol_version=int(self.version == V2019))
        made = encode.frames_of(header, body)
        self.serial = (self.serial + len(made)) % 65536
        return made

    def sends(self, *frames: bytes, received_at: datetime = NOW) -> list[Message]:
        """The answers."""
        self.group = self.gateway.read(self.link, b"".join(frames), received_at)
        return [decode(piece) for _, data in self.group.replies for piece in Framer().feed(data)]

    def says(self, message_id: int, body: bytes = b"", **more: Any) -> Message:
        (answer,) = self.sends(*self.frames(message_id, body), **more)
        return answer

    def authenticates(self, code: str = AUTH) -> int:
        answer = self.says(0x0102, encode.authentication(self.version, code))
        assert answer.body is not None
        result: int = answer.body["result"]
        return result

    @property
    def places(self) -> Places:
        assert self.group is not None
        return self.group.places


def place(at: datetime = NOW, **changes: Any) -> bytes:
    """The body of a 0x0200."""
    given: dict[str, Any] = {
        "alarm": 0, "status": 3, "latitude": 36.8, "longitude": 117.85, "altitude": 40, "speed_kmh": 33.3, "direction": 90,
        "time": at.strftime("%y%m%d%H%M%S"), "items": [(0x01, struct.pack(">I", 1234)), (0xE1, struct.pack(">H", 23))],
    } | changes  # fmt: skip
    return encode.position(**given)


def earlier(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)
