from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from district.kernel.clock import CHINA, now, stopped_at
from district.kernel.connectors import schedule
from district.kernel.connectors.contract import ConnectorFailed
from district.kernel.connectors.models import Run, RunState, Source, SourceState
from district.kernel.connectors.refused import Refused
from district.kernel.connectors.tests.delivered import source as made_source

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 5, 4, 8, 0, tzinfo=CHINA)


@pytest.fixture
def told(monkeypatch) -> list[ConnectorFailed]:
    events: list[ConnectorFailed] = []
    monkeypatch.setattr(schedule, "publish", events.append)
    return events


def source(line: str = "30 8 * * *", **fields) -> Source:
    return made_source(kind="http", schedule=line, **fields)


def started(at: datetime) -> list[Run]:
    with stopped_at(at):
        return schedule.tick()


def ended(run: Run, state: str, code: str = "") -> None:
    Run.objects.filter(pk=run.pk).update(state=state, code=code, ended_at=now())


def test_a_source_is_read_at_its_time_in_china_once():
    of = source()
    assert started(EIGHT) == []
    assert of.state.due_at == EIGHT + timedelta(minutes=30)
    assert started(EIGHT + timedelta(minutes=29)) == []
    run = started(EIGHT + timedelta(minutes=30))
    assert [each.source_id for each in run] == [of.pk]
    assert started(EIGHT + timedelta(minutes=31)) == []


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.RUNNING, RunState.BLOCKED])
def test_two_readings_of_a_source_never_overlap(state):
    source("* * * * *")
    started(EIGHT)
    [run] = started(EIGHT + timedelta(minutes=1))
    ended(run, state)
    assert started(EIGHT + timedelta(minutes=2)) == []
    ended(run, RunState.DONE)
    assert len(started(EIGHT + timedelta(minutes=2))) == 1


def test_times_that_were_missed_are_told_and_made_up_for_once():
    of = source("0 * * * *")
    started(EIGHT)
    [run] = started(EIGHT + timedelta(hours=5, minutes=20))
    of.refresh_from_db()
    assert of.state.missed == 4
    assert "错过 4 次" in run.notes[0]["words"]
    assert of.state.due_at == EIGHT + timedelta(hours=6)


def test_a_schedule_that_changes_counts_from_then_on():
    of = source()
    started(EIGHT)
    Source.objects.filter(pk=of.pk).update(schedule="0 20 * * *")
    started(EIGHT)
    assert SourceState.objects.get(source=of).due_at == EIGHT.replace(hour=20)
    Source.objects.filter(pk=of.pk).update(schedule="")
    started(EIGHT)
    assert SourceState.objects.get(source=of).due_at is None


def test_a_paused_source_is_left_alone_and_goes_on_with_its_next_time():
    of = source()
    started(EIGHT)
    schedule.set_active(of, False)
    assert started(EIGHT + timedelta(days=3)) == []
    with stopped_at(EIGHT + timedelta(days=3)):
        schedule.set_active(of, True)
        assert schedule.health(of).is_paused is False
    assert started(EIGHT + timedelta(days=3, minutes=1)) == []
    assert len(started(EIGHT + timedelta(days=3, minutes=30))) == 1


def test_what_may_pass_is_tried_again_soon_and_goes_on_where_it_stopped(told):
    of = source()
    started(EIGHT)
    at = EIGHT + timedelta(minutes=30)
    [run] = started(at)
    for failures, minutes in enumerate((1, 2, 4), 1):
        ended(run, RunState.FAILED, "timed_out")
        with stopped_at(at):
            schedule.note_failure(of.pk, run.pk, "timed_out", "没有回答")
        assert started(at + timedelta(minutes=minutes, seconds=-1)) == []
        at += timedelta(minutes=minutes)
        [again] = started(at)
        assert again.pk == run.pk
        assert SourceState.objects.get(source=of).failures == failures
    assert Run.objects.count() == 1


def test_what_will_not_pass_waits_for_its_next_time(told):
    of = source()
    started(EIGHT)
    at = EIGHT + timedelta(minutes=30)
    [run] = started(at)
    ended(run, RunState.FAILED, "login_refused")
    with stopped_at(at):
        schedule.note_failure(of.pk, run.pk, "login_refused", "密码不对")
    assert SourceState.objects.get(source=of).due_at == at + timedelta(days=1)


def test_the_department_is_told_once_for_a_row_of_failures(told):
    of = source("* * * * *")
    for failures in range(1, 6):
        schedule.note_failure(of.pk, 1, "host_unreachable", "连不上")
        assert len(told) == (failures >= schedule.TELL_AFTER)
    assert (told[0].source_id, told[0].organisation_id, told[0].failures) == (
        of.pk,
        of.resource.provider_id,
        3,
    )
    schedule.note_success(of.pk)
    for _ in range(3):
        schedule.note_failure(of.pk, 1, "host_unreachable", "连不上")
    assert len(told) == 2


def test_pauses_grow_to_six_hours():
    assert [schedule.pause(n) // timedelta(minutes=1) for n in (1, 2, 3, 9, 50)] == [1, 2, 4, 256, 360]


@pytest.mark.parametrize("line", ["every day", "* * * *", "61 * * * *", "* * * * * *", "@daily"])
def test_a_line_that_is_no_schedule_is_refused(line):
    with pytest.raises(Refused) as refusal:
        schedule.checked(line)
    assert refusal.value.code == "schedule_wrong"


def test_health_says_how_far_behind_a_source_is():
    of = source(cursor={"value": {"datetime": "2026-05-04T06:00:00+08:00"}})
    started(EIGHT)
    failed = Run.objects.create(source=of, state=RunState.FAILED, code="timed_out", problem="没有回答")
    with stopped_at(EIGHT):
        found = schedule.health(Source.objects.select_related("state").get(pk=of.pk))
    assert (found.lag, found.code, found.problem) == (timedelta(hours=2), "timed_out", failed.problem)
    assert found.next_run_at == EIGHT + timedelta(minutes=30)
    assert (found.is_connected, found.is_paused) == (None, False)


def test_due_sources_are_found_in_one_query(django_assert_num_queries):
    for _ in range(5):
        source("* * * * *")
    started(EIGHT)
    with stopped_at(EIGHT + timedelta(minutes=1)), django_assert_num_queries(1):
        assert len(schedule.due()) == 5
