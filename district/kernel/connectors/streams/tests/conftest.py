"""An MQTT broker in a thread and a NATS server beside it, on free ports of this machine."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from district.kernel.connectors import addresses
from district.kernel.connectors.streams import jetstream


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(port)


def _remember_what_was_not_acknowledged() -> None:
    """amqtt forgets it when the connection ends; MQTT 3.1.1, 4.4 (MQTT-4.4.0-1) has it sent again."""
    from amqtt.mqtt.protocol.handler import ProtocolHandler
    from amqtt.session import OUTGOING

    flow = ProtocolHandler._handle_qos1_message_flow

    async def remembering(self: Any, message: Any) -> None:
        try:
            await flow(self, message)
        finally:
            if message.direction == OUTGOING and not message.puback_packet:
                self.session.inflight_out[message.packet_id] = message

    ProtocolHandler._handle_qos1_message_flow = remembering


@pytest.fixture(scope="session")
def mqtt_port() -> Iterator[int]:
    broker_module = pytest.importorskip(
        "amqtt.broker", reason="amqtt, the broker of these tests, is not installed"
    )
    for name in ("amqtt", "transitions"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _remember_what_was_not_acknowledged()
    port, loop = free_port(), asyncio.new_event_loop()
    config = {
        "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}},
        "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": False}},
    }
    made: list[Any] = []

    def serve() -> None:
        asyncio.set_event_loop(loop)

        async def begin() -> None:
            made.append(broker_module.Broker(config))
            await made[0].start()

        loop.run_until_complete(begin())
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    wait_for(port)
    yield port
    asyncio.run_coroutine_threadsafe(made[0].shutdown(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


@pytest.fixture(scope="session")
def nats_port() -> Iterator[int]:
    found = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or shutil.which("nats-server")
    if found is None:
        pytest.skip("nats-server, the server of these tests, is not installed")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="district-nats-") as folder:
        process = subprocess.Popen(
            [found, "-js", "-sd", folder, "-a", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(port)
        yield port
        process.terminate()
        process.wait(10)


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(addresses.VARIABLE, "127.0.0.1")
    monkeypatch.setattr(jetstream, "ACK_WAIT_S", 1.0)
