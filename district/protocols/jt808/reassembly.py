"""Parts of a long message put together: clause 4.4.3 and 8.4. Bounded in memory and in time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from .message import FrameError, Header, Message

MOST_MESSAGES = 8
"""Unfinished long messages of one connection; the oldest is given up."""
MOST_BYTES = 4 * 1024 * 1024
"""Pictures and sounds of a terminal are smaller by far."""
SERIALS = 1 << 16

Key = tuple[str, int, int, int]


@dataclass(slots=True)
class Unfinished:
    """Parts that have come, index → body."""

    header: Header
    parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def missing(self) -> list[int]:
        return [index for index in range(1, self.header.total + 1) if index not in self.parts]

    @property
    def first_serial(self) -> int:
        return (self.header.serial - self.header.index + 1) % SERIALS


class Reassembler:
    """Takes the parts of one connection in any order; a part that comes twice changes nothing."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Key, Unfinished] = OrderedDict()

    def take(self, message: Message) -> tuple[Header, bytes] | None:
        """The whole message once its last part has come: its header (that of the last part to come) and body."""
        header = message.header
        key = (header.phone, header.message_id, (header.serial - header.index + 1) % SERIALS, header.total)
        unfinished = self._waiting.setdefault(key, Unfinished(header))
        unfinished.header = header
        unfinished.parts.setdefault(header.index, message.raw_body)
        self._keep_small()
        if key not in self._waiting or unfinished.missing:
            return None
        del self._waiting[key]
        body = b"".join(unfinished.parts[index] for index in range(1, header.total + 1))
        return replace(header, total=0, index=0, body_length=len(body)), body

    def unfinished(self) -> list[Unfinished]:
        """What still waits for parts: what a 0x8003 asks again for."""
        return list(self._waiting.values())

    @property
    def has_unfinished(self) -> bool:
        return bool(self._waiting)

    def give_up(self, unfinished: Unfinished) -> None:
        """Forgets the parts of a message that will not be whole any more."""
        header = unfinished.header
        self._waiting.pop((header.phone, header.message_id, unfinished.first_serial, header.total), None)

    def _keep_small(self) -> None:
        while len(self._waiting) > MOST_MESSAGES or self._bytes() > MOST_BYTES:
            self._waiting.popitem(last=False)

    def _bytes(self) -> int:
        return sum(len(part) for each in self._waiting.values() for part in each.parts.values())


def joined(messages: list[Message]) -> tuple[Header, bytes]:
    """All parts of one message, in any order. Raises FrameError `missing_packet`."""
    reassembler = Reassembler()
    for message in messages:
        whole = reassembler.take(message)
        if whole:
            return whole
    lacking = [f"{each.header.message_id:04X} 缺第 {'、'.join(map(str, each.missing[:20]))} 包"
               for each in reassembler.unfinished()]  # fmt: skip
    raise FrameError("missing_packet", "；".join(lacking) or "没有分包")
