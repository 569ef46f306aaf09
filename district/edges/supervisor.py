"""Keeps the processes of one machine running: database, web, live door, gateway, worker, simulators.

A process that dies is started again after a growing pause. SIGINT or SIGTERM stops all in reverse order, the
database last, so that everything the gateway has acknowledged is on disk.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from district.edges import postgres
from district.edges.ports import field_port, gateway_http_port, live_port, web_port
from district.kernel import home, registry

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STOP_PATIENCE = 15.0


LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """So that a supervisor that is killed leaves nobody behind who holds its ports (prctl(2))."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


class AlreadyRunning(RuntimeError):
    """Another supervisor serves this DISTRICT_HOME, or a port is taken; the text says which."""


@dataclass
class Child:
    """One process that is kept alive."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started_at: float = 0.0
    start_again_at: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        log = log_of(self.name)
        log.parent.mkdir(exist_ok=True)
        with log.open("ab") as sink:
            # Its own session: Ctrl-C in the terminal reaches the supervisor only, which stops all in order.
            self.process = subprocess.Popen(
                self.command, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL, start_new_session=True,
                cwd=home.CHECKOUT, preexec_fn=_end_with_parent if LIBC else None,
            )
        self.started_at = time.monotonic()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def children(simulate: bool) -> list[Child]:
    """The processes in the order in which they start."""
    found = [Child("gateway", _python("-m", "district.edges.gateway"))] if registry.listens() else []
    found.append(Child("worker", _python("-m", "district.edges.worker")))
    found.append(Child("live", _granian("asgi", "district.edges.live.asgi:application", live_port(), 1)))
    found.append(Child("web", _granian("wsgi", "district.edges.web.wsgi:application", web_port(), 2)))
    if registry.standing():
        found.append(Child("standing", _python("-m", "district.edges.standing")))
    if simulate:
        for system in registry.systems():
            if registry.role_exists(system, "simulator"):
                command = _python("-m", "district", "simulate", system.name, "--backfill", "auto")
                found.append(Child(f"simulator-{system.name}", command))
    return found


def hold_lock() -> IO[str]:
    """One supervisor for one DISTRICT_HOME. Raises AlreadyRunning with the pid of the other."""
    path = home.home() / "supervisor.pid"
    handle = path.open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        pid = path.read_text().strip()
        raise AlreadyRunning(f"系统已在运行，进程号 {pid}（already running as pid {pid}）") from error
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


def check_ports() -> None:
    """Raises AlreadyRunning naming the first port that somebody else holds."""
    wanted = [("网页 web", web_port()), ("实时 live", live_port()), ("网关状态 gateway http", gateway_http_port())]
    wanted += [(f"{listen.protocol}", field_port(listen.port)) for _, listen in registry.listens()]
    for name, port in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))  # noqa: S104 - only to see whether it is free
            except OSError as error:
                raise AlreadyRunning(
                    f"端口 {port}（{name}）已被占用；可用 DISTRICT_PORT / DISTRICT_PORT_OFFSET 换一个"
                    f" (port {port} is taken; choose another with DISTRICT_PORT / DISTRICT_PORT_OFFSET)"
                ) from error


def start_database() -> Database | None:
    """The embedded server, or None when DATABASE_URL points elsewhere.

    A server left over from a supervisor that was killed is stopped first.
    """
    if os.environ.get("DATABASE_URL"):
        return None
    left_over = postgres.running_pid()
    if left_over is not None:
        os.kill(left_over, signal.SIGINT)
        for _ in range(200):
            if postgres.running_pid() is None:
                break
            time.sleep(0.1)
    return Database(postgres.start())


@dataclass
class Database:
    """The embedded server under the supervisor's care; the others wait for it by themselves."""

    process: subprocess.Popen[bytes]
    start_again_at: float = 0.0

    def look_after(self, say: Callable[[str], None]) -> None:
        """Starts the server again when it has died. A failure is told and tried again later."""
        if self.process.poll() is None or time.monotonic() < self.start_again_at:
            return
        say(f"⚠ 数据库退出（{self.process.returncode}），正在重启 · the database exited, restarting; {log_of('postgres')}")
        try:
            self.process = postgres.start()
        except postgres.PostgresError as error:
            say(f"✗ {error}")
            self.start_again_at = time.monotonic() + LONGEST_PAUSE


class Supervisor:
    """Runs until told to stop."""

    def __init__(
        self, kept: list[Child], say: Callable[[str], None], database: Database | None = None
    ) -> None:
        self.children = kept
        self.database = database
        self.say = say
        self.is_stopping = False

    def run(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask_to_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(signal.SIGHUP, self._ask_to_stop)
        for child in self.children:
            child.start()
        while not self.is_stopping:
            self.look_after()
            time.sleep(0.3)

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()

    def look_after(self) -> None:
        """One round: start again what has died, after its pause."""
        if self.database is not None:
            self.database.look_after(self.say)
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.start_again_at:
                    child.start()
            elif child.process.poll() is not None:
                self._note_death(child, now)

    def _note_death(self, child: Child, now: float) -> None:
        assert child.process is not None
        code = child.process.returncode
        child.process = None
        child.deaths += 1
        child.pause = FIRST_PAUSE if now - child.started_at > 60 else min(child.pause * 2, LONGEST_PAUSE)
        child.start_again_at = now + child.pause
        log = log_of(child.name)
        self.say(f"⚠ {child.name} 退出（{code}），{child.pause:.0f} 秒后重启 · exited, restarting; {log}")

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-u", *arguments]


def _granian(interface: str, target: str, port: int, workers: int) -> list[str]:
    bind = os.environ.get("DISTRICT_BIND", "0.0.0.0")  # noqa: S104 - staff reach it over the network
    command = _python("-m", "granian", "--interface", interface, "--host", bind, "--port", str(port))
    command += ["--workers", str(workers), "--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    if interface == "wsgi":
        command += ["--blocking-threads", "4", "--backpressure", "64"]
    else:  # streams of events never end by themselves
        command += ["--workers-kill-timeout", "2"]
    return [*command, target]


def log_of(name: str) -> Path:
    return home.home() / "logs" / f"{name}.log"
