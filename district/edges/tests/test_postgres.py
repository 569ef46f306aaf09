"""The embedded server, on the paths and after the deaths that its own launcher does not survive."""

import os
import shutil
import signal

import psycopg
import pytest

from district.edges import postgres


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "区 智" / "a very long folder name that would not fit into the path of a socket" / "home"
    folder.mkdir(parents=True)
    monkeypatch.setenv("DISTRICT_HOME", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    place = postgres.layout()
    yield folder
    pid = postgres.running_pid()
    if pid:
        os.kill(pid, signal.SIGQUIT)
    for left in (place.data, place.socket):
        shutil.rmtree(left, ignore_errors=True)


def test_it_serves_from_a_long_path_with_blanks_and_chinese(home):
    server = postgres.start()
    try:
        with psycopg.connect(postgres.layout().url()) as connection:
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    finally:
        postgres.stop(server)
    assert postgres.running_pid() is None


def test_what_was_committed_is_there_after_kill_9(home):
    server = postgres.start()
    with psycopg.connect(postgres.layout().url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    server.kill()
    server.wait()

    server = postgres.start()
    try:
        with psycopg.connect(postgres.layout().url()) as connection:
            assert connection.execute("SELECT n FROM kept").fetchone() == (7,)
    finally:
        postgres.stop(server)


def test_a_stale_lock_of_a_pid_that_is_somebody_else_does_not_stop_it(home):
    postgres.stop(postgres.start())
    (postgres.layout().data / "postmaster.pid").write_text(f"{os.getpid()}\n/somewhere\n")
    server = postgres.start()
    postgres.stop(server)


def test_a_socket_folder_of_somebody_else_is_refused(home, monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "SHORT", tmp_path)
    place = postgres.layout().socket
    place.rmdir()
    place.symlink_to("/")
    with pytest.raises(postgres.PostgresError):
        postgres.layout()
    place.unlink()
