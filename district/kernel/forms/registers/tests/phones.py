"""Phones that fill in forms without a network, and a server that gets what they send in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from district.kernel.forms.registers import merging
from district.kernel.forms.registers.merging import Write

ITEMS = ("name", "wage", "roof")
START = datetime(2020, 9, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """What somebody typed over what he saw."""

    key: str
    item: str
    before: str
    value: str


@dataclass
class Server:
    """Takes each write once and counts them."""

    writes: list[Write] = field(default_factory=list)

    def take(self, write: Write) -> None:
        if all(known.key != write.key for known in self.writes):
            number = len(self.writes) + 1
            self.writes.append(
                Write(write.key, number, write.at, write.values, write.trunk, write.branch, write.step)
            )

    @property
    def state(self) -> merging.State:
        return merging.merge(self.writes)


@dataclass
class Phone:
    """`screen` is what its user sees: the copy of the server's record with his own entries on it."""

    name: str
    trunk: int = 0
    screen: dict[str, str] = field(default_factory=dict)
    branch: str = ""
    steps: int = 0
    made: int = 0
    outbox: list[Write] = field(default_factory=list)

    def fetch(self, server: Server) -> None:
        self.trunk = len(server.writes)
        self.screen = merging.shown(server.state)
        self.made += 1
        self.branch, self.steps = f"{self.name}-{self.made}", 0

    def fill(
        self, changes: Mapping[str, str], at: datetime, asked: Sequence[str] = ITEMS
    ) -> tuple[Entry, ...]:
        """Sends a form back: what it asks for, changed or as it was shown."""
        self.made += 1
        self.steps += 1
        key = f"{self.name}{self.made}"
        entries = tuple(
            Entry(key, item, self.screen.get(item, ""), value)
            for item, value in changes.items()
            if item in asked and self.screen.get(item, "") != value
        )
        self.screen |= {item: value for item, value in changes.items() if item in asked}
        values = {item: self.screen[item] for item in asked if item in self.screen}
        self.outbox.append(Write(key, 0, at, values, self.trunk, self.branch, self.trunk + self.steps))
        return entries


def begun() -> tuple[Server, list[Phone]]:
    """A record made by an office and fetched by three phones, whose clocks are wrong by minutes."""
    server = Server()
    server.take(Write("create", 0, START, dict.fromkeys(ITEMS, "0")))
    phones = [Phone("a"), Phone("b"), Phone("c")]
    for phone in phones:
        phone.fetch(server)
    return server, phones


def at(day: int, minutes: int) -> datetime:
    return START + timedelta(days=day, minutes=minutes)
