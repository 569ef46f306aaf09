import json

import numpy as np
import psycopg
import pytest
from django.db import connection

from district.kernel.alerts import store
from district.kernel.alerts.engine import Engine
from district.kernel.alerts.models import Alarm, Suppression
from district.kernel.alerts.outbox import announce_waiting
from district.kernel.jobs.in_line import run_waiting

T0 = 1_780_000_000.0


@pytest.fixture
def raw(transactional_db):
    """A connection as the gateway has one: no Django."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    with psycopg.connect(**parameters, autocommit=True) as plain:
        yield plain


def loaded(raw) -> Engine:
    engine = Engine(T0)
    changes, refused = store.read(raw).into(engine)
    store.write(raw, changes)
    assert not refused
    return engine


def feed(engine, series, value, at):
    return engine.feed(np.array([series.pk]), np.array([at]), np.array([float(value)]), np.array([1]), at)


def test_the_life_of_an_alarm_reaches_the_database_and_the_pages(raw, rule, series, town):
    raw.execute("LISTEN live")
    engine = loaded(raw)
    for minute, value in enumerate([80, 95, 90, 60]):
        store.write(raw, feed(engine, series, value, T0 + 60 * minute))
    alarm = Alarm.objects.get()
    assert (alarm.system, alarm.kind, alarm.severity, alarm.state) == ("environment", "limit", 3, "cleared")
    assert (alarm.organisation, alarm.division_code) == (town, "370306102001")
    assert (alarm.count, alarm.peak, alarm.item, alarm.roles) == (3, 95, "a34004", rule.roles)
    assert alarm.message == "王村镇站 PM2.5 90 µg/m³，高于上限 75 µg/m³"
    assert alarm.since_at.timestamp() == T0
    assert [step.state for step in alarm.steps.all()] == ["raised", "cleared"]
    told = [json.loads(notice.payload)["data"]["change"] for notice in raw.notifies(timeout=2, stop_after=4)]
    assert told == ["raised", "updated", "updated", "cleared"]


def test_writing_the_same_transitions_twice_makes_one_alarm(raw, rule, series):
    changes = feed(loaded(raw), series, 80, T0)
    store.write(raw, changes * 2)
    assert Alarm.objects.count() == 1
    assert Alarm.objects.get().steps.count() == 1


def test_after_a_restart_an_open_alarm_is_the_same_alarm(raw, rule, series):
    store.write(raw, feed(loaded(raw), series, 80, T0))
    again = loaded(raw)
    store.write(raw, feed(again, series, 85, T0 + 120))
    store.write(raw, feed(again, series, 10, T0 + 180))
    assert [alarm.state for alarm in Alarm.objects.all()] == ["cleared"]


def test_alarms_of_a_rule_taken_away_meanwhile_are_cleared_at_the_next_start(raw, rule, series):
    store.write(raw, feed(loaded(raw), series, 80, T0))
    rule.delete()
    loaded(raw)
    assert Alarm.objects.get().state == "cleared"


def test_an_alarm_a_person_cleared_is_raised_anew_while_its_cause_lasts(raw, rule, series):
    engine = loaded(raw)
    store.write(raw, feed(engine, series, 80, T0))
    raw.execute("UPDATE alerts_alarm SET cleared_at = now(), state = 'cleared'")
    store.write(raw, feed(engine, series, 82, T0 + 90))
    assert sorted(alarm.state for alarm in Alarm.objects.all()) == ["cleared", "raised"]


def test_what_could_not_be_written_is_made_good_at_the_next_load(raw, rule, series):
    engine = loaded(raw)
    feed(engine, series, 80, T0)  # the database was away: nothing written
    store.write(raw, store.read(raw).into(engine)[0])
    assert [(alarm.state, alarm.value) for alarm in Alarm.objects.all()] == [("raised", 80)]
    assert store.read(raw).into(engine) == ([], {})
    feed(engine, series, 10, T0 + 60)  # and again
    store.write(raw, store.read(raw).into(engine)[0])
    assert [alarm.state for alarm in Alarm.objects.all()] == ["cleared"]
    assert store.read(raw).into(engine) == ([], {})
    store.write(raw, feed(engine, series, 90, T0 + 120))
    rule.delete()
    store.read(raw).into(engine)  # and once more, while clearing the alarm of a rule that is gone
    store.write(raw, store.read(raw).into(engine)[0])
    assert {alarm.state for alarm in Alarm.objects.all()} == {"cleared"}


def test_suppressions_reach_the_engine_and_changes_wake_the_gateway(raw, rule, series, on_duty):
    raw.execute(f"LISTEN {store.CHANNEL}")
    with raw.cursor() as cursor:
        start, end = cursor.execute("SELECT now() - interval '1 h', now() + interval '1 h'").fetchone()
    Suppression.objects.create(
        device_id=series.device_id, start_at=start, end_at=end, reason="校准", by=on_duty("zhang")
    )
    assert len(list(raw.notifies(timeout=2, stop_after=1))) == 1
    assert feed(loaded(raw), series, 99, start.timestamp() + 60) == []


def test_what_the_gateway_wrote_is_announced_exactly_once(raw, rule, series, on_duty):
    account = on_duty("li")
    engine = loaded(raw)
    store.write(raw, feed(engine, series, 80, T0))
    assert announce_waiting() == 1
    assert announce_waiting() == 0
    run_waiting()
    assert [notice.recipient for notice in Alarm.objects.get().notices.all()] == [account]
    store.write(raw, feed(engine, series, 10, T0 + 60))
    assert announce_waiting() == 1
    assert announce_waiting() == 0


def test_the_store_needs_no_django():
    import subprocess
    import sys

    code = "import sys, district.kernel.alerts.store; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
