"""Who has authenticated on a connection, and with what. JT/T 808-2013 clause 7.4: on every connection anew."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from district.protocols.jt808 import Header, Reassembler

if TYPE_CHECKING:
    from district.edges.gateway.directory import Directory, Known
    from district.edges.gateway.link import Link

PROTOCOL = "jt808"
SERIALS = 1 << 16
FRESH_S = 60.0
"""A code just given counts before the register is read anew."""


@dataclass(slots=True)
class Session:
    """A terminal on a connection. `begun` is (group, frame) of its authentication: what came before is not taken."""

    known: Known
    code: bytes
    header: Header
    begun: tuple[int, int] = (0, -1)


@dataclass(slots=True)
class Asked:
    """A long message that waits: how many parts it has, since when, and how often the others have been asked for."""

    parts: int
    at_s: float
    times: int = 0


@dataclass(slots=True)
class Talk:
    """What the dialect keeps of one connection. Sessions by the phone's bytes; `serial` of our next message."""

    sessions: dict[bytes, Session] = field(default_factory=dict)
    parts: Reassembler = field(default_factory=Reassembler)
    asked: dict[tuple[str, int, int], Asked] = field(default_factory=dict)
    serial: int = 0

    def next_serial(self, count: int = 1) -> int:
        """The serial of the next message; room for so many."""
        serial, self.serial = self.serial, (self.serial + count) % SERIALS
        return serial


def talk_of(link: Link) -> Talk:
    """The state of a connection, made at its first use."""
    if link.talk is None:
        link.talk = Talk()
    talk: Talk = link.talk
    return talk


class Register:
    """The terminals that may report, by their number without the zeros in front: versions pad it to other widths."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._source: object = None
        self._by_number: dict[str, Known] = {}
        self._fresh: dict[int, tuple[bytes, float]] = {}

    def find(self, phone: str) -> Known | None:
        """The device of a terminal's number as sent."""
        if self._source is not self.directory.by_code:
            self._source = self.directory.by_code
            self._by_number = {
                known.code.lstrip("0"): known
                for known in self.directory.by_code.values()
                if known.protocol == PROTOCOL
            }
        exact = self.directory.device(phone)
        return (
            exact
            if exact is not None and exact.protocol == PROTOCOL
            else self._by_number.get(phone.lstrip("0"))
        )

    def code_of(self, known: Known) -> bytes:
        """The authentication code that holds now, empty when there is none."""
        fresh = self._fresh.get(known.id)
        if fresh is not None:
            if time.monotonic() - fresh[1] < FRESH_S:
                return fresh[0]
            del self._fresh[known.id]
        return known.password

    def give(self, known: Known, code: bytes) -> None:
        """A code that is being stored."""
        self._fresh[known.id] = code, time.monotonic()
