from __future__ import annotations

import asyncio
import json

import psycopg
import pytest

from district.edges.live.fan_out import QUEUE_LENGTH, FanOut, Reader
from district.kernel import home


def notice(topic: str, number: int = 0) -> str:
    return json.dumps({"topic": topic, "data": {"n": number}})


def drained(reader: Reader) -> list[str]:
    return [reader.waiting.get_nowait() for _ in range(reader.waiting.qsize())]


def test_a_notice_reaches_the_readers_of_its_topic_and_no_others():
    house = FanOut()
    both, one = house.join(["a", "b"]), house.join(["b"])

    house.tell(notice("a"))
    house.tell(notice("b"))

    assert drained(both) == [notice("a"), notice("b")]
    assert drained(one) == [notice("b")]
    assert house.count == 2


def test_who_has_left_is_forgotten():
    house = FanOut()
    reader = house.join(["a", "b"])
    house.leave(reader)
    house.leave(reader)

    house.tell(notice("a"))
    assert (house.count, house.readers, drained(reader)) == (0, {}, [])


def test_a_reader_that_cannot_keep_up_loses_notices_and_knows_it_while_others_get_all():
    house = FanOut()
    slow, quick = house.join(["a"]), house.join(["a"])

    got = []
    for number in range(QUEUE_LENGTH + 5):
        house.tell(notice("a", number))
        got += drained(quick)

    assert got == [notice("a", number) for number in range(QUEUE_LENGTH + 5)]
    assert not quick.has_missed
    assert slow.has_missed
    assert len(drained(slow)) == QUEUE_LENGTH


@pytest.mark.parametrize("payload", ["", "no json", "[]", "3", "{}", '{"data": 1}'])
def test_what_is_no_notice_is_dropped(payload: str):
    house = FanOut()
    reader = house.join(["a"])
    house.tell(payload)
    assert (house.heard, drained(reader)) == (0, [])


def test_it_hears_the_database_and_comes_back_when_its_connection_is_cut():
    async def scene() -> list[bool]:
        house = FanOut()
        house.start()
        reader = house.join(["a"])
        await until(lambda: house.is_listening)
        say("SELECT pg_notify('live', %s)", notice("a", 1))
        assert await asyncio.wait_for(reader.waiting.get(), 10) == notice("a", 1)
        say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s", "LISTEN live")
        await until(lambda: not house.is_listening)
        await until(lambda: house.is_listening)
        missed = reader.has_missed
        say("SELECT pg_notify('live', %s)", notice("a", 2))
        back = await asyncio.wait_for(reader.waiting.get(), 10) == notice("a", 2)
        await house.stop()
        return [missed, back]

    assert asyncio.run(scene()) == [True, True]


def say(sql: str, parameter: str) -> None:
    with psycopg.connect(home.database_url(), autocommit=True) as connection:
        connection.execute(sql, [parameter])


async def until(is_so) -> None:
    for _ in range(1000):
        if is_so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")
