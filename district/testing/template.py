"""The migrated database of the tests, made once for each state of the migrations and copied by every run.

Kept in `.test_database/` of the checkout, as the data folder of a server that has been shut down. Laying the tables
takes some seconds, migrating a minute more; copying and starting takes two seconds. Runs that start together wait for
the one that makes it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from district.edges import first_tables, postgres
from district.kernel import home

DATABASE = "test_district"
KEPT = 3
ROOM = home.CHECKOUT / ".test_database"


def state() -> str:
    """A digest of all that decides what the migrated database looks like."""
    digest = hashlib.sha256()
    sources = sorted((home.CHECKOUT / "district").rglob("migrations/*.py"))
    for path in [home.CHECKOUT / "requirements.lock", Path(postgres.__file__), first_tables.FILE, *sources]:
        digest.update(str(path.relative_to(home.CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def put_in_place(place: postgres.Layout) -> None:
    """Copies the migrated cluster to `place.data`, which must be empty. Makes the template when there is none."""
    ROOM.mkdir(exist_ok=True)
    template = ROOM / state()
    with (ROOM / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _make(template)
            _forget_old()
        os.utime(template)
        # Unlike shutil, cp and mv keep the owner: the server's user is not ours when we are root.
        subprocess.run(["cp", "-a", f"{template}/.", str(place.data)], check=True)


def _make(template: Path) -> None:
    """A process of its own: this one must not load Django before its settings are known."""
    with tempfile.TemporaryDirectory(prefix="district-template-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # noqa: S103 - the server's user has to pass
        own = {"DISTRICT_HOME": folder, "DJANGO_SETTINGS_MODULE": "district.edges.web.settings"}
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DISTRICT_HOME")}
        subprocess.run(
            [sys.executable, "-m", "district.testing.template", str(template)], env=kept | own, check=True,
            cwd=home.CHECKOUT,
        )  # fmt: skip


def _forget_old() -> None:
    templates = sorted((each for each in ROOM.iterdir() if each.is_dir()), key=lambda each: each.stat().st_mtime)
    for each in templates[:-KEPT]:
        shutil.rmtree(each, ignore_errors=True)


def main(template: Path) -> None:
    """Migrates a cluster in DISTRICT_HOME and moves its data to `template`."""
    import psycopg

    place = postgres.layout()
    server = postgres.start(fsync="off", full_page_writes="off", min_wal_size="32MB")
    try:
        with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        os.environ["DATABASE_URL"] = place.url(DATABASE)
        import django

        django.setup()
        from django.db import connections

        first_tables.bring_up(verbosity=0, skip_checks=True)
        connections.close_all()
    finally:
        postgres.stop(server)
    partial = template.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    subprocess.run(["mv", str(place.data), str(partial)], check=True)
    partial.rename(template)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
