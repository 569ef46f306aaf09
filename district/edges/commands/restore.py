"""`district restore FILE`: puts a backup in place of what is here."""

from __future__ import annotations

import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from district.edges.commands.backup import KEPT_FOLDERS, run_tool
from district.edges.database import running_database
from district.edges.supervisor import AlreadyRunning, hold_lock
from district.kernel import home, upkeep_notes


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[1] != "--yes":
        print("用法 usage: district restore FILE.tar --yes（会替换现有数据 replaces what is here）", file=sys.stderr)
        return 2
    source = Path(arguments[0]).absolute()
    if not source.is_file():
        print(f"没有这个文件（no such file）: {source}", file=sys.stderr)
        return 2
    try:
        lock = hold_lock()
    except AlreadyRunning as error:
        print(f"{error}；请先停止再恢复（stop it first）", file=sys.stderr)
        return 1
    with lock, tempfile.TemporaryDirectory(dir=home.home()) as folder:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        with running_database():
            _replace_database(Path(folder) / "database.dump")
        for name in KEPT_FOLDERS:
            if (Path(folder) / name).exists():
                shutil.rmtree(home.home() / name, ignore_errors=True)
                shutil.move(str(Path(folder) / name), str(home.home() / name))
    upkeep_notes.note(upkeep_notes.RESTORE, source)
    print("已恢复（restored）")
    return 0


def _replace_database(dump: Path) -> None:
    import psycopg

    with psycopg.connect(home.database_url(), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    run_tool("pg_restore", "--no-owner", "--exit-on-error", "--jobs=2", f"--dbname={home.database_url()}", str(dump))
