"""What a broker sends is in the database before it is acknowledged, whoever is killed in between."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from itertools import count
from typing import Any

import pytest

from district.kernel import home
from district.kernel.connectors.models import SourceState, StreamMessage
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.streams import keeping
from district.kernel.connectors.streams.description import Wanted, wanted_of
from district.kernel.connectors.streams.jetstream import NatsBroker
from district.kernel.connectors.streams.listening import Broker, Listeners
from district.kernel.connectors.streams.mqtt import MqttBroker
from district.kernel.connectors.tests.delivered import source as made_source

_names = count(1)
# Without Django: it starts quickly.
TAKES_AND_DIES = """
import os, signal, sys
from district.kernel.connectors.streams.description import wanted_of
kind, port, topic, name = sys.argv[1:]
wanted = wanted_of(kind, {"host": "127.0.0.1", "port": port, "topic": topic, "name": name,
                          "user": "office" if kind == "mqtt" else ""}, 0)
if kind == "mqtt":
    from district.kernel.connectors.streams.mqtt import MqttBroker
    broker = MqttBroker(wanted)
else:
    from district.kernel.connectors.streams.jetstream import NatsBroker
    broker = NatsBroker(wanted, {})
broker.connect()
print("ready", flush=True)
while not broker.receive(50, 1):
    pass
print("took", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


class Stream:
    """A topic of one's own, and who writes to it."""

    def __init__(self, kind: str, port: int) -> None:
        self.kind, self.port, self.number = kind, port, next(_names)
        self.topic = f"office/{self.number}/readings" if kind == "mqtt" else f"office.{self.number}.readings"
        self.name = f"reader-{self.number}"
        if kind == "nats":
            self._with_nats(lambda stream: stream.add_stream(name=f"S{self.number}", subjects=[self.topic]))

    @property
    def settings(self) -> dict[str, Any]:
        user = {"user": "office"} if self.kind == "mqtt" else {}
        return {"host": "127.0.0.1", "port": self.port, "topic": self.topic, "name": self.name, **user}

    def broker(self, **more: Any) -> Broker:
        wanted = wanted_of(self.kind, {**self.settings, **more}, 0)
        return MqttBroker(wanted) if self.kind == "mqtt" else NatsBroker(wanted, {})

    def wanted(self, **more: Any) -> Wanted:
        return wanted_of(self.kind, {**self.settings, **more}, 0)

    def send(self, *payloads: bytes) -> None:
        if self.kind == "nats":
            for payload in payloads:
                self._with_nats(lambda stream, body=payload: stream.publish(self.topic, body))
            return
        import paho.mqtt.client as paho

        client = paho.Client(paho.CallbackAPIVersion.VERSION2, f"sender-{next(_names)}")
        client.username_pw_set("office", "")
        client.connect("127.0.0.1", self.port)
        client.loop_start()
        for payload in payloads:
            client.publish(self.topic, payload, qos=1).wait_for_publish(10)
        client.disconnect()
        client.loop_stop()

    def _with_nats(self, work: Any) -> None:
        import nats

        async def once() -> None:
            client = await nats.connect(f"nats://127.0.0.1:{self.port}")
            await work(client.jetstream())
            await client.close()

        asyncio.run(once())


@pytest.fixture(params=["mqtt", "nats"])
def stream(request: pytest.FixtureRequest) -> Stream:
    return Stream(request.param, request.getfixturevalue(f"{request.param}_port"))


def readings(first: int, last: int) -> list[bytes]:
    return [json.dumps({"no": number}).encode() for number in range(first, last + 1)]


def take(broker: Broker, source_id: int, wanted: Wanted, count: int, *, is_acknowledged: bool = True) -> int:
    """Receives until `count` have come, or more where a slow machine had some sent again; how many were new."""
    come = new = 0
    until = time.monotonic() + 15
    while come < count and time.monotonic() < until:
        messages = broker.receive(100, 0.3)
        come += len(messages)
        new += keeping.keep(source_id, messages, wanted) if messages else 0
        if is_acknowledged:
            broker.acknowledge()
    assert come >= count
    return new


def kept(source_id: int) -> list[int]:
    payloads = StreamMessage.objects.filter(source=source_id).order_by("pk").values_list("payload", flat=True)
    return sorted(json.loads(bytes(payload))["no"] for payload in payloads)


def drop(broker: Any) -> None:
    """The connection breaks, without a word to the other side."""
    if isinstance(broker, MqttBroker):
        broker._client.socket().close()
    else:
        broker.close()


@pytest.mark.django_db
def test_messages_come_while_we_listen_and_while_we_are_away(stream):
    of = made_source(kind=stream.kind)
    broker = stream.broker()
    broker.connect()
    stream.send(*readings(1, 10))
    assert take(broker, of.pk, stream.wanted(), 10) == 10
    broker.close()
    stream.send(*readings(11, 20))
    again = stream.broker()
    again.connect()
    assert take(again, of.pk, stream.wanted(), 10) == 10
    again.close()
    assert kept(of.pk) == list(range(1, 21))


@pytest.mark.django_db
def test_a_listener_that_is_killed_before_it_acknowledged_loses_nothing(stream):
    of = made_source(kind=stream.kind)
    known = stream.broker()
    known.connect()
    known.close()
    process = subprocess.Popen(
        [sys.executable, "-c", TAKES_AND_DIES, stream.kind, str(stream.port), stream.topic, stream.name],
        stdout=subprocess.PIPE, text=True, cwd=home.CHECKOUT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    stream.send(*readings(1, 5))
    assert process.stdout.readline() == "took\n"
    process.wait(10)
    process.stdout.close()
    broker = stream.broker()
    broker.connect()
    until = time.monotonic() + 20
    while len(kept(of.pk)) < 5 and time.monotonic() < until:
        if messages := broker.receive(100, 0.3):
            keeping.keep(of.pk, messages, stream.wanted())
        broker.acknowledge()
    broker.close()
    assert kept(of.pk) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_a_message_kept_but_not_acknowledged_is_known_when_it_comes_again(stream):
    of = made_source(kind=stream.kind)
    SourceState.objects.create(source=of)
    broker = stream.broker()
    broker.connect()
    stream.send(*readings(1, 5))
    assert take(broker, of.pk, stream.wanted(), 5, is_acknowledged=False) == 5
    drop(broker)
    again = stream.broker()
    again.connect()
    stream.send(*readings(6, 7))
    until = time.monotonic() + 15
    while SourceState.objects.get(source=of).received < 12 and time.monotonic() < until:
        if messages := again.receive(100, 0.3):
            keeping.keep(of.pk, messages, stream.wanted())
        again.acknowledge()
    again.close()
    assert kept(of.pk) == [1, 2, 3, 4, 5, 6, 7]
    assert SourceState.objects.get(source=of).repeated == 5


def test_a_broker_that_is_not_there_is_told(stream):
    broker = stream.broker(port=1)
    with pytest.raises(Refused) as refusal:
        broker.connect()
    assert (refusal.value.code, refusal.value.is_passing) == ("host_unreachable", True)
    broker.close()


def test_a_subject_no_stream_has_is_told(nats_port):
    broker = Stream("nats", nats_port).broker(topic="nobody.has.this")
    with pytest.raises(Refused) as refusal:
        broker.connect()
    assert refusal.value.code == "stream_missing"
    broker.close()


def test_brokers_of_this_machine_are_no_sources(stream, monkeypatch):
    monkeypatch.delenv("DISTRICT_ALLOWED_ADDRESSES")
    broker = stream.broker()
    with pytest.raises(Refused) as refusal:
        broker.connect()
    assert refusal.value.code == "address_forbidden"
    broker.close()


@pytest.mark.django_db(transaction=True)
def test_a_source_is_listened_to_by_one_as_long_as_it_is_active(stream):
    of = made_source(kind=stream.kind, settings=stream.settings)
    first, second = Listeners(), Listeners()
    try:
        assert first.look() == second.look() == 1
        until = time.monotonic() + 20
        while (
            not SourceState.objects.filter(source=of, is_connected=True).exists() and time.monotonic() < until
        ):
            time.sleep(0.05)
        stream.send(*readings(1, 3))
        while StreamMessage.objects.count() < 3 and time.monotonic() < until:
            time.sleep(0.05)
        assert kept(of.pk) == [1, 2, 3]
        assert SourceState.objects.get(source=of).received == 3
    finally:
        first.stop()
        second.stop()
    assert not SourceState.objects.get(source=of).is_connected
