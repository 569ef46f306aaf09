"""Streams many read alike: made once for all, anew when something that concerns them was told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import Request

from district.edges.live import shared
from district.edges.live.fan_out import FanOut
from district.edges.live.shared import Rooms
from district.kernel.ui.shared_stream import BadRequest, SharedStream


class Counted:
    """Answers questions by counting how often each was asked."""

    def __init__(self) -> None:
        self.made: dict[Any, int] = {}
        self.is_away = False

    def key(self, query: Any) -> str:
        if "of" not in query:
            raise BadRequest("of 缺少")
        return query["of"]

    def make(self, key: str) -> dict[str, Any]:
        if self.is_away:
            raise OSError("away")
        self.made[key] = self.made.get(key, 0) + 1
        return {"of": key, "n": self.made[key]}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    async def here(call: Callable[..., Any], *arguments: Any) -> Any:
        return call(*arguments)

    monkeypatch.setattr(shared, "in_django", here)
    monkeypatch.setattr(shared, "_fresh", lambda: None)
    return Counted()


def rooms_of(counted: Counted, **options: Any) -> Rooms:
    stream = SharedStream(("t",), counted.key, counted.make, lambda key, data: data.get("of") in (None, key),
                          least_s=0.0, **{"most_s": 60.0, **options})  # fmt: skip
    return Rooms(FanOut(), lambda system, name: stream if name == "known" else None)


def request(query: str, name: str = "known") -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": [],
                    "path_params": {"system": "s", "name": name}})  # fmt: skip


async def pieces(rooms: Rooms, query: str) -> Any:
    answer: Any = await rooms.serve(request(query))
    return answer.body_iterator


async def data_of(stream: Any) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while True:
            piece = await anext(stream)
            if piece.startswith(b"data: "):
                return json.loads(piece[6:])


def run(act: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(act())  # type: ignore[arg-type]


def test_a_hundred_readers_cost_one_answer(counted: Counted):
    async def act() -> None:
        rooms = rooms_of(counted)
        streams = [await pieces(rooms, "of=a") for _ in range(100)]
        assert {(await data_of(stream))["n"] for stream in streams} == {1}
        assert rooms.count == 100
        rooms.fan_out.tell('{"topic": "t", "data": {"of": "a"}}')
        assert {(await data_of(stream))["n"] for stream in streams} == {2}
        assert counted.made == {"a": 2}
        for stream in streams:
            await stream.aclose()
        assert (rooms.count, rooms.rooms) == (0, {})

    run(act)


def test_what_concerns_others_is_not_made_anew(counted: Counted):
    async def act() -> None:
        rooms = rooms_of(counted)
        one, other = await pieces(rooms, "of=a"), await pieces(rooms, "of=b")
        await data_of(one)
        await data_of(other)
        rooms.fan_out.tell('{"topic": "t", "data": {"of": "b"}}')
        assert (await data_of(other))["n"] == 2
        assert counted.made == {"a": 1, "b": 2}
        await one.aclose()
        await other.aclose()

    run(act)


def test_what_is_the_same_is_not_sent_again(counted: Counted):
    async def act() -> None:
        rooms = rooms_of(counted, apart=("n",), most_s=0.01)
        stream = await pieces(rooms, "of=a")
        assert (await data_of(stream))["n"] == 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(data_of(stream), 0.2)
        assert counted.made["a"] > 2

    run(act)


def test_while_it_cannot_be_made_readers_wait_and_get_it_later(counted: Counted):
    async def act() -> None:
        rooms = rooms_of(counted, most_s=0.01)
        counted.is_away = True
        stream = await pieces(rooms, "of=a")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(data_of(stream), 0.05)
        counted.is_away = False
        again = await pieces(rooms, "of=a")
        assert (await data_of(again))["of"] == "a"
        await again.aclose()

    run(act)


def test_bad_and_unknown_questions_are_answered_at_once(counted: Counted):
    async def act() -> None:
        rooms = rooms_of(counted)
        assert (await rooms.serve(request(""))).status_code == 400
        assert (await rooms.serve(request("of=a", "unknown"))).status_code == 404
        assert rooms.rooms == {}

    run(act)
