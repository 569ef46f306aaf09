"""Questions whose answers come in MESSAGEs of their own, in parts, found by their serial number. GB/T 28181-2016 9.5, 9.7."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from district.edges.gateway.gb28181.registrations import Registration
from district.protocols.gb28181 import Body, Collector

if TYPE_CHECKING:
    from district.edges.gateway.gb28181.door import SipDoor

LONGEST_S = 120.0
MOST_ITEMS = 200_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a question. `trouble` is empty when all of it has come: not_sent, no_answer, refused_NNN, partial."""

    collector: Collector
    trouble: str
    last: Body | None

    @property
    def is_whole(self) -> bool:
        return not self.trouble


class Queries:
    def __init__(self, door: SipDoor) -> None:
        self.door = door
        self._waiting: dict[tuple[int, str, str], asyncio.Queue[Body]] = {}

    def heard(self, registration: Registration, body: Body) -> bool:
        """Hands a Response to whoever asked; False for one nobody waits for."""
        queue = self._waiting.get((registration.known.id, body.command, body.serial))
        if queue is None:
            return False
        queue.put_nowait(body)
        return True

    async def ask(
        self, registration: Registration, command: str, target: str = "", **conditions: object
    ) -> Reply:
        """Asks, and collects until all has come or the device has been quiet for too long."""
        client, settings = self.door.client, self.door.settings
        serial = str(client.next_serial())
        target = target or registration.known.code
        key = (registration.known.id, command, serial)
        queue: asyncio.Queue[Body] = asyncio.Queue()
        self._waiting[key] = queue
        collector = Collector(serial)
        try:
            said = await client.tell(registration, client.query(command, int(serial), target, **conditions))
            if said is None and queue.empty():
                return Reply(collector, "no_answer", None)
            if said is not None and said.status >= 300:
                return Reply(collector, f"refused_{said.status}", None)
            return await self._collect(queue, collector, settings.catalogue_quiet_s)
        finally:
            del self._waiting[key]

    async def _collect(self, queue: asyncio.Queue[Body], collector: Collector, quiet_s: float) -> Reply:
        loop = asyncio.get_running_loop()
        deadline, last = loop.time() + LONGEST_S, None
        while loop.time() < deadline and len(collector.items) < MOST_ITEMS:
            try:
                last = await asyncio.wait_for(queue.get(), quiet_s)
            except TimeoutError:
                break
            if collector.add(last):
                return Reply(collector, "", last)
        return Reply(collector, "partial" if last is not None else "no_answer", last)
