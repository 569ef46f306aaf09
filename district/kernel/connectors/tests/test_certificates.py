"""A server proves by a certificate of the authority named that it is the host asked for, or is not spoken to."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from district.kernel.connectors import addresses, certificates
from district.kernel.connectors.databases import reading
from district.kernel.connectors.databases.description import wanted_of
from district.kernel.connectors.databases.tests.test_reading import rows_of
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.streams.description import wanted_of as stream_wanted
from district.kernel.connectors.streams.jetstream import NatsBroker
from district.kernel.connectors.streams.mqtt import MqttBroker
from district.kernel.connectors.tests.authorities import Authority, Files

HOST = "data.office.test"
MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MARIADB = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NATS = shutil.which("nats-server", path=str(Path(sys.executable).parent)) or shutil.which("nats-server")
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
INSTALL = shutil.which("mariadb-install-db")
RIGHT, OTHER = Authority("authority of tests"), Authority("another authority")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="district-tls-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    made = RIGHT.certify(HOST, folder)
    for path in (made.certificate, made.key):
        path.chmod(0o644)
    return made


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every host name leads to this machine."""
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["127.0.0.1"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(port)


WRONG = [
    pytest.param({"authority": OTHER.pem}, id="of another authority"),
    pytest.param({"host": "other.office.test"}, id="of another host"),
]


def code_of(work: Any) -> str:
    with pytest.raises(Refused) as refusal:
        work()
    return refusal.value.code


@pytest.mark.parametrize("text", ["x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "甲" * 200_000])
def test_what_is_no_authority_is_refused_at_its_field(text: str):
    with pytest.raises(Refused) as refusal:
        wanted_of({"engine": "mysql", "host": HOST, "database": "x", "authority": text})
    assert (refusal.value.code, refusal.value.field) == ("authority_wrong", "authority")


def test_a_servers_own_certificate_is_no_authority(files: Files):
    assert code_of(lambda: certificates.checked(files.certificate.read_text())) == "authority_wrong"


class FakePostgres:
    """Speaks so much of PostgreSQL's protocol (manual, 54.2.10 and 54.7) as comes before the password."""

    def __init__(self, files: Files) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(files.certificate, files.key)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.was_asked_inside = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._door.accept()
            except OSError:
                return
            with line:
                line.settimeout(5)
                try:
                    self._answer(line)
                except OSError:
                    continue

    def _answer(self, line: socket.socket) -> None:
        if struct.unpack("!ii", line.recv(8)) != (8, 80877103):
            return
        line.sendall(b"S")
        with self._context.wrap_socket(line, server_side=True) as inside:
            if inside.recv(4096):
                self.was_asked_inside += 1
                said = b"SFATAL\0C28P01\0Mpassword authentication failed\0\0"
                inside.sendall(b"E" + struct.pack("!i", len(said) + 4) + said)

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def postgres(files: Files) -> Iterator[tuple[FakePostgres, dict[str, Any]]]:
    server = FakePostgres(files)
    yield server, {
        "engine": "postgresql", "host": HOST, "port": server.port, "database": "x", "user": "reader", "table": "t",
        "authority": RIGHT.pem,
    }  # fmt: skip
    server.close()


def test_postgresql_is_believed_by_its_certificate(postgres: tuple[FakePostgres, dict[str, Any]]):
    server, settings = postgres
    assert code_of(lambda: reading.preview(wanted_of(settings), "x")) == "login_refused"
    assert server.was_asked_inside == 1


@pytest.mark.parametrize("change", WRONG)
def test_postgresql_is_not_spoken_to_with_a_certificate(postgres: tuple[FakePostgres, dict[str, Any]], change: dict[str, str]):
    server, settings = postgres
    assert code_of(lambda: reading.preview(wanted_of({**settings, **change}), "x")) == "certificate_refused"
    assert server.was_asked_inside == 0


@pytest.fixture(scope="module")
def office(files: Files, folder: Path) -> Iterator[dict[str, Any]]:
    """A whole PostgreSQL of the operating system's packages, which takes no connection that is not encrypted."""
    if not POSTGRES or os.geteuid() != 0:
        pytest.skip("no PostgreSQL with encryption on this machine, or no root to start it as its own user")
    data, run_as = folder / "postgres", ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data.mkdir()
    for path in (data, *(shutil.copy(path, folder / f"pg{path.suffix}") for path in (files.certificate, files.key))):
        shutil.chown(path, "postgres", "postgres")
    (folder / "pg.key").chmod(0o600)
    subprocess.run([*run_as, POSTGRES[-1].with_name("initdb"), "-D", data, "-U", "postgres"], check=True, capture_output=True)
    (data / "pg_hba.conf").write_text("local all all trust\nhostssl all all 127.0.0.1/32 trust\n")
    port = free_port()
    process = subprocess.Popen(
        [*run_as, POSTGRES[-1], "-D", data, "-p", str(port), "-k", data, "-c", "ssl=on", "-c", "fsync=off",
         "-c", f"ssl_cert_file={folder / 'pg.crt'}", "-c", f"ssl_key_file={folder / 'pg.key'}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for(port)
    made = "CREATE TABLE shops AS SELECT 7 AS id; CREATE ROLE reader LOGIN; GRANT SELECT ON shops TO reader"
    subprocess.run(["psql", "-h", data, "-p", str(port), "-U", "postgres", "-c", made], check=True, capture_output=True)
    yield {
        "engine": "postgresql", "host": HOST, "port": port, "database": "postgres", "user": "reader", "table": "shops",
        "authority": RIGHT.pem,
    }  # fmt: skip
    process.terminate()
    process.wait(20)


def test_a_table_of_postgresql_is_read_through_an_encrypted_line(office: dict[str, Any]):
    assert [row["id"] for row in rows_of(reading.read(wanted_of(office), "x"))] == [7]


@pytest.mark.parametrize("change", WRONG)
def test_a_whole_postgresql_is_not_spoken_to_with_a_certificate(office: dict[str, Any], change: dict[str, str]):
    assert code_of(lambda: reading.preview(wanted_of({**office, **change}), "x")) == "certificate_refused"


@pytest.fixture(scope="module")
def mysql(files: Files, folder: Path) -> Iterator[dict[str, Any]]:
    if not (MARIADB and INSTALL):
        pytest.skip("no mariadbd on this machine")
    import pymysql

    user = "mysql" if os.geteuid() == 0 else ""
    runs_as = [f"--user={user}"] if user else []
    data = folder / "mysql"
    data.mkdir()
    if user:
        shutil.chown(data, user)
    subprocess.run(
        [INSTALL, "--no-defaults", *runs_as, f"--datadir={data}", "--skip-test-db"], check=True, capture_output=True
    )
    port, door = free_port(), str(data / "door")
    process = subprocess.Popen(
        [MARIADB, "--no-defaults", *runs_as, f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1",
         f"--socket={door}", f"--ssl-cert={files.certificate}", f"--ssl-key={files.key}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for(port)
    with pymysql.connect(unix_socket=door, user="root", autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE office")
        cursor.execute("CREATE TABLE office.shops (id int PRIMARY KEY)")
        cursor.execute("INSERT INTO office.shops VALUES (7)")
        cursor.execute("CREATE USER reader@'%' IDENTIFIED BY 'x' REQUIRE SSL")
        cursor.execute("GRANT SELECT ON office.* TO reader@'%'")
    yield {
        "engine": "mysql", "host": HOST, "port": port, "database": "office", "user": "reader", "table": "shops",
        "authority": RIGHT.pem,
    }  # fmt: skip
    process.terminate()
    process.wait(20)


def test_mysql_is_believed_by_its_certificate(mysql: dict[str, Any]):
    assert [row["id"] for row in rows_of(reading.read(wanted_of(mysql), "x"))] == [7]


@pytest.mark.parametrize("change", WRONG)
def test_mysql_is_not_spoken_to_with_a_certificate(mysql: dict[str, Any], change: dict[str, str]):
    assert code_of(lambda: reading.preview(wanted_of({**mysql, **change}), "x")) == "certificate_refused"


@pytest.fixture(scope="module")
def mosquitto(files: Files, folder: Path) -> Iterator[dict[str, Any]]:
    """A broker that speaks 3.1.1 and 5, with and without encryption."""
    if not MOSQUITTO:
        pytest.skip("no mosquitto on this machine")
    port, secure = free_port(), free_port()
    config = folder / "mosquitto.conf"
    config.write_text(
        f"listener {port} 127.0.0.1\nlistener {secure} 127.0.0.1\ncertfile {files.certificate}\nkeyfile {files.key}\n"
        "allow_anonymous true\npersistence false\n"
    )
    process = subprocess.Popen([MOSQUITTO, "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    yield {"plain": port, "secure": secure}
    process.terminate()
    process.wait(10)


def _received(broker: MqttBroker, count: int) -> list[bytes]:
    found: list[bytes] = []
    until = time.monotonic() + 10
    while len(found) < count and time.monotonic() < until:
        found += [each.payload for each in broker.receive(10, 0.2)]
        broker.acknowledge()
    return found


def _send(port: int, topic: str, *payloads: bytes) -> None:
    import paho.mqtt.client as paho

    client = paho.Client(paho.CallbackAPIVersion.VERSION2, protocol=paho.MQTTv5)
    client.connect("127.0.0.1", port)
    client.loop_start()
    for payload in payloads:
        client.publish(topic, payload, qos=1).wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


@pytest.mark.parametrize("version", ["3.1.1", "5"])
def test_mqtt_keeps_messages_while_we_are_away_and_sends_again_what_was_not_acknowledged(
    mosquitto: dict[str, Any], version: str
):
    topic = f"office/{version}/readings"
    wanted = stream_wanted(
        "mqtt", {"host": HOST, "port": mosquitto["secure"], "topic": topic, "version": version, "authority": RIGHT.pem,
                 "name": f"reader-{version}"}, 1,
    )  # fmt: skip
    broker = MqttBroker(wanted)
    broker.connect()
    _send(mosquitto["plain"], topic, b"1")
    assert _received(broker, 1) == [b"1"]
    broker.close()
    _send(mosquitto["plain"], topic, b"2", b"3")
    away = MqttBroker(wanted)
    away.connect()
    until = time.monotonic() + 10
    while not (seen := away.receive(10, 0.2)) and time.monotonic() < until:
        pass
    assert seen[0].payload == b"2"
    away._client.socket().close()  # the line breaks before anything is acknowledged
    again = MqttBroker(wanted)
    again.connect()
    assert _received(again, 2) == [b"2", b"3"]
    again.close()


@pytest.mark.parametrize("version", ["3.1.1", "5"])
def test_a_trial_of_mqtt_leaves_nothing_behind(mosquitto: dict[str, Any], version: str):
    topic = f"trial/{version}/readings"
    wanted = stream_wanted("mqtt", {"host": HOST, "port": mosquitto["plain"], "topic": topic, "version": version}, 2)
    trial = MqttBroker(wanted, is_trial=True)
    trial.connect()
    trial.close()
    _send(mosquitto["plain"], topic, b"1")
    again = MqttBroker(wanted, is_trial=True)
    again.connect()
    assert again.receive(10, 0.5) == []
    again.close()


@pytest.mark.parametrize("version", ["3.1.1", "5"])
@pytest.mark.parametrize("change", WRONG)
def test_mqtt_is_not_spoken_to_with_a_certificate(mosquitto: dict[str, Any], version: str, change: dict[str, str]):
    settings = {"host": HOST, "port": mosquitto["secure"], "topic": "x", "version": version, "authority": RIGHT.pem}
    broker = MqttBroker(stream_wanted("mqtt", {**settings, **change}, 3))
    assert code_of(broker.connect) == "certificate_refused"
    broker.close()


@pytest.fixture(scope="module")
def nats(files: Files, folder: Path) -> Iterator[int]:
    if not NATS:
        pytest.skip("no nats-server on this machine")
    port = free_port()
    process = subprocess.Popen(
        [NATS, "-js", "-sd", folder / "nats", "-a", "127.0.0.1", "-p", str(port), "--tls", f"--tlscert={files.certificate}",
         f"--tlskey={files.key}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for(port)
    yield port
    process.terminate()
    process.wait(10)


async def _stream(port: int, *payloads: bytes) -> None:
    import nats

    client = await nats.connect(f"nats://127.0.0.1:{port}", tls=certificates.context(HOST, RIGHT.pem), tls_hostname=HOST)
    stream = client.jetstream()
    await stream.add_stream(name="office", subjects=["office.>"])
    for payload in payloads:
        await stream.publish("office.readings", payload)
    await client.close()


def test_messages_of_nats_come_through_an_encrypted_line(nats: int):
    asyncio.run(_stream(nats, b"1", b"2"))
    settings = {"host": HOST, "port": nats, "topic": "office.readings", "stream": "office", "authority": RIGHT.pem}
    broker = NatsBroker(stream_wanted("nats", settings, 4), {})
    broker.connect()
    assert [each.payload for each in broker.receive(2, 5)] == [b"1", b"2"]
    broker.acknowledge()
    broker.close()


@pytest.mark.parametrize("change", WRONG)
def test_nats_is_not_spoken_to_with_a_certificate(nats: int, change: dict[str, str]):
    settings = {"host": HOST, "port": nats, "topic": "office.readings", "stream": "office", "authority": RIGHT.pem}
    broker = NatsBroker(stream_wanted("nats", {**settings, **change}, 5), {})
    assert code_of(broker.connect) == "certificate_refused"
    broker.close()
