"""`district prepare`: tables, static files, base records. Idempotent; a second run takes seconds."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from district.edges.commands.seed import seed_all
from district.edges.database import running_database, set_up_django
from district.kernel import home


def main(arguments: list[str]) -> int:
    with running_database():
        set_up_django()
        from django.core.management import call_command

        step("建立和更新数据表", "database tables", lambda: call_command("migrate", verbosity=0, interactive=False))
        step("整理静态文件", "static files", collect_static)
        seed_all(say=lambda zh, en: print(f"  · {zh} · {en}", flush=True))
    return 0


def step(zh: str, en: str, work: Callable[[], object]) -> None:
    started = time.monotonic()
    print(f"  · {zh} · {en} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - started:.1f}s", flush=True)


def collect_static() -> None:
    """Copies and hashes static files when any of them is newer than the last time."""
    from django.core.management import call_command

    stamp = home.home() / "static.stamp"
    mark = static_mark()
    if not stamp.exists() or stamp.read_text() != mark:
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
        stamp.write_text(mark)


def static_mark() -> str:
    """A digest of the lock file and of every static file of ours (name, size, time)."""
    seen = hashlib.sha256()
    lock = home.CHECKOUT / "package-lock.json"
    seen.update(lock.read_bytes() if lock.exists() else b"")
    for path in sorted(Path(home.CHECKOUT / "district").glob("**/static/**/*")):
        if path.is_file():
            about = path.stat()
            seen.update(f"{path.name}{about.st_size}{about.st_mtime_ns}".encode())
    return seen.hexdigest()
