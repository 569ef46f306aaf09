"""A pytest plugin: a private home and a private PostgreSQL for each run of the tests.

It is loaded with `-p` before pytest-django reads the settings. With TEST_DATABASE_URL set, that server is used
instead of an embedded one. Two runs at once do not meet. A run that leaves a process of its own behind has failed.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from district.testing import template

os.environ["DISTRICT_HOME"] = tempfile.mkdtemp(prefix="district-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
os.environ.pop("DATABASE_URL", None)

SERVERS: set[int] = set()
"""Process ids of what this plugin runs itself, and stops at the very end."""

IS_OWN = not os.environ.get("TEST_DATABASE_URL")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if IS_OWN:
    os.chmod(os.environ["DISTRICT_HOME"], 0o711)  # noqa: S103 - the server's user has to pass
    from district.edges import postgres

    # Settings are read before any test runs; the server is started only by a process that runs tests.
    (Path(os.environ["DISTRICT_HOME"]) / "postgres.url").write_text(postgres.layout().url())
    atexit.register(shutil.rmtree, postgres.layout().data, ignore_errors=True)
else:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

atexit.register(shutil.rmtree, os.environ["DISTRICT_HOME"], ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Several processes run tests when pytest-xdist is asked for; the one that only deals them out needs no server."""
    deals_out = not WORKER and getattr(config.option, "dist", "no") != "no"
    if not IS_OWN or deals_out:
        return
    place = postgres.layout()
    template.put_in_place(place)
    server = postgres.start(fsync="off", full_page_writes="off", shared_buffers="64MB", max_connections="300")
    atexit.register(postgres.stop, server)
    SERVERS.add(server.pid)
    if WORKER:
        with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {template.DATABASE} RENAME TO {template.DATABASE}_{WORKER}")
    config.option.reuse_db = True


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test writes for good, and pytest-django empties the tables after it."""
    mark = request.node.get_closest_marker("django_db")
    is_marked = mark is not None and bool(mark.kwargs.get("transaction"))
    return is_marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


def _unflushed(connection: Any) -> list[str]:
    """Tables that Django's flush passes over: those of no managed model. The job queue's own are emptied by row."""
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition AND relname NOT LIKE 'procrastinate%%'"
        )
        return sorted(name for (name,) in cursor.fetchall() if name not in known)


@pytest.fixture(autouse=True)
def emptied_tables(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Observations and the job queue are not models that Django empties, and would keep what a committing test wrote."""
    yield
    if _commits(request):
        from django.db import connection

        with django_db_blocker.unblock():
            tables = _unflushed(connection)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs")
                if tables:
                    cursor.execute("TRUNCATE " + ", ".join(tables))


def left_over(servers: Set[int] = SERVERS) -> list[psutil.Process]:
    """Living descendants of this process but those of `servers`, and Python's own keeper of shared memory."""
    own = psutil.Process()
    spared = {each.pid for pid in servers if psutil.pid_exists(pid) for each in psutil.Process(pid).children(recursive=True)}
    return [
        child for child in own.children(recursive=True)
        if child.pid not in spared | servers and child.is_running() and child.status() != psutil.STATUS_ZOMBIE
        and "resource_tracker" not in " ".join(child.cmdline())
    ]


def pytest_sessionfinish(session: Any) -> None:
    """A gateway or browser that outlives its tests holds ports and files of the next run."""
    left = left_over()
    for child in left:
        print(f"\nleft behind by the tests: {child.pid} {' '.join(child.cmdline())[:200]}")
        child.kill()
    if left and session.exitstatus == 0:
        session.exitstatus = 1
