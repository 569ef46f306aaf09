"""Streams that many read alike (`district.kernel.ui.shared_stream`): one room for each question, however many stand in it.

`GET /stream/<system>/<name>?…` → the answer at once, then whenever it has changed; `: alive` in between.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import close_old_connections, connection
from django.utils import translation
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from district.edges.live.fan_out import FanOut, Reader
from district.edges.live.readers import in_django
from district.kernel import registry
from district.kernel.ui.shared_stream import BadRequest, SharedStream

HEARTBEAT_S = 15.0
MOST_ROOMS = 2_000
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Room:
    """Those who wait for one answer. `payload`: the newest; `number` counts them."""

    stream: SharedStream
    key: Hashable
    payload: bytes = b""
    number: int = 0
    people: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    task: asyncio.Task[None] | None = None


class Rooms:
    """All rooms of a door."""

    def __init__(self, fan_out: FanOut, find: Callable[[str, str], SharedStream | None] | None = None) -> None:
        self.fan_out = fan_out
        self.find = find or stream_named
        self.rooms: dict[tuple[str, str, Hashable], Room] = {}

    @property
    def count(self) -> int:
        """How many read."""
        return sum(room.people for room in self.rooms.values())

    async def serve(self, request: Request) -> Response:
        """400 for a question that cannot be answered, 404 for an unknown stream, 503 when there are too many questions."""
        system, name = request.path_params["system"], request.path_params["name"]
        stream = self.find(system, name)
        if stream is None:
            return JSONResponse({"error": "not_found", "detail": f"没有 {system}/{name} 这个推送"}, 404, OPEN_TO_ALL)
        try:
            key = await in_django(_asked, stream, dict(request.query_params))
        except BadRequest as error:
            return JSONResponse({"error": "bad_request", "detail": str(error)}, 400, OPEN_TO_ALL)
        place = (system, name, key)
        if place not in self.rooms and len(self.rooms) >= MOST_ROOMS:
            return JSONResponse({"error": "full", "detail": "推送的内容已满"}, 503, OPEN_TO_ALL)
        return StreamingResponse(self._pieces(place, stream), media_type="text/event-stream", headers=OPEN_TO_ALL)

    async def _pieces(self, place: tuple[str, str, Hashable], stream: SharedStream) -> AsyncIterator[bytes]:
        room = self._entered(place, stream)
        seen = 0
        try:
            yield b"retry: 5000\n\n"
            while True:
                if room.number > seen:
                    seen = room.number
                    yield b"data: " + room.payload + b"\n\n"
                elif not await _next(room, seen):
                    yield b": alive\n\n"
        finally:
            self._left(place, room)

    def _entered(self, place: tuple[str, str, Hashable], stream: SharedStream) -> Room:
        room = self.rooms.get(place)
        if room is None:
            room = self.rooms[place] = Room(stream, place[2])
            room.task = asyncio.create_task(self._keep(room))
        room.people += 1
        return room

    def _left(self, place: tuple[str, str, Hashable], room: Room) -> None:
        room.people -= 1
        if room.people == 0 and self.rooms.get(place) is room:
            del self.rooms[place]
            if room.task is not None:
                room.task.cancel()

    async def _keep(self, room: Room) -> None:
        """Makes the answer anew as long as anybody stands in the room."""
        reader = self.fan_out.join(room.stream.topics)
        last: Any = None
        try:
            while True:
                try:
                    made = await in_django(_made, room.stream, room.key)
                except Exception:
                    # The database is away: who waits keeps what there was, and it is tried again.
                    log.exception("live: %s cannot be made", room.key)
                else:
                    told = {name: value for name, value in made.items() if name not in room.stream.apart}
                    if told != last:
                        last = told
                        await _tell(room, orjson.dumps(made, default=str))
                await asyncio.sleep(room.stream.least_s)
                try:
                    await _reason(reader, room)
                except Exception:
                    log.exception("live: what was told cannot be judged for %s", room.key)
        finally:
            self.fan_out.leave(reader)


async def _tell(room: Room, payload: bytes) -> None:
    async with room.changed:
        room.payload, room.number = payload, room.number + 1
        room.changed.notify_all()


async def _next(room: Room, seen: int) -> bool:
    """Whether a newer answer came before the next sign of life is due."""
    async with room.changed:
        try:
            await asyncio.wait_for(room.changed.wait_for(lambda: room.number > seen), HEARTBEAT_S)
        except TimeoutError:
            return False
        return True


async def _reason(reader: Reader, room: Room) -> None:
    """Until something that concerns the question was told, or it is time anyway."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(room.stream.most_s):
            while True:
                payload = await reader.waiting.get()
                if reader.has_missed or room.stream.concerns(room.key, orjson.loads(payload).get("data") or {}):
                    break
    reader.has_missed = False
    while not reader.waiting.empty():
        reader.waiting.get_nowait()


def stream_named(system: str, name: str) -> SharedStream | None:
    known = next((each for each in registry.systems() if each.name == system), None)
    module = registry.role_file(known, "streams") if known is not None else None
    streams: Mapping[str, SharedStream] = getattr(module, "STREAMS", {})
    return streams.get(name)


def _asked(stream: SharedStream, query: Mapping[str, str]) -> Hashable:
    _fresh()
    return stream.key(query)


def _made(stream: SharedStream, key: Hashable) -> dict[str, Any]:
    _fresh()
    with translation.override("zh-hans"):
        return stream.make(key)


def _fresh() -> None:
    if not connection.in_atomic_block:  # a test holds its own connection
        close_old_connections()
