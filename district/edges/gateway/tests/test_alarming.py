"""Alarms whose writing failed are told again: the engine says a thing once, the database must have it."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import numpy as np
import psycopg
import pytest

from district.edges.gateway import alarming as module
from district.edges.gateway.alarming import RELOAD_S, Alarming
from district.edges.gateway.counters import Counters
from district.kernel.alerts.store import Snapshot
from district.kernel.alerts.transitions import Change, Transition

NOW_S = 1_790_000_000.0
RULE = {
    "id": 1, "system": "environment", "kind": "limit", "severity": 3, "parameters": {"above": 50.0}, "device_kind": "",
    "device_id": None, "division_code": "", "item": "", "item_name": "", "statistic": "", "period": "", "inputs": {},
}  # fmt: skip
DEVICE = {"id": 1, "name": "甲", "kind": "gas_outlet", "system": "environment", "division_code": "370306"}
SERIES = {"id": 1, "device_id": 1, "item": "a21002", "statistic": "avg", "period": "hour", "unit": ""}


class Base:
    """The tables of alarms as far as they matter here; `failures` writes or reads fail before one succeeds."""

    def __init__(self) -> None:
        self.open: dict[str, Transition] = {}
        self.written: list[Change] = []
        self.failing_writes = self.failing_reads = 0
        self.error: type[psycopg.Error] = psycopg.errors.DeadlockDetected

    def execute(self, _query: str) -> Any:
        return SimpleNamespace(fetchone=lambda: (1,))

    def transaction(self) -> Any:
        return nullcontext()

    def read(self, _connection: Any) -> Snapshot:
        if self.failing_reads:
            self.failing_reads -= 1
            raise self.error("read failed")
        alarms = [
            {"key": one.key, "since": one.since, "count": one.count, "value": one.value, "peak": one.peak}
            for one in self.open.values()
        ]
        return Snapshot([RULE], [DEVICE], [SERIES], [], alarms, [])

    def write(self, _connection: Any, changes: list[Transition]) -> None:
        if self.failing_writes:
            self.failing_writes -= 1
            raise self.error("write failed")
        for change in changes:
            self.written.append(change.change)
            if change.change is Change.CLEARED:
                self.open.pop(change.key, None)
            else:
                self.open[change.key] = change


@pytest.fixture
def base(monkeypatch) -> Base:
    made = Base()
    monkeypatch.setattr(module.store, "read", made.read)
    monkeypatch.setattr(module.store, "write", made.write)
    return made


@pytest.fixture
def alarming(base: Base) -> Alarming:
    made = Alarming(Counters())
    made.load(base, NOW_S)
    return made


def feed(alarming: Alarming, base: Base, value: float, at_s: float) -> None:
    alarming.feed(
        base, np.array([1]), np.array([at_s]), np.array([value]), np.array([0]), at_s
    )  # fmt: skip


@pytest.mark.parametrize("error", [psycopg.errors.DeadlockDetected, psycopg.OperationalError])
def test_an_alarm_that_could_not_be_written_is_written_when_the_database_is_back(alarming, base, error):
    base.failing_writes, base.error = 1, error
    with pytest.raises(error):
        feed(alarming, base, 80.0, NOW_S)
    assert base.open == {}
    assert alarming.is_stale
    alarming.tick(base, NOW_S + RELOAD_S)
    assert list(base.open) == ["rule:1/series:1"]
    assert not alarming.is_stale


def test_an_end_that_could_not_be_written_is_written_later(alarming, base):
    feed(alarming, base, 80.0, NOW_S)
    base.failing_writes = 1
    with pytest.raises(psycopg.Error):
        feed(alarming, base, 20.0, NOW_S + 60)
    assert list(base.open) == ["rule:1/series:1"]
    alarming.tick(base, NOW_S + 60 + RELOAD_S)
    assert base.open == {}
    assert base.written == [Change.RAISED, Change.CLEARED]


def test_rules_that_could_not_be_read_are_read_again(alarming, base):
    alarming.is_stale = True
    base.failing_reads = 1
    with pytest.raises(psycopg.Error):
        alarming.tick(base, NOW_S + RELOAD_S)
    assert alarming.is_stale
    alarming.tick(base, NOW_S + 2 * RELOAD_S)
    assert not alarming.is_stale


def test_what_was_written_is_not_written_again_by_a_reload(alarming, base):
    feed(alarming, base, 80.0, NOW_S)
    alarming.load(base, NOW_S + 60)
    assert base.written == [Change.RAISED]
