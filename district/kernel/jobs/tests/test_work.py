from datetime import datetime, timedelta

import pytest
from croniter import croniter
from django.db import connection, transaction
from procrastinate.contrib.django import app

from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.jobs import Progress, every, job
from district.kernel.jobs.in_line import run_waiting
from district.kernel.jobs.jobs import forget_old_work, rescue_jobs_of_dead_workers
from district.kernel.jobs.models import State, WorkProgress
from district.kernel.jobs.work import ask_to_stop

seen: list[object] = []


@job(name="test.note")
def note(what: str) -> None:
    seen.append(what)


@job(name="test.count")
def count(progress: Progress, upto: int) -> None:
    """Counts from its checkpoint; asks after every step whether it should stop."""
    progress.expect(upto)
    for number in range(progress.checkpoint or 0, upto):
        seen.append(number)
        progress.advance()
        progress.save(number + 1)
        if number == 4:
            ask_to_stop(WorkProgress.objects.get(job="test.count"))
        if progress.should_stop():
            return


@job(name="test.break")
def break_down(progress: Progress) -> None:
    raise RuntimeError("out of paper")


@pytest.fixture(autouse=True)
def _clean():
    seen.clear()


@pytest.mark.django_db
def test_a_started_job_runs_once_and_only_when_its_arguments_fit():
    note.start(what="tea")
    with pytest.raises(TypeError):
        note.start(colour="red")
    assert run_waiting() == [("test.note", "succeeded")]
    assert seen == ["tea"]
    assert run_waiting() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_started_in_a_transaction_that_fails_never_runs():
    @transaction.atomic
    def start_and_fail() -> None:
        note.start(what="never")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        start_and_fail()
    assert run_waiting() == []


@pytest.mark.django_db
def test_a_stopped_run_goes_on_from_its_checkpoint():
    key = count.start(upto=8)
    run_waiting()
    row = WorkProgress.objects.get(pk=key)
    assert (row.state, row.done, row.total, row.percent) == (State.STOPPED, 5, 8, 62)
    count.resume(row)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, row.done) == (State.DONE, 8)
    assert seen == list(range(8))
    with pytest.raises(ValueError, match="done"):
        count.resume(row)


@pytest.mark.django_db
def test_a_run_cut_short_by_a_shutdown_is_queued_again():
    row = WorkProgress.objects.create(job="test.count", arguments={"upto": 3})

    class Ending:
        def should_abort(self) -> bool:
            return not row.done and len(seen) == 1

    count.perform(Ending(), _progress=row.pk, upto=3)
    row.refresh_from_db()
    assert (row.state, row.checkpoint) == (State.WAITING, 1)
    run_waiting()
    row.refresh_from_db()
    assert (row.state, seen) == (State.DONE, [0, 1, 2])


@pytest.mark.django_db
def test_a_run_that_fails_says_why():
    row = WorkProgress.objects.create(job="test.break")
    with pytest.raises(RuntimeError):
        break_down.perform(None, _progress=row.pk)
    row.refresh_from_db()
    assert (row.state, row.message) == (State.FAILED, "RuntimeError: out of paper")


def test_timers_keep_the_time_of_china():
    @every("10 1 * * *")
    def at_ten_past_one() -> None:
        return None

    key = next(key for key in app.periodic_registry.periodic_tasks if "at_ten_past_one" in key[0])
    timer = app.periodic_registry.periodic_tasks.pop(key)
    noon = datetime(2026, 5, 1, 12, 0, tzinfo=CHINA)
    following = timer.croniter.get_next(ret_type=float, start_time=noon.timestamp())
    assert datetime.fromtimestamp(following, CHINA) == datetime(2026, 5, 2, 1, 10, tzinfo=CHINA)
    assert isinstance(timer.croniter, croniter)


def job_row(status: str, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('x', 'q', 'todo') RETURNING id"
        )
        key = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [key])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, key])
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [at, key])
    return key


def statuses(*keys: int) -> list[str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE id = ANY(%s)", [list(keys)])
        found = dict(cursor.fetchall())
    return [found.get(key) for key in keys]


@pytest.mark.django_db
def test_jobs_of_a_killed_worker_go_back_into_the_queue():
    lost = job_row("doing", now() - timedelta(minutes=5))
    assert rescue_jobs_of_dead_workers() == 1
    assert statuses(lost) == ["todo"]


@pytest.mark.django_db
def test_a_killed_workers_timer_does_not_hold_up_its_next_turn_for_ever():
    lost = [job_row("doing", now() - timedelta(hours=1)) for _number in range(2)]
    waiting, other = job_row("todo", now()), job_row("doing", now() - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'timer' WHERE id = ANY(%s)", [[*lost, waiting]])
        cursor.execute("UPDATE procrastinate_jobs SET queueing_lock = 'other' WHERE id = %s", [other])
    assert rescue_jobs_of_dead_workers() == 3
    assert statuses(*lost, waiting, other) == ["failed", "failed", "todo", "todo"]


@pytest.mark.django_db
def test_old_finished_work_is_forgotten_and_failed_work_kept_longer():
    at = now()
    old, fresh = job_row("succeeded", at - timedelta(days=8)), job_row("succeeded", at - timedelta(days=6))
    failed, stale = job_row("failed", at - timedelta(days=8)), job_row("failed", at - timedelta(days=91))
    with stopped_at(at):
        forget_old_work()
    assert statuses(old, fresh, failed, stale) == [None, "succeeded", "failed", None]
