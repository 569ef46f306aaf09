"""The stream of changes, spoken to as an iterator: no server, no sockets."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client as Browser

from district.edges.live import changes
from district.edges.live.fan_out import FanOut
from district.kernel.feeds.changes import RowChange, note, topic_of
from district.kernel.grants.actions import add_client
from district.kernel.grants.models import Grant, Use
from district.kernel.grants.tests import shared_rows
from district.testing.people import organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    of_this_test = connections["default"]

    async def inline(call: Any, *arguments: Any) -> Any:
        connections["default"] = of_this_test
        return call(*arguments)

    monkeypatch.setattr(changes, "in_django", inline)
    monkeypatch.setattr(changes, "_fresh", lambda: None)
    monkeypatch.setattr(changes, "LOOK_AGAIN_S", 0.05)
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def grant() -> Grant:
    asker = organisation("asker", name="使用局")
    return shared_rows.grant(shared_rows.resource(), asker, items=["id", "name", "town"], divisions=["370306001"])


@pytest.fixture
def token(grant: Grant) -> str:
    client, secret = add_client("业务系统", grant.grantee, None)
    asked = {"client_id": client.application.client_id, "client_secret": secret}
    answer = Browser().post("/oauth/token", {"grant_type": "client_credentials", **asked})
    return str(answer.json()["access_token"])


def request(token: str, **headers: str) -> Any:
    return SimpleNamespace(
        headers={"authorization": f"Bearer {token}", **headers}, client=SimpleNamespace(host="127.0.0.1"),
        path_params={"resource": "owner.people"}, query_params={},
    )  # fmt: skip


def tell(grant: Grant, number: int, town: str = "370306001001") -> None:
    note(grant.resource, [RowChange(str(number), {"id": number, "name": "测试人甲", "town": town})])


def test_a_program_hears_what_its_grant_shows_and_that_it_has_ended(grant: Grant, token: str):
    async def scene() -> list[bytes]:
        fan_out = FanOut()
        answer = await changes.stream(request(token), fan_out)
        pieces, heard = answer.body_iterator, []
        heard.append(await anext(pieces))
        heard.append(await anext(pieces))
        tell(grant, 1)
        tell(grant, 2, town="370306101001")
        fan_out.tell(json.dumps({"topic": topic_of(grant.resource_id), "data": {}}))
        heard.append(await anext(pieces))
        Grant.objects.update(state="withdrawn")
        heard.append(await anext(pieces))
        with pytest.raises(StopAsyncIteration):
            await anext(pieces)
        return heard

    retry, alive, change, ended = asyncio.run(scene())
    assert retry.startswith(b"retry")
    assert alive.startswith(b": alive")
    kind, data = change.decode().split("\n")[1:3]
    assert kind == "event: put"
    assert json.loads(data.removeprefix("data: "))["row"] == {"id": 1, "name": "测**甲", "town": "370306001001"}
    assert change.count(b"id: ") == 1
    assert b"event: ended" in ended
    assert list(Use.objects.values_list("channel", "rows")) == [("stream", 1)]


def test_who_comes_back_goes_on_after_the_last_it_heard(grant: Grant, token: str):
    for number in range(1, 4):
        tell(grant, number)

    async def scene(last: str) -> bytes:
        answer = await changes.stream(request(token, **{"last-event-id": last}), FanOut())
        pieces = answer.body_iterator
        await anext(pieces)
        return await anext(pieces)

    all_of_it = asyncio.run(scene("0"))
    first = all_of_it.split(b"\n")[0].removeprefix(b"id: ").decode()
    assert asyncio.run(scene(first)) == b"\n\n".join(all_of_it.split(b"\n\n")[1:])


def test_without_a_good_token_there_is_no_stream(grant: Grant):
    answer = asyncio.run(changes.stream(request("made-up"), FanOut()))
    assert (answer.status_code, json.loads(bytes(answer.body))["code"]) == (401, "token_invalid")
