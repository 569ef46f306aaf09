"""The same promises with a MySQL server, where one is installed: MariaDB's binaries, in a folder of the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from district.kernel.connectors import addresses
from district.kernel.connectors.databases import reading
from district.kernel.connectors.databases.description import wanted_of
from district.kernel.connectors.databases.opening import opened
from district.kernel.connectors.databases.tests.test_reading import rows_of
from district.kernel.connectors.refused import Refused

PASSWORD = "-".join(("only", "for", "tests"))
SERVER = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
INSTALL = shutil.which("mariadb-install-db")

pytestmark = pytest.mark.skipif(not (SERVER and INSTALL), reason="no mariadbd on this machine")


@pytest.fixture(scope="module")
def _server() -> Iterator[tuple[int, str]]:
    with tempfile.TemporaryDirectory(prefix="district-mysql-") as folder:
        user = "mysql" if os.geteuid() == 0 else ""
        if user:
            shutil.chown(folder, user)
        runs_as = [f"--user={user}"] if user else []
        subprocess.run(
            [INSTALL, "--no-defaults", *runs_as, f"--datadir={folder}", "--skip-test-db"],
            check=True,
            capture_output=True,
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        door = f"{folder}/door"
        process = subprocess.Popen(
            [SERVER, "--no-defaults", *runs_as, f"--datadir={folder}", f"--port={port}",
             "--bind-address=127.0.0.1", f"--socket={door}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 30
        while not Path(door).exists() and time.monotonic() < until:
            time.sleep(0.05)
        yield port, door
        process.terminate()
        process.wait(20)


@pytest.fixture
def mysql(_server: tuple[int, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, dict[str, Any]]]:
    import pymysql

    monkeypatch.setenv(addresses.VARIABLE, "127.0.0.1")
    port, door = _server
    with (
        pymysql.connect(unix_socket=door, user="root", autocommit=True) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE OR REPLACE DATABASE office CHARACTER SET utf8mb4")
        for host in ("localhost", "%"):
            cursor.execute(f"CREATE OR REPLACE USER reader@'{host}' IDENTIFIED BY '{PASSWORD}'")
            cursor.execute(f"GRANT ALL ON office.* TO reader@'{host}'")
        cursor.execute("""CREATE TABLE office.shops (id bigint unsigned PRIMARY KEY, name varchar(50), money decimal(12,2),
                          is_open tinyint(1), changed_at datetime(6))""")
        cursor.executemany(
            "INSERT INTO office.shops VALUES (%s, %s, 1.25, 1, %s)",
            [(number, f"店铺{number}", f"2026-05-01 08:{number // 30:02}:00.5") for number in range(1, 301)],
        )
        settings = {"engine": "mysql", "host": "127.0.0.1", "port": port, "database": "office", "user": "reader",
                    "table": "shops", "chunk_rows": 100}  # fmt: skip
        yield cursor, settings


def test_a_table_is_read_and_read_on(mysql):
    _, settings = mysql
    stream = reading.read(wanted_of(settings), PASSWORD)
    first = [next(stream) for _ in range(3)]
    stream.close()
    rest = list(reading.read(wanted_of(settings), PASSWORD, first[-1].cursor))
    assert sorted(int(row["id"]) for row in rows_of(first + rest)) == list(range(1, 301))


def test_new_rows_are_found_by_the_cursor(mysql):
    cursor, settings = mysql
    wanted = wanted_of({**settings, "overlap": 0}, "changed_at")
    place = list(reading.read(wanted, PASSWORD))[-1].cursor
    cursor.execute("INSERT INTO office.shops (id, changed_at) SELECT 1000, max(changed_at) FROM office.shops")
    assert [row["id"] for row in rows_of(reading.read(wanted, PASSWORD, place))] == ["1000"]


def test_nothing_can_be_written(mysql):
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    with (
        opened(wanted_of(mysql[1]), PASSWORD) as connection,
        pytest.raises(SQLAlchemyError, match="READ ONLY"),
    ):
        connection.execute(text("DELETE FROM shops"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"database": "nowhere"}, "not_permitted"),
        ({"table": "none"}, "table_missing"),
        ({"user": "nobody"}, "login_refused"),
    ],
)
def test_errors_have_codes(mysql, change, code):
    with pytest.raises(Refused) as refusal:
        reading.preview(wanted_of({**mysql[1], **change}), PASSWORD)
    assert refusal.value.code == code
    assert PASSWORD not in str(refusal.value)
