from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from district.kernel.events import on, publish
from district.kernel.events.codec import EventError
from district.kernel.events.delivery import deliver
from district.kernel.events.listeners import UnknownListener, forget
from district.kernel.events.models import Receipt
from district.kernel.events.postgres import PATIENCE
from district.kernel.jobs.in_line import run_waiting
from district.kernel.vocabulary import Event


@dataclass(frozen=True)
class KettleBoiled(Event):
    kettle: int


@dataclass(frozen=True)
class KettleDropped(Event):
    kettle: int


@pytest.fixture
def heard():
    """Two listeners of one event: one that writes down what it hears, one that fails until told otherwise."""
    notes: dict[str, Any] = {"good": [], "is_bad": True, "bad": []}

    @on(KettleBoiled)
    def write_down(event: KettleBoiled) -> None:
        notes["good"].append(event)

    @on(KettleBoiled)
    def stumble(event: KettleBoiled) -> None:
        Receipt.objects.create(message=f"trace of {event.kettle}", listener="stumble")
        if notes["is_bad"]:
            raise RuntimeError("no hands free")
        notes["bad"].append(event)

    yield notes
    for handle in (write_down, stumble):
        forget(f"{handle.__module__}.{handle.__qualname__}")


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_each_listener_gets_a_message_of_its_own_and_fails_alone(heard):
    publish(KettleBoiled(3))
    outcomes = sorted(outcome for _, outcome in run_waiting())
    assert outcomes == ["RuntimeError: no hands free", "succeeded"]
    assert heard["good"] == [KettleBoiled(3)]
    assert not Receipt.objects.filter(message="trace of 3").exists(), "what the failed listener wrote is undone"


@pytest.mark.django_db(transaction=True)
def test_a_rollback_publishes_nothing(heard):
    @transaction.atomic
    def boil_and_spill() -> None:
        publish(KettleBoiled(4))
        assert waiting() == 2
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        boil_and_spill()
    assert waiting() == 0


@pytest.mark.django_db
def test_an_event_nobody_listens_to_is_not_sent_but_still_checked(heard):
    publish(KettleDropped(5))
    assert waiting() == 0
    with pytest.raises(EventError):
        publish(KettleDropped(float("nan")))  # type: ignore[arg-type] # that is what is tried


@pytest.mark.django_db
def test_a_message_that_comes_twice_has_one_effect(heard):
    name = f"{__name__}.heard.<locals>.write_down"
    assert deliver("m-1", name, KettleBoiled.name, {"kettle": 6})
    assert not deliver("m-1", name, KettleBoiled.name, {"kettle": 6})
    assert heard["good"] == [KettleBoiled(6)]


@pytest.mark.django_db
def test_a_listener_that_failed_may_succeed_when_tried_again(heard):
    name = f"{__name__}.heard.<locals>.stumble"
    with pytest.raises(RuntimeError):
        deliver("m-2", name, KettleBoiled.name, {"kettle": 7})
    heard["is_bad"] = False
    assert deliver("m-2", name, KettleBoiled.name, {"kettle": 7})
    assert heard["bad"] == [KettleBoiled(7)]


@pytest.mark.django_db
def test_a_message_for_a_listener_that_is_gone_or_listens_to_something_else_fails_loudly(heard):
    with pytest.raises(UnknownListener):
        deliver("m-3", "nobody", KettleBoiled.name, {"kettle": 1})
    with pytest.raises(EventError):
        deliver("m-4", f"{__name__}.heard.<locals>.stumble", KettleDropped.name, {"kettle": 1})


def test_a_failing_listener_is_tried_for_about_an_hour():
    attempts = PATIENCE.max_attempts or 0
    waits = [PATIENCE.exponential_wait ** (attempt + 1) for attempt in range(attempts)]
    assert 1800 < sum(waits) < 7200
