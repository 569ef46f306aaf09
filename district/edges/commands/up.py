"""`district up`: the whole platform on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from district.edges import postgres
from district.edges.database import set_up_django
from district.edges.ports import field_port, web_port
from district.edges.supervisor import (
    AlreadyRunning,
    Database,
    Supervisor,
    check_ports,
    children,
    hold_lock,
    start_database,
)
from district.kernel import home, registry

READY_PATIENCE = 90.0
STARTED = time.monotonic()


def main(arguments: list[str]) -> int:
    """`--no-demo` (or DISTRICT_DEMO=0) leaves out the simulators."""
    unknown = [argument for argument in arguments if argument != "--no-demo"]
    if unknown:
        print(f"用法 usage: district up [--no-demo]；不认识（unknown）: {' '.join(unknown)}", file=sys.stderr)
        return 2
    demo = "--no-demo" not in arguments and os.environ.get("DISTRICT_DEMO") != "0"
    try:
        lock = hold_lock()
        check_ports()
        say("启动数据库", "starting the database")
        database = start_database()
    except (AlreadyRunning, postgres.PostgresError) as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    with lock:
        try:
            return _run(demo, database)
        finally:
            if database is not None:
                postgres.stop(database.process)
            say("已停止", "stopped")


def _run(demo: bool, database: Database | None) -> int:
    say("准备数据", "preparing")
    prepared = subprocess.run([sys.executable, "-m", "district", "prepare"], cwd=home.CHECKOUT)
    if prepared.returncode:
        print("✗ 准备数据失败，见上（preparing failed, see above）", file=sys.stderr)
        return 1
    supervisor = Supervisor(children(simulate=demo), tell, database)
    say("启动网页、网关、后台任务" + ("、模拟器" if demo else ""), "starting the processes")
    greeter = subprocess.Popen([sys.executable, "-c", _GREETER], cwd=home.CHECKOUT)
    try:
        supervisor.run()
    finally:
        greeter.terminate()
        say("正在停止", "stopping")
        supervisor.stop()
        greeter.wait()
    return 0


_GREETER = "from district.edges.commands.up import greet; greet()"


def greet() -> None:
    """Waits until /health is 200, then prints where to go and who to be."""
    deadline = time.monotonic() + READY_PATIENCE
    problem = ""
    while time.monotonic() < deadline:
        problem = _problem()
        if not problem:
            _welcome()
            return
        time.sleep(0.4)
    print(f"⚠ 还没有就绪（not ready yet）：{problem}；日志 logs: {home.home() / 'logs'}", flush=True)


def _problem() -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{web_port()}/health", timeout=3):
            return ""
    except urllib.error.HTTPError as error:
        checks = json.loads(error.read() or b"{}").get("checks", {})
        return "; ".join(f"{name}: {reason}" for name, reason in checks.items() if reason != "ok")
    except OSError as error:
        return str(error)


def _welcome() -> None:
    set_up_django()
    from district.kernel.people.demo import accounts_to_show

    print(f"\n  区智 District   http://127.0.0.1:{web_port()}/\n")
    for system, listen in registry.listens():
        print(f"  {listen.protocol.upper():8} {system.zh}设备接入 TCP 端口 {field_port(listen.port)}")
    accounts = accounts_to_show()
    if accounts:
        print("\n  演示账号 demo accounts")
        for username, role, organisation, password in accounts:
            print(f"    {username:24} {password}   {role} · {organisation}")
    print("\n  停止 stop: Ctrl-C", flush=True)


def say(zh: str, en: str) -> None:
    tell(f"[{time.monotonic() - STARTED:5.1f}s] {zh} · {en}")


def tell(text: str) -> None:
    """Where nobody reads any more (a closed terminal, `| head`) the platform runs on and is stopped in order."""
    with contextlib.suppress(BrokenPipeError):
        print(text, flush=True)
