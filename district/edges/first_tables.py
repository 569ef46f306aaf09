"""The tables of a new database, laid from one file instead of by way of all migrations.

At each step of a migration Django works out anew all models that hang together, here nearly all of them: a minute and more
of a processor before a new installation can begin. `first_tables.sql` is what the migrations leave behind, written by
`district tables` from a database they were run in. A migration that is newer than the file runs as ever; a database that has
any is left alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from district.edges import postgres
from district.kernel import home

FILE = Path(__file__).with_name("first_tables.sql")
MARK = "-- migrations: "
AGAIN = "laid"
ROW = re.compile(r"^    \('(\w+)', '(\w+)', now\(\)\)[,;]$", re.M)
HEAD = """SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';
"""


def own_migrations() -> str:
    """A digest of the migrations of the checkout."""
    digest = hashlib.sha256()
    for path in sorted((home.CHECKOUT / "district").glob("*/*/migrations/*.py")):
        digest.update(str(path.relative_to(home.CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()


def contained(text: str) -> set[tuple[str, str]]:
    """The migrations whose tables a file has: app and name."""
    return set(ROW.findall(text))


def bring_up(**options: Any) -> None:
    """Django's `migrate` of everything, quick where the database is empty."""
    from django.core.management import call_command

    lay()
    call_command("migrate", **options)


def lay() -> bool:
    """Lays the tables into the default database if it has none. False where there is something, or the file does not fit."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    if connection.introspection.table_names() or not FILE.exists():
        return False
    text = FILE.read_text("utf-8")
    known = MigrationLoader(None).disk_migrations
    if not contained(text) or not contained(text) <= known.keys():
        return False
    raw = connection.connection  # what guards statements on tables has no tables to guard yet
    try:
        with raw.transaction():
            raw.execute(text)
    except psycopg.Error:  # a server of another version, or without a right: the long way says what is wrong
        return False
    return True


def write() -> int:
    """Runs all migrations in a database made for it and writes what they leave; returns how many they were."""
    with tempfile.TemporaryDirectory(prefix="district-tables-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # noqa: S103 - the server's user has to pass
        os.environ["DISTRICT_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        server = postgres.start(fsync="off", full_page_writes="off")
        try:
            text, count = _written()
        finally:
            postgres.stop(server)
    FILE.write_text(text, "utf-8")
    return count


def _written() -> tuple[str, int]:
    from django.core.management import call_command
    from django.db import connection, connections

    from district.edges.database import set_up_django

    set_up_django()
    call_command("migrate", verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        done = cursor.fetchall()
    connections.close_all()
    # Twice: the server writes some expressions otherwise once it has read them back.
    with psycopg.connect(home.database_url(), autocommit=True) as raw:
        raw.execute(f"CREATE DATABASE {AGAIN}")
    place = postgres.layout()
    with psycopg.connect(place.url(AGAIN)) as raw:
        raw.execute(HEAD + _dumped(home.database_url()))
    rows = ",\n".join(f"    ('{app}', '{name}', now())" for app, name in done)
    noted = f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n{rows};\n"
    return f"{MARK}{own_migrations()}\n{HEAD}{_dumped(place.url(AGAIN))}\n{noted}", len(done)


def _dumped(url: str) -> str:
    from district.edges.commands.backup import run_tool

    dump = home.home() / "schema.sql"
    run_tool("pg_dump", "--schema-only", "--no-owner", "--no-privileges", f"--file={dump}", url)
    return statements(dump.read_text("utf-8"))


def statements(dump: str) -> str:
    """Without what only psql understands, comments, and settings that other versions of the server do not have."""
    out = ("\\", "--", "SET ", "SELECT pg_catalog.set_config(")
    kept = [line for line in dump.splitlines() if not line.startswith(out)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
