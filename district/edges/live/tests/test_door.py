"""The door itself, spoken to in ASGI: no server, no sockets."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from district.edges.live import door, readers
from district.edges.live.fan_out import FanOut
from district.kernel import clock
from district.kernel.ui.live import topic
from district.testing.people import account

topic("live.test.staff", roles=("staff",))
topic("live.test.public", roles=("public",))

pytestmark = pytest.mark.django_db
WEB = f"http://127.0.0.1:{door.ports.web_port()}"


@pytest.fixture(autouse=True)
def same_connection(monkeypatch):
    """The check of the session uses the connection of the test: a coroutine would open one of its own, and see nothing."""
    of_this_test = connections["default"]

    async def heard(session_key, topics):
        connections["default"] = of_this_test
        return readers._topics_heard(session_key, tuple(topics))

    monkeypatch.setattr(door, "topics_heard", heard)
    monkeypatch.setattr(door, "fan_out", FanOut())
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class Visit:
    """One request; after `pieces` pieces of the body the reader hangs up."""

    def __init__(self, query: str, *, session: str = "", origin: str = "", pieces: int = 1) -> None:
        headers = [(b"host", f"127.0.0.1:{door.ports.live_port()}".encode())]
        if session:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()))
        if origin:
            headers.append((b"origin", origin.encode()))
        path = "/health" if query == "health" else "/live"
        self.scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "scheme": "http",
                      "query_string": query.encode(), "headers": headers, "http_version": "1.1", "root_path": "",
                      "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2), "asgi": {"version": "3.0"}}
        self.pieces = pieces
        self.body: list[str] = []
        self.status = 0
        self.headers: dict[str, str] = {}
        self.gone = asyncio.Event()

    async def receive(self) -> dict:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, sent: dict) -> None:
        if sent["type"] == "http.response.start":
            self.status = sent["status"]
            self.headers = {key.decode(): value.decode() for key, value in sent["headers"]}
        elif sent.get("body"):
            self.body.append(sent["body"].decode())
            if len(self.body) >= self.pieces:
                self.gone.set()

    async def run(self, *payloads: str) -> Visit:
        async def tell() -> None:
            while not door.fan_out.count:
                await asyncio.sleep(0.005)
            for payload in payloads:
                door.fan_out.tell(payload)

        told = asyncio.create_task(tell())
        await asyncio.wait_for(door.application(self.scope, self.receive, self.send), 15)
        told.cancel()
        return self


def visit(query: str, *payloads: str, **options) -> Visit:
    async def scene() -> Visit:
        return await Visit(query, **options).run(*payloads)

    return asyncio.run(scene())


def session_of(who) -> str:
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_stranger_hears_public_topics_only():
    assert visit("topics=live.test.staff").status == 403
    assert visit("topics=live.test.public").status == 200


def test_a_member_of_staff_hears_what_the_duty_allows():
    payload = '{"topic": "live.test.staff", "data": {"n": 1}}'

    got = visit("topics=live.test.staff,nix", payload, session=session_of(account("kernel.operator")), pieces=3)

    assert got.headers["content-type"].startswith("text/event-stream")
    assert got.body[0].startswith("retry:")
    assert got.body[1] == 'event: refused\ndata: ["nix"]\n\n'
    assert got.body[2] == f"data: {payload}\n\n"


def test_without_a_duty_nothing_of_staff_is_heard():
    assert visit("topics=live.test.staff", session=session_of(account())).status == 403


def test_a_session_left_alone_too_long_hears_nothing():
    session = session_of(account("kernel.operator"))
    with clock.stopped_at(clock.now() + settings.SESSION_IDLE + timedelta(minutes=1)):
        assert visit("topics=live.test.staff", session=session).status == 403


def test_a_made_up_session_hears_nothing():
    assert visit("topics=live.test.staff", session="x" * 32).status == 403


def test_a_stream_ends_with_the_duty_that_allowed_it(monkeypatch):
    who = account("kernel.operator")
    monkeypatch.setattr(door, "CHECK_AGAIN_S", 0.0)
    monkeypatch.setattr(door, "HEARTBEAT_S", 0.01)
    session = session_of(who)
    who.duties.all().delete()

    heard_once = iter([frozenset({"live.test.staff"}), frozenset()])

    async def heard(session_key, topics):
        return next(heard_once)

    monkeypatch.setattr(door, "topics_heard", heard)
    got = visit("topics=live.test.staff", session=session, pieces=99)
    assert got.status == 200
    assert got.body[1:] == [": alive\n\n"]
    assert door.fan_out.count == 0


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null", "http://127.0.0.1.evil.example"])
def test_pages_of_others_are_not_let_in(origin: str):
    got = visit("topics=live.test.public", origin=origin)
    assert got.status == 403
    assert "access-control-allow-origin" not in got.headers


def test_our_own_page_may_bring_its_cookie():
    got = visit("topics=live.test.public", origin=WEB)
    assert got.headers["access-control-allow-origin"] == WEB
    assert got.headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize("query", ["", "topics=", "topics=" + ",".join(map(str, range(51)))])
def test_no_topics_or_too_many_are_refused(query: str):
    assert visit(query).status == 400


def test_a_full_house_says_so(monkeypatch):
    monkeypatch.setattr(door, "MOST_READERS", 0)
    assert visit("topics=live.test.public").status == 503


def test_losses_are_told_once_the_rest_is_out():
    async def scene() -> list[bytes]:
        reader = door.fan_out.join(["live.test.public"])
        reader.offer("{}")
        reader.has_missed = True
        return [await door._next(reader), await door._next(reader)]

    assert asyncio.run(scene()) == [b"data: {}\n\n", b"event: missed\ndata: {}\n\n"]


def test_health_is_bad_while_the_database_is_not_heard():
    assert visit("health").status == 503
    door.fan_out.is_listening = True
    got = visit("health")
    assert got.status == 200
    assert json.loads(got.body[0])["status"] == "ok"
