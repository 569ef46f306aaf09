"""Connections to databases of departments: read-only, with time limits, to addresses that are allowed. No Django."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from district.kernel import home
from district.kernel.connectors import addresses, certificates
from district.kernel.connectors.databases.description import Wanted
from district.kernel.connectors.databases.failures import refused_for
from district.kernel.connectors.refused import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

CONNECT_TIMEOUT_S = 10
SQLITE_FOLDER = "intake"
"""SQLite files are read from below this folder of DISTRICT_HOME only: a path must not open any file of the server."""


@contextmanager
def opened(wanted: Wanted, password: str = "") -> Iterator[Connection]:
    """A connection in one read-only transaction that sees one state of the data. Raises Refused."""
    from sqlalchemy.exc import SQLAlchemyError

    engine = engine_of(wanted, password)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise refused_for(error, wanted, password) from None
    finally:
        engine.dispose()


def engine_of(wanted: Wanted, password: str = "") -> Engine:
    """Does not connect yet, but looks the host up."""
    from sqlalchemy import URL, create_engine
    from sqlalchemy.pool import NullPool

    if wanted.engine == "sqlite":
        return _sqlite(wanted)
    address = addresses.resolve(wanted.host, wanted.port)[0]
    options: dict[str, Any]
    if wanted.engine == "postgresql":
        driver, isolation = "postgresql+psycopg", "REPEATABLE READ"
        limit = wanted.timeout_s * 1000
        options = {
            **({} if address == wanted.host else {"hostaddr": address}),
            "host": wanted.host, "connect_timeout": CONNECT_TIMEOUT_S,
            **_libpq_tls(wanted), "application_name": "district",
            "options": f"-c default_transaction_read_only=on -c statement_timeout={limit} -c lock_timeout=10000",
        }  # fmt: skip
    else:
        driver, isolation = "mysql+pymysql", "REPEATABLE READ"
        options = {
            "host": address, "connect_timeout": CONNECT_TIMEOUT_S, "read_timeout": wanted.timeout_s,
            "init_command": "SET SESSION TRANSACTION READ ONLY", "local_infile": False,
        }  # fmt: skip
        if wanted.is_encrypted:
            options["ssl"] = certificates.context(wanted.host, wanted.authority)
    host = None if wanted.host.startswith("/") else wanted.host
    url = URL.create(driver, wanted.user, password or None, host, wanted.port or None, wanted.database)
    return create_engine(
        url, connect_args=options, poolclass=NullPool, isolation_level=isolation, hide_parameters=True
    )


def sqlite_root() -> Path:
    root = home.home() / SQLITE_FOLDER
    root.mkdir(exist_ok=True)
    return root.resolve()


def sqlite_path(text: str) -> Path:
    """The file below the intake folder. Raises Refused for any other place."""
    root = sqlite_root()
    path = (root / text).resolve()
    if not path.is_relative_to(root):
        raise Refused("path_forbidden", f"SQLite 文件须放在目录“{root}”下", field="path", value=text)
    if not path.is_file():
        raise Refused("file_missing", f"目录“{SQLITE_FOLDER}”下没有文件“{text}”", field="path", value=text)
    return path


def _sqlite(wanted: Wanted) -> Engine:
    import sqlite3

    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    path = sqlite_path(wanted.path)

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10, check_same_thread=False)
        made.execute("PRAGMA query_only = 1")
        made.execute("PRAGMA trusted_schema = 0")
        return made

    return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)


def _libpq_tls(wanted: Wanted) -> dict[str, str]:
    if not wanted.is_encrypted:
        return {"sslmode": "prefer"}
    if not wanted.authority:
        return {"sslmode": "require"}
    return {"sslmode": "verify-full", "sslrootcert": str(certificates.file_of(wanted.authority))}
