"""Messages sent in numbered packets (PNUM, PNO), put together again in any order. HJ 212-2017 section 6.3 and Annex C.

Every packet has a number of its own and is answered by itself, and repeats its DataTime: a receiver may store each at
once. Putting together tells whether all have come, and gives texts and records that need to be whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .message import Message

Key = tuple[str, str, str, int]


@dataclass(slots=True)
class _Group:
    begun_at: float
    size: int = 0
    packets: dict[int, Message] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Packets given up: those that came, and the numbers of those that did not."""

    packets: tuple[Message, ...]
    missing: tuple[int, ...]


class Reassembler:
    """Bounded in groups, bytes and seconds; times are passed in, in seconds of any steady clock."""

    def __init__(self, most_groups: int = 256, most_bytes: int = 1 << 20, lifetime_s: float = 120.0) -> None:
        self._groups: dict[Key, _Group] = {}
        self._most_groups = most_groups
        self._most_bytes = most_bytes
        self._lifetime_s = lifetime_s
        self._bytes = 0

    @property
    def held_bytes(self) -> int:
        return self._bytes

    def __len__(self) -> int:
        return len(self._groups)

    def add(self, message: Message, now_s: float) -> Message | None:
        """The whole message if this packet completes it, at once for one that is not split; None while some are missing.

        A packet that comes again replaces its earlier self.
        """
        if message.pnum is None or message.pno is None or message.pnum == 1:
            return message
        key = (message.mn, message.cn, message.cp_field("DataTime") or "", message.pnum)
        group = self._groups.setdefault(key, _Group(now_s))
        before = group.packets.get(message.pno)
        growth = len(message.raw) - (len(before.raw) if before else 0)
        group.packets[message.pno] = message
        group.size += growth
        self._bytes += growth
        if len(group.packets) < message.pnum:
            return None
        self._forget(key)
        return merged([group.packets[number] for number in sorted(group.packets)])

    def overdue(self, now_s: float) -> list[Incomplete]:
        """Takes out and gives the groups that are too old, and the oldest ones beyond the bounds. Call it now and then."""
        given_up = []
        for key in sorted(self._groups, key=lambda each: self._groups[each].begun_at):
            group = self._groups[key]
            is_old = now_s - group.begun_at >= self._lifetime_s
            if not is_old and len(self._groups) <= self._most_groups and self._bytes <= self._most_bytes:
                break
            self._forget(key)
            missing = tuple(number for number in range(1, key[3] + 1) if number not in group.packets)
            given_up.append(Incomplete(tuple(group.packets[number] for number in sorted(group.packets)), missing))
        return given_up

    def _forget(self, key: Key) -> None:
        self._bytes -= self._groups.pop(key).size


def merged(packets: Sequence[Message]) -> Message:
    """One message out of the packets of one, in their order: header of the first, data areas joined."""
    in_order = sorted(packets, key=lambda each: each.pno or 0)
    cp: dict[str, str] = {}
    factors: dict[str, dict[str, str]] = {}
    for packet in in_order:
        for name, value in packet.cp.items():
            cp.setdefault(name, value)
        for code, attributes in packet.factors.items():
            factors.setdefault(code, {}).update(attributes)
    warnings = tuple(dict.fromkeys(each for packet in in_order for each in packet.warnings))
    raw = b"".join(packet.raw for packet in in_order)
    return replace(in_order[0], cp=cp, factors=factors, warnings=warnings, pnum=None, pno=None, raw=raw)
