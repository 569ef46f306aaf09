"""A thousand crashes between a form and its case, and races for the same key: one case each, whole, numbered on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection

from district.kernel import home
from district.kernel.cases.actions import open_case
from district.kernel.cases.models import Case, Entry, Task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]

CRASHES = 1000
STATEMENTS = 12
"""More than opening takes: some crash after the commit, before the answer."""
PROCESS = """
import sys
import django; django.setup()
from district.testing.procedures import trial
from district.kernel.cases.actions import open_case
with trial():
    print("ready", flush=True)
    for line in sys.stdin:
        open_case(system="trial", procedure="plain", title="路灯不亮", channel="web", idempotency_key=line.strip())
        print(line.strip(), flush=True)
"""


class Crash(Exception):
    pass


@contextmanager
def crash_at(statement: int):
    """The process dies, as far as the database can see, when it is about to send its n-th statement."""
    seen = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == statement:
            raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
        raise Crash  # after the commit: the answer never arrives


def report(key: str) -> Case:
    return open_case(system="trial", procedure="plain", title="路灯不亮", channel="web", idempotency_key=key)


def assert_whole(keys: list[str]) -> None:
    assert sorted(Case.objects.values_list("idempotency_key", flat=True)) == sorted(keys)
    assert Task.objects.count() == len(keys)
    assert Entry.objects.filter(act="open").count() == Entry.objects.filter(act="reach").count() == len(keys)
    serials = sorted(int(number[-5:]) for number in Case.objects.values_list("number", flat=True))
    assert serials == list(range(1, len(keys) + 1)), "numbers have a gap or a double"


@pytest.mark.slow
def test_a_thousand_crashes_between_form_and_case_give_one_case_each():
    chance, keys = random.Random(15), []
    while len(keys) < CRASHES:
        key = f"form:{len(keys)}"
        keys.append(key)
        with pytest.raises(Crash), crash_at(chance.randint(1, STATEMENTS)):
            report(key)
        if chance.random() < 0.2:  # and again while it is sent again
            with pytest.raises(Crash), crash_at(chance.randint(1, STATEMENTS)):
                report(key)
        assert report(key).idempotency_key == key
    assert_whole(keys)


def test_many_who_send_the_same_form_at_once_get_the_same_case():
    keys, found = [f"form:{n}" for n in range(40)], []

    def send():
        try:
            found.extend(report(key).pk for key in random.sample(keys, len(keys)))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(keys) * len(threads)
    assert len(set(found)) == len(keys)
    assert_whole(keys)


@pytest.mark.slow
def test_processes_killed_at_work_leave_nothing_half_done():
    keys, chance = [f"form:{n}" for n in range(400)], random.Random(9)
    answered: set[str] = set()
    for number in range(4):
        part = keys[number * 100 : number * 100 + 100]
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"DATABASE_URL": url(), "DJANGO_SETTINGS_MODULE": "district.edges.web.settings"},
            cwd=home.CHECKOUT,
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n".join(part) + "\n")
        process.stdin.flush()
        time.sleep(chance.uniform(0.05, 0.4))
        process.send_signal(signal.SIGKILL)
        answered |= {line.strip() for line in process.stdout}
        process.wait()
    there = set(Case.objects.values_list("idempotency_key", flat=True))
    assert answered <= there, "what was answered is there"
    for key in keys:
        report(key)
    assert_whole(keys)


def url() -> str:
    about = connection.settings_dict
    return f"postgresql://{about['USER']}:{about['PASSWORD']}@/{about['NAME']}?host={about['HOST']}&port={about['PORT']}"
