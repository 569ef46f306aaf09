"""A department's database beside the platform's, in the same server, and a SQLite file in the intake folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from district.kernel import home
from district.kernel.connectors import addresses
from district.kernel.connectors.databases.opening import sqlite_root

OFFICE = "office_of_tests"


@pytest.fixture(scope="session")
def _office_server() -> Iterator[dict[str, Any]]:
    server = conninfo_to_dict(home.database_url())
    with psycopg.connect(home.database_url(), dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {OFFICE}")
        connection.execute(f"CREATE DATABASE {OFFICE} STRATEGY file_copy")
    yield server
    with psycopg.connect(home.database_url(), dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {OFFICE} WITH (FORCE)")


@pytest.fixture
def office(
    _office_server: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[psycopg.Connection[Any]]:
    """An open connection as the department has it; its tables go after the test."""
    monkeypatch.setenv(addresses.VARIABLE, str(_office_server["host"]))
    with psycopg.connect(home.database_url(), dbname=OFFICE, autocommit=True) as connection:
        yield connection
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture
def office_settings(_office_server: dict[str, Any]) -> dict[str, Any]:
    return {
        "engine": "postgresql", "host": _office_server["host"], "database": OFFICE, "user": _office_server["user"],
        "port": _office_server.get("port") or 5432,
    }  # fmt: skip


@pytest.fixture
def ledger() -> Iterator[tuple[sqlite3.Connection, dict[str, Any]]]:
    path: Path = sqlite_root() / "ledger.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection, {"engine": "sqlite", "path": "ledger.db", "table": "shops"}
    connection.close()
    path.unlink()
