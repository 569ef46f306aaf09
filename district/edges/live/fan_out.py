"""One LISTEN connection, any number of readers. A reader that cannot keep up loses notices, and is told so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import orjson
import psycopg

from district.kernel import home

CHANNEL = "live"
QUEUE_LENGTH = 100
LONGEST_PAUSE_S = 10.0

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Reader:
    """One open page: its topics, and what it has not been sent yet."""

    topics: frozenset[str]
    waiting: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    has_missed: bool = False

    def offer(self, payload: str) -> None:
        try:
            self.waiting.put_nowait(payload)
        except asyncio.QueueFull:
            self.has_missed = True


class FanOut:
    """Hears `NOTIFY live` and hands each notice to the readers of its topic."""

    def __init__(self) -> None:
        self.readers: dict[str, set[Reader]] = {}
        self.is_listening = False
        self.heard = 0
        self._task: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        """How many pages are open."""
        return len(set().union(*self.readers.values())) if self.readers else 0

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def join(self, topics: Iterable[str]) -> Reader:
        reader = Reader(frozenset(topics))
        for topic in reader.topics:
            self.readers.setdefault(topic, set()).add(reader)
        return reader

    def leave(self, reader: Reader) -> None:
        for topic in reader.topics:
            joined = self.readers.get(topic, set())
            joined.discard(reader)
            if not joined:
                self.readers.pop(topic, None)

    def tell(self, payload: str) -> None:
        """Passes one notice on. A payload that is no notice is logged and dropped."""
        try:
            topic = orjson.loads(payload)["topic"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            log.warning("live: not a notice: %.200s", payload)
            return
        self.heard += 1
        for reader in self.readers.get(topic, ()):
            reader.offer(payload)

    async def _listen_for_ever(self) -> None:
        pause = 0.2
        while True:
            try:
                async for payload in _notices():
                    if payload is None:
                        self._back_again()
                        pause = 0.2
                    else:
                        self.tell(payload)
            except psycopg.Error as error:
                log.warning("live: the database is away: %s", str(error).splitlines()[0] if str(error) else error)
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _back_again(self) -> None:
        """Whatever was told while the database was away has been missed by everybody."""
        if self.heard:
            for reader in set().union(*self.readers.values()) if self.readers else set():
                reader.has_missed = True
        self.is_listening = True


async def _notices() -> AsyncIterator[str | None]:
    """None once it listens, then the payload of every notice."""
    connection = await psycopg.AsyncConnection.connect(home.database_url(), autocommit=True)
    async with connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        yield None
        async for notice in connection.notifies():
            yield notice.payload
