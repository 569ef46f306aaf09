"""`district prepare`: tables, static files, base records. Idempotent; a second run takes seconds."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from district.edges import first_tables
from district.edges.commands.seed import seed_all
from district.edges.database import running_database, set_up_django
from district.kernel import home


def main(arguments: list[str]) -> int:
    """Does nothing when neither the code nor the installation has changed since the last time; `--again` insists."""
    stamp = home.home() / "prepared.stamp"
    mark = code_mark()
    # A database elsewhere may have been emptied without our knowing, so there we always look.
    if "--again" not in arguments and not os.environ.get("DATABASE_URL") and _same(stamp, mark):
        print("  · 自上次启动以来没有变化 · nothing has changed since the last start", flush=True)
        return 0
    with running_database():
        set_up_django()
        step("建立和更新数据表", "database tables", lambda: first_tables.bring_up(verbosity=0, interactive=False))
        step("整理静态文件", "static files", collect_static)
        seed_all(say=lambda zh, en: print(f"  · {zh} · {en}", flush=True))
    stamp.write_text(mark)
    return 0


def _same(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def step(zh: str, en: str, work: Callable[[], object]) -> None:
    started = time.monotonic()
    print(f"  · {zh} · {en} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - started:.1f}s", flush=True)


def collect_static() -> None:
    """Copies and hashes static files when any of them is newer than the last time."""
    from django.core.management import call_command

    stamp = home.home() / "static.stamp"
    mark = digest(home.CHECKOUT.glob("district/**/static/**/*"))
    if not _same(stamp, mark):
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
        stamp.write_text(mark)


def code_mark() -> str:
    """A digest of all code and data files of the checkout, and of the settings that seeds depend on."""
    kinds = ("py", "json", "csv", "html", "js", "css", "po", "bpmn", "dmn")
    files = digest(path for kind in kinds for path in home.CHECKOUT.glob(f"district/**/*.{kind}"))
    return f"{files} demo={os.environ.get('DISTRICT_DEMO', '')}"


def digest(paths: Iterable[Path]) -> str:
    """Of the lock file of npm and of name, size and time of each file."""
    seen = hashlib.sha256()
    lock = home.CHECKOUT / "package-lock.json"
    seen.update(lock.read_bytes() if lock.exists() else b"")
    for path in sorted(paths):
        if path.is_file():
            about = path.stat()
            seen.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return seen.hexdigest()
