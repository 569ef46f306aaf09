"""The supervisor keeps processes alive and stops them in order."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from district.edges import postgres, supervisor
from district.edges.supervisor import AlreadyRunning, Child, Supervisor


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DISTRICT_HOME", str(tmp_path))


def until(condition, patience=10.0):
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


def test_a_process_that_dies_is_started_again_after_a_pause(monkeypatch):
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.05)
    heard = []
    child = Child("mortal", [sys.executable, "-c", "raise SystemExit(3)"], pause=0.05)
    watch = Supervisor([child], heard.append)
    child.start()

    def died_twice():
        watch.look_after()
        return child.deaths >= 2

    until(died_twice)
    watch.stop()
    assert "mortal" in heard[0]
    assert "3" in heard[0]
    assert child.pause > 0.05


def test_children_are_stopped_in_reverse_order(tmp_path):
    program = (
        "import signal, sys, time, pathlib\n"
        "def bye(*_):\n"
        "    open(sys.argv[2], 'a').write(sys.argv[1]); sys.exit()\n"
        "signal.signal(signal.SIGTERM, bye)\n"
        "pathlib.Path(sys.argv[2] + sys.argv[1]).touch()\n"
        "time.sleep(60)\n"
    )
    order = tmp_path / "order"
    kept = [Child(name, [sys.executable, "-c", program, name, str(order)]) for name in "abc"]
    for child in kept:
        child.start()
    for name in "abc":
        until((tmp_path / f"order{name}").exists)
    Supervisor(kept, print).stop()
    assert order.read_text() == "cba"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_supervisor_that_is_killed_leaves_no_process_behind(tmp_path):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import os, pathlib, sys, time\npathlib.Path(sys.argv[1]).write_text(str(os.getpid()))\ntime.sleep(60)\n")
    program = (
        "import sys\n"
        "from district.edges.supervisor import Child, Supervisor\n"
        "Supervisor([Child('kept', [sys.executable, *sys.argv[1:]])], print).run()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(sleeper), str(tmp_path / "pid")])
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    kept = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    until(lambda: not _is_alive(kept))


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1][:3]
    except FileNotFoundError:
        return False


def test_a_second_supervisor_of_the_same_home_is_refused():
    with supervisor.hold_lock(), pytest.raises(AlreadyRunning, match="already running"):
        supervisor.hold_lock()


def test_a_database_that_dies_is_started_again(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    heard: list[str] = []
    database = supervisor.start_database()
    assert database is not None
    watch = Supervisor([], heard.append, database)
    try:
        database.process.kill()
        database.process.wait()
        watch.look_after()
        assert database.process.poll() is None
        assert "-9" in heard[0]
    finally:
        postgres.stop(database.process)
        shutil.rmtree(postgres.layout().data, ignore_errors=True)
