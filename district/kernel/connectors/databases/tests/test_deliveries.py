"""From a department's table to a version, also when the process is killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from district.kernel import home
from district.kernel.connectors import addresses
from district.kernel.connectors.deliveries import carry_out
from district.kernel.connectors.models import Mode, Run, RunState, Source
from district.kernel.connectors.runs import counts_agree
from district.kernel.connectors.secrets import rotate
from district.kernel.connectors.tests.delivered import resource, rows_of
from district.kernel.connectors.tests.delivered import source as made_source
from district.kernel.datasets.models import Version

READER = """
import os, signal, sys
import django
django.setup()
from district.kernel.connectors import deliveries, runs
from district.kernel.connectors.databases import deliveries as reading
from district.kernel.connectors.models import Run
import sqlalchemy

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

def read(number, point):
    runs.PART_ROWS = 1000
    if point == "publishing":
        runs._Work._publish = die
    elif point == "published":
        runs._Work._done = die
    else:
        left, checkpoint, write = int(point.split()[1]), runs._Work._checkpoint, runs.Staging.write
        def counted(*args):
            nonlocal left
            left -= 1
            checkpoint(*args)
            if not left and point.startswith("after"):
                die()
        def written(*args):
            write(*args)
            if left == 0 and point.startswith("within"):
                die()
        runs._Work._checkpoint, runs.Staging.write = counted, written
    deliveries.carry_out(Run.objects.get(pk=number))

print("ready", flush=True)
for line in sys.stdin:
    number, _, point = line.strip().partition(" ")
    child = os.fork()
    if not child:
        read(int(number), point)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
POINTS = ["within 2", "after 1", "after 3", "publishing", "published"]
ITEMS = (
    {"name": "id", "title": "编号", "type": "integer", "is_key": True},
    {"name": "name", "title": "名称"},
    {"name": "changed_at", "title": "变更时间", "type": "datetime"},
)


def address() -> str:
    place = connection.settings_dict
    return f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"


@pytest.fixture(scope="module")
def reader(django_db_setup: None, _office_server: dict[str, Any]) -> Iterator[Callable[[int, str], int]]:
    """Has a process read a delivery and die at a point; how it ended. Begun once: starting takes seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", READER], cwd=home.CHECKOUT, text=True,
        env={**os.environ, "DATABASE_URL": address(), addresses.VARIABLE: str(_office_server["host"])},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"

    def die_at(number: int, point: str) -> int:
        process.stdin.write(f"{number} {point}\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    yield die_at
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def shops(office: psycopg.Connection[Any], first: int, last: int, minute: int = 0) -> None:
    office.execute(
        "CREATE TABLE IF NOT EXISTS shops (id bigint PRIMARY KEY, name text, changed_at timestamptz)"
    )
    office.execute(
        "INSERT INTO shops SELECT n, '店铺' || n, TIMESTAMPTZ '2026-05-01 08:00+08' + make_interval(mins => %s::int + n / 700)"
        " FROM generate_series(%s::int, %s::int) n ORDER BY random()",
        [minute, first, last],
    )


def source(settings: dict[str, Any], *, keyed: bool = True, **fields: Any) -> Source:
    items = [{**item, "is_key": False} for item in ITEMS] if not keyed else ITEMS
    made = made_source(
        resource(*items),
        kind="database",
        settings={"table": "shops", "chunk_rows": 400, **settings},
        **fields,
    )
    rotate(made, {"password": "not-asked-for"})
    return made


def delivered(of: Source) -> Run:
    made = carry_out(Run.objects.create(source=of, cursor_before=of.cursor))
    of.refresh_from_db()
    assert counts_agree(made)
    return made


def ids(of: Source) -> list[int]:
    return sorted(row["id"] for row in rows_of(of.resource))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({"mode": Mode.REPLACE}, POINTS),
        ({"mode": Mode.APPEND, "cursor_item": "changed_at", "keyed": False}, POINTS),
        ({"mode": Mode.UPSERT, "cursor_item": "changed_at"}, ["after 2"]),
    ],
    ids=["whole", "by_cursor", "by_key"],
)
def test_a_killed_reading_goes_on_and_gives_exactly_the_rows_of_the_table(
    reader, office, office_settings, fields, points
):
    shops(office, 1, 5000)
    of = source(office_settings, **fields)
    made = Run.objects.create(source=of)
    for point in points:
        assert reader(made.pk, point) == -signal.SIGKILL
    made = carry_out(Run.objects.get(pk=made.pk))
    assert made.state == RunState.DONE, made.problem
    assert (made.rows_read - made.rows_repeated, made.rows_taken) == (5000, 5000)
    assert ids(of) == list(range(1, 5001))
    assert Version.objects.filter(resource=of.resource).exclude(state=Version.State.BUILDING).count() == 1
    of.refresh_from_db()
    shops(office, 5001, 5100, minute=1)
    assert delivered(of).state == RunState.DONE
    assert ids(of) == list(range(1, 5101))


@pytest.mark.django_db
def test_rows_alike_in_everything_are_as_many_as_in_the_table(office, office_settings):
    office.execute("CREATE TABLE shops (id bigint, name text, changed_at timestamptz)")
    row = "INSERT INTO shops VALUES (1, '甲', '2026-05-01 08:00+08')"
    office.execute(f"{row}; {row}")
    of = source(office_settings, keyed=False, mode=Mode.APPEND, cursor_item="changed_at")
    delivered(of)
    office.execute(row)
    assert delivered(of).rows_taken == 1
    assert delivered(of).rows_taken == 0
    assert ids(of) == [1, 1, 1]


@pytest.mark.django_db
def test_nothing_new_makes_no_version_and_a_changed_row_takes_the_place_of_the_old(office, office_settings):
    shops(office, 1, 10)
    of = source(office_settings, mode=Mode.UPSERT, cursor_item="changed_at")
    first = delivered(of)
    again = delivered(of)
    assert (again.state, again.version) == (RunState.DONE, None)
    office.execute("UPDATE shops SET name = '新名', changed_at = changed_at + INTERVAL '1 h' WHERE id = 3")
    changed = delivered(of)
    assert changed.version_id != first.version_id
    assert [row["name"] for row in rows_of(of.resource) if row["id"] == 3] == ["新名"]
    assert len(ids(of)) == 10


@pytest.mark.django_db
def test_rows_deleted_in_the_table_go_with_a_whole_reading(office, office_settings):
    shops(office, 1, 20)
    of = source(office_settings, mode=Mode.REPLACE)
    delivered(of)
    office.execute("DELETE FROM shops WHERE id IN (3, 4)")
    delivered(of)
    assert ids(of) == [1, 2, *range(5, 21)]
    office.execute("DELETE FROM shops WHERE id > 5")
    refused = delivered(of)
    assert (refused.state, refused.code) == (RunState.FAILED, "too_few_rows")
    assert len(ids(of)) == 18


@pytest.mark.django_db
def test_a_column_that_vanished_stops_the_delivery_before_the_first_row(office, office_settings):
    shops(office, 1, 5)
    of = source(office_settings, mode=Mode.REPLACE)
    delivered(of)
    office.execute("ALTER TABLE shops DROP COLUMN name")
    blocked = delivered(of)
    assert (blocked.state, blocked.code, blocked.rows_read) == (RunState.BLOCKED, "schema_drift", 0)
    assert "名称" in blocked.problem


@pytest.mark.django_db
def test_settings_that_would_lose_rows_are_refused(office, office_settings):
    shops(office, 1, 5)
    of = source(office_settings, mode=Mode.REPLACE, cursor_item="changed_at")
    assert delivered(of).code == "mode_wrong"


@pytest.mark.django_db
def test_no_secret_is_in_a_run_or_a_source_as_they_are_stored_or_shown(office, office_settings):
    of = source({**office_settings, "database": "nowhere"}, mode=Mode.REPLACE)
    secret = "-".join(("Rosinante", "88"))
    rotate(of, {"password": secret})
    failed = delivered(of)
    assert failed.code == "database_missing"
    with connection.cursor() as cursor:
        for table in ("connectors_source", "connectors_run", "connectors_sourceevent"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t")
            assert secret not in cursor.fetchone()[0]
