"""A new database gets from the file what the migrations would have made."""

import subprocess
from difflib import unified_diff

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from district.edges import first_tables, postgres

LAID = "laid_from_the_file"


def test_the_file_is_as_new_as_the_migrations():
    text = first_tables.FILE.read_text("utf-8")
    assert text.startswith(f"{first_tables.MARK}{first_tables.own_migrations()}\n"), "run district tables"
    assert first_tables.contained(text) == MigrationLoader(None).disk_migrations.keys()


@pytest.mark.django_db
def test_a_database_laid_from_the_file_is_the_one_it_was_written_from():
    place = postgres.layout()
    text = first_tables.FILE.read_text("utf-8")
    with psycopg.connect(place.url(connection.settings_dict["NAME"]), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {LAID}")
        try:
            with psycopg.connect(place.url(LAID)) as empty:
                empty.execute(text)
            dump = subprocess.run(
                [place.binaries / "bin" / "pg_dump", "--schema-only", "--no-owner", "--no-privileges", place.url(LAID)],
                env={"LD_LIBRARY_PATH": str(place.binaries / "lib")}, capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
        finally:
            server.execute(f"DROP DATABASE {LAID}")
    made = first_tables.statements(dump).splitlines()
    file = text.split("INSERT INTO public.django_migrations")[0]
    wanted = file.partition(first_tables.HEAD)[2].strip().splitlines()
    assert list(unified_diff(wanted, made, "file", "laid", lineterm="", n=0)) == []


@pytest.mark.django_db
def test_where_tables_are_none_are_laid():
    assert first_tables.lay() is False
