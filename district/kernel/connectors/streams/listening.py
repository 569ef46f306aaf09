"""Threads that listen to brokers, one for each active source of a stream. They run in the worker.

A message is acknowledged only when it is in the database. Whatever goes wrong with a broker is shown on the page of
sources and tried again after a growing pause; it never ends the worker.
"""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from django.db import close_old_connections, connection

from district.kernel.connectors.models import Kind, Source
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.secrets import secrets_of
from district.kernel.connectors.streams import keeping
from district.kernel.connectors.streams.description import Wanted, wanted_of
from district.kernel.connectors.streams.message import Incoming

AT_ONCE = 2_000
WAIT_S = 1.0
SHOW_EVERY = 15
"""Rounds between two signs of life on the page."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0

logger = logging.getLogger("district.streams")


class Broker(Protocol):
    def connect(self) -> None: ...
    def receive(self, most: int, wait_s: float) -> list[Incoming]: ...
    def acknowledge(self) -> None: ...
    def close(self) -> None: ...


def broker_of(source: Source, wanted: Wanted, *, is_trial: bool = False) -> Broker:
    """Loads the client library of the kind on first use."""
    secrets = secrets_of(source)
    if source.kind == Kind.MQTT:
        from district.kernel.connectors.streams.mqtt import MqttBroker

        return MqttBroker(wanted, secrets.get("password", ""), is_trial=is_trial)
    from district.kernel.connectors.streams.jetstream import NatsBroker

    return NatsBroker(wanted, secrets, is_trial=is_trial)


class Listener:
    """Listens to one source until it is told to stop."""

    def __init__(self, source_id: int) -> None:
        self.source_id = source_id
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"stream-{source_id}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self, timeout: float | None = None) -> None:
        self._thread.join(timeout)

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        pause = FIRST_PAUSE_S
        try:
            while not self._stop.is_set():
                if keeping.hold(self.source_id):
                    pause = FIRST_PAUSE_S if self._session() else min(pause * 2, LONGEST_PAUSE_S)
                    keeping.let_go(self.source_id)
                self._stop.wait(pause)
        except Exception:
            logger.exception("source %s: listening ended", self.source_id)
        finally:
            connection.close()

    def _session(self) -> bool:
        """One connection to the broker, until it is lost; whether there was one."""
        source = Source.objects.get(pk=self.source_id)
        broker: Broker | None = None
        is_connected = False
        try:
            wanted = wanted_of(str(source.kind), source.settings, source.pk)
            broker = broker_of(source, wanted)
            broker.connect()
            is_connected = True
            self._listen(broker, wanted)
        except Refused as refusal:
            keeping.note_connection(
                self.source_id, is_connected=False, code=refusal.code, problem=str(refusal)
            )
        else:
            keeping.note_connection(self.source_id, is_connected=False)
        finally:
            if broker is not None:
                broker.close()
        return is_connected

    def _listen(self, broker: Broker, wanted: Wanted) -> None:
        rounds = 0
        while not self._stop.is_set():
            if rounds % SHOW_EVERY == 0:
                keeping.note_connection(self.source_id, is_connected=True)
            rounds += 1
            messages = broker.receive(AT_ONCE, WAIT_S)
            if messages:
                keeping.keep(self.source_id, messages, wanted)
                broker.acknowledge()


class Listeners:
    """The listeners of this process. `look` is called every few seconds and brings them to what the sources say."""

    def __init__(self) -> None:
        self._listeners: dict[int, tuple[str, Listener]] = {}

    def look(self) -> int:
        """Starts, stops and renews; how many listen."""
        close_old_connections()
        sources = Source.objects.filter(kind__in=(Kind.MQTT, Kind.NATS), is_active=True)
        wanted = {source.pk: f"{source.settings} {source.secret}" for source in sources}
        for number, (about, listener) in list(self._listeners.items()):
            if wanted.get(number) != about:
                listener.stop()
            if not listener.is_alive:
                del self._listeners[number]
        for number, about in wanted.items():
            if number not in self._listeners:
                listener = Listener(number)
                self._listeners[number] = (about, listener)
                listener.start()
        return len(self._listeners)

    def stop(self) -> None:
        for _, listener in self._listeners.values():
            listener.stop()
        for _, listener in self._listeners.values():
            listener.join(5)
