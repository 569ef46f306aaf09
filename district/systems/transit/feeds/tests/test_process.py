"""The standing process asks each feed at its own pace."""

from __future__ import annotations

import threading

import pytest

from district.systems.transit.feeds import process


def test_a_slow_feed_holds_nobody_up_and_is_not_asked_twice_at_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    slow, stop, enough = threading.Event(), threading.Event(), threading.Event()

    def ask(pk: int) -> None:
        asked.append(pk)
        if pk == 1:
            slow.wait(10)
        elif asked.count(2) >= 3:
            enough.set()

    monkeypatch.setattr(process, "TURN_S", 0.005)
    monkeypatch.setattr(process, "due", lambda: [1, 2])
    monkeypatch.setattr(process, "_ask", ask)
    monkeypatch.setattr(process, "forget_old_polls", lambda: 0)
    running = threading.Thread(target=process.run, args=(stop,))
    running.start()
    assert enough.wait(10)
    assert asked.count(1) == 1
    stop.set()
    slow.set()
    running.join(10)
    assert not running.is_alive()


def test_what_goes_wrong_in_a_poll_ends_the_process_so_that_it_is_started_anew(monkeypatch: pytest.MonkeyPatch):
    def ask(_pk: int) -> None:
        raise ConnectionError("the database is away")

    monkeypatch.setattr(process, "TURN_S", 0.005)
    monkeypatch.setattr(process, "due", lambda: [1])
    monkeypatch.setattr(process, "_ask", ask)
    monkeypatch.setattr(process, "forget_old_polls", lambda: 0)
    stop = threading.Event()
    guard = threading.Timer(10, stop.set)
    guard.start()
    with pytest.raises(ConnectionError):
        process.run(stop)
    guard.cancel()
