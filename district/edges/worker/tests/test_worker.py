"""The worker as a process of its own, against the database of the test."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

from district.kernel import home
from district.kernel.alerts import actions
from district.kernel.alerts.models import Alarm
from district.kernel.clock import now
from district.kernel.jobs.models import Heartbeat

PATIENCE_S = 60.0


@pytest.fixture
def worker(transactional_db):
    parameters = connection.get_connection_params()
    host, user = quote(str(parameters.get("host", "")), safe=""), parameters.get("user", "")
    url = f"postgresql://{user}:{quote(parameters.get('password') or '')}@/{parameters['dbname']}?host={host}"
    if parameters.get("port"):
        url += f"&port={parameters['port']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "district.edges.worker"], cwd=home.CHECKOUT, env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    yield process
    process.kill()
    process.communicate()


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "the worker did not get there"
        time.sleep(0.1)


@pytest.mark.slow
def test_the_worker_shows_that_it_lives_announces_delivers_and_leaves_when_asked(worker):
    wait_until(lambda: Heartbeat.objects.filter(name="worker").exists())
    assert abs((now() - Heartbeat.objects.get(name="worker").at).total_seconds()) < PATIENCE_S
    alarm = actions.raise_alarm(system="environment", kind="t", thing="1", subject="甲", message="甲", severity=1)
    Alarm.objects.update(is_announced=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('alerts_outbox', '')")
        wait_until(lambda: Alarm.objects.get(pk=alarm.pk).is_announced)
        wait_until(lambda: _done(cursor) >= 2)
        wait_until(lambda: _done(cursor, "feeds.send") >= 1)  # asked for by nobody but the start of the worker
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_a_worker_whose_database_goes_away_ends_with_a_failure_for_its_supervisor_to_see(worker):
    wait_until(lambda: Heartbeat.objects.filter(name="worker").exists())
    with connection.cursor() as cursor:

        def cut() -> bool:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN device_reports%'")
            return cursor.rowcount > 0

        wait_until(cut)
    assert worker.wait(PATIENCE_S) == 1


def _done(cursor, task="events.deliver"):
    cursor.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'succeeded'", [task]
    )
    return cursor.fetchone()[0]
