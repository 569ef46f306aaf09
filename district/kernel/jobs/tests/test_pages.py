import re

import pytest
from django.test import Client

from district.kernel.jobs.in_line import run_waiting
from district.kernel.jobs.models import WorkProgress
from district.testing.people import account

from .test_work import count, note, seen


@pytest.fixture
def operator(db):
    client = Client()
    client.force_login(account("kernel.operator"))
    return client


def failing(monkeypatch):
    """A job in the queue that failed once."""
    monkeypatch.setattr(note, "run", lambda what: 1 / 0)
    note.start(what="tea")
    assert run_waiting() == [("test.note", "ZeroDivisionError: division by zero")]
    monkeypatch.undo()


def test_a_failed_job_is_seen_and_tried_again(operator, monkeypatch):
    failing(monkeypatch)
    listed = operator.get("/jobs/?jobs.status=failed")
    assert "test.note" in listed.text
    (number,) = re.findall(r'href="/jobs/(\d+)/"', listed.text)
    assert "tea" in operator.get(f"/jobs/{number}/").text
    seen.clear()
    assert operator.post(f"/jobs/{number}/again/").status_code == 302
    assert run_waiting() == [("test.note", "succeeded")]
    assert seen == ["tea"]
    assert "不能重试" in operator.post(f"/jobs/{number}/again/", follow=True).text


def test_long_work_is_watched_stopped_and_resumed(operator):
    seen.clear()
    key = count.start(upto=8)
    address = f"/jobs/progress/{key}/"
    assert "hx-trigger" in operator.get(address).text
    run_waiting()
    stopped = operator.get(address)
    assert "已停止" in stopped.text
    assert "5 / 8" in stopped.text
    assert operator.post(f"{address}resume/").status_code == 302
    assert WorkProgress.objects.get(pk=key).state == "waiting"
    assert operator.post(f"{address}stop/").status_code == 302
    assert WorkProgress.objects.get(pk=key).is_stop_asked
    assert operator.post(f"{address}explode/").status_code == 404
    assert operator.get("/jobs/").status_code == 200


def test_only_the_operator_sees_the_queue(db):
    client = Client()
    client.force_login(account("environment.officer"))
    assert client.get("/jobs/").status_code == 403
