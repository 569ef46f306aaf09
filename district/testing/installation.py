"""A whole installation of its own for end-to-end tests and benches: home, durable database, gateway process.

    with Installation() as place:
        place.register(["37030600000000000000E001"], password="123456")
        with place.gateway() as gateway:
            socket.create_connection(("127.0.0.1", gateway.port))
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg

from district.edges import postgres
from district.kernel import home
from district.kernel.devices.seal import seal

REGISTER = """
    INSERT INTO devices_device (code, name, kind, protocol, password, cipher_key, system, division_code, status,
        is_simulated, attributes, interval_s, is_online, made_at, updated_at)
    SELECT code, code, 'test', 'hj212', %s, '', 'environment', '370306', 'active', true, '{}', 60, false, now(), now()
    FROM unnest(%s::text[]) AS new (code)
"""


MIGRATE = """
from district.edges.database import set_up_django; set_up_django()
from district.edges import first_tables
first_tables.lay()
"""
"""The tables alone: what is seeded is not needed by the gateway."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Environment variables for a while; DATABASE_URL is taken away."""
    before = dict(os.environ)
    os.environ.update(values)
    os.environ.pop("DATABASE_URL", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class GatewayProcess:
    """A running gateway. `port` speaks HJ 212, `terminals` JT/T 808."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, terminals: int, http: int, log: Path) -> None:
        self.terminals = terminals
        self.process = process
        self.port = port
        self.http = http
        self.log = log

    def health(self) -> dict[str, Any]:
        """What /health says, whatever its status."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/health", timeout=5) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return json.loads(error.read())

    def metrics(self) -> dict[str, float]:
        """The numbers of /metrics by name with labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}

    def wait_until_ready(self, patience_s: float = 60.0) -> None:
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the gateway ended with {self.process.returncode}:\n{self.tail()}")
            try:
                if self.health()["status"] == "ok":
                    return
            except OSError:
                pass  # it does not listen yet
            time.sleep(0.05)
        raise RuntimeError(f"the gateway is not ready:\n{self.tail()}")

    def tail(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, patience_s: float = 20.0) -> int:
        """SIGTERM, and the code it ends with."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(patience_s)


class Installation:
    """`settings` are those of PostgreSQL; by default it is as durable as in production."""

    def __init__(self, **settings: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="district-installation-"))
        self.path.chmod(0o711)
        self.settings = settings
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Installation:
        self.start_database()
        self._migrate()
        return self

    def __exit__(self, *exception: object) -> None:
        with environment(DISTRICT_HOME=str(self.path)):
            place = postgres.layout()
            if self.server is not None:
                postgres.stop(self.server)
            shutil.rmtree(place.data, ignore_errors=True)
            shutil.rmtree(place.socket, ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def start_database(self) -> None:
        with environment(DISTRICT_HOME=str(self.path)):
            self.server = postgres.start(None, **self.settings)

    def kill_database(self) -> None:
        """-9 for the server and every process of it, as when the power goes (but for what the disk has promised)."""
        assert self.server is not None
        processes = [psutil.Process(self.server.pid), *psutil.Process(self.server.pid).children(recursive=True)]
        for process in processes:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue  # a backend that has just ended
        self.server.wait()
        psutil.wait_procs(processes[1:], timeout=10)

    @property
    def url(self) -> str:
        return (self.path / "postgres.url").read_text()

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, autocommit=True)

    def variables(self, **more: str) -> dict[str, str]:
        """The environment of processes of this installation."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL",)}
        return kept | {"DISTRICT_HOME": str(self.path), "DJANGO_SETTINGS_MODULE": "district.edges.web.settings"} | more

    def _migrate(self) -> None:
        subprocess.run(
            [sys.executable, "-c", MIGRATE], env=self.variables(), cwd=home.CHECKOUT, check=True, stdout=subprocess.DEVNULL
        )

    def register(self, codes: Sequence[str], password: str = "123456") -> None:  # noqa: S107 - of a test
        """Active devices with these codes and one password."""
        with environment(DISTRICT_HOME=str(self.path)):
            sealed = seal(password)
        with self.connect() as connection:
            connection.execute(REGISTER, [sealed, list(codes)])

    @contextmanager
    def gateway(self, **variables: str) -> Iterator[GatewayProcess]:
        """A gateway on free ports, ready; ended afterwards if it still runs."""
        gateway = self.start_gateway(0, **variables)
        try:
            gateway.wait_until_ready()
            yield gateway
        finally:
            if gateway.process.poll() is None:
                try:
                    gateway.stop()
                except subprocess.TimeoutExpired:
                    gateway.kill()

    def start_gateway(self, port: int = 0, **variables: str) -> GatewayProcess:
        from district.kernel import registry

        declared = {listen.protocol: listen.port for _, listen in registry.listens()}
        port, http = port or free_port(), free_port()
        offset = port - declared["hj212"]
        given = self.variables(
            DISTRICT_PORT_OFFSET=str(offset), DISTRICT_GATEWAY_HTTP=str(http), DISTRICT_BIND="127.0.0.1",
            **variables,
        )  # fmt: skip
        log = self.path / f"gateway-{http}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "district.edges.gateway"], env=given, cwd=home.CHECKOUT, stdout=sink, stderr=sink,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        return GatewayProcess(process, port, declared["jt808"] + offset, http, log)
