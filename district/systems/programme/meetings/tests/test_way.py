"""A meeting from its notice to the answer of what it decided, by the doors people use."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from district.kernel.alerts.models import Notice
from district.kernel.cases.actions import claim, complete
from district.kernel.cases.models import OPEN_TASKS
from district.kernel.clock import now, stopped_at, today
from district.kernel.people.models import Duty
from district.kernel.people.refused import Refused
from district.systems.programme.meetings import actions
from district.systems.programme.meetings.checking import check_answer
from district.systems.programme.meetings.documents import minutes_docx
from district.systems.programme.meetings.jobs import follow_up_on_agendas
from district.systems.programme.meetings.queries import DONE, DONE_LATE, LATE, OPEN, decisions
from district.systems.programme.meetings.today import lines
from district.systems.programme.models import AnswerCheck, Decision, Meeting, Milestone, PlanTask
from district.systems.programme.today.lines import Kind
from district.testing.people import account

from .people import cast

pytestmark = pytest.mark.django_db


def called(people, days=1):
    unit = people.liaison.organisation
    return actions.call_meeting(
        title="联席会议",
        kind="joint",
        begins_at=now() + timedelta(days=days),
        place="三楼",
        units=[unit],
        account=people.office,
    )


def held(people):
    meeting = called(people)
    with stopped_at(meeting.begins_at + timedelta(hours=1)):
        return actions.hold(meeting, {people.liaison.organisation_id}, people.office)


def issued(people, due_on: date | None = None) -> Decision:
    meeting = held(people)
    with stopped_at(meeting.begins_at + timedelta(hours=2)):
        for item in meeting.items.filter(state="on"):
            actions.write_minutes(item, "讨论", people.office)
        made = actions.decide(
            meeting,
            text="共享公交数据",
            owner=people.liaison.organisation,
            due_on=due_on or today() + timedelta(days=10),
            task=None,
            account=people.office,
        )
        actions.issue_minutes(meeting, people.office)
    made.refresh_from_db()
    return made


def answered(decision: Decision, by) -> None:
    task = decision.case.tasks.get(state__in=OPEN_TASKS)
    complete(claim(task, by), by, {"result": "已共享"})


def test_a_liaison_is_told_of_the_meeting_and_says_whether_the_unit_comes(client):
    people = cast()
    meeting = called(people)
    assert Notice.objects.filter(
        recipient=people.liaison, url=reverse("programme:meeting", args=[meeting.pk])
    ).exists()
    client.force_login(people.liaison)
    notice = meeting.attendances.get()
    client.post(reverse("programme:answer_notice", args=[notice.pk, "excused"]), {"note": ""})
    notice.refresh_from_db()
    assert notice.state == "invited"
    client.post(reverse("programme:answer_notice", args=[notice.pk, "excused"]), {"note": "外出培训"})
    notice.refresh_from_db()
    assert (notice.state, notice.note) == ("excused", "外出培训")


def test_a_proposal_is_taken_up_by_another_than_who_made_it():
    people = cast()
    meeting = called(people)
    Duty.objects.create(
        account=people.liaison,
        role="programme.office",
        organisation=people.liaison.organisation,
        scope="district",
    )
    made = actions.propose(
        meeting, title="经费", unit=people.liaison.organisation, task=None, account=cast().liaison
    )
    assert made.state == "proposed"
    made.made_by = people.liaison
    made.save()
    with pytest.raises(Refused) as refused:
        actions.decide_item(made, True, people.liaison)
    assert refused.value.code == "own_request"
    with pytest.raises(IntegrityError), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(decided_by=people.liaison)
    assert actions.decide_item(made, True, people.office).decided_by == people.office


def test_a_decision_becomes_a_case_due_on_its_day_and_comes_on_the_next_agenda_until_it_is_done():
    people = cast()
    decision = issued(people)
    assert decision.case.organisation == decision.owner
    following = called(people, days=5)
    assert [item.decision for item in following.items.filter(source="decision")] == [decision]
    assert actions.fill_agenda(following) == 0
    answered(decision, people.liaison)
    check_answer(decision.case, people.office, True)
    assert decisions(now() + timedelta(days=1)).get().standing == DONE
    assert not called(people, days=9).items.filter(source="decision").exists()


def test_what_is_not_done_by_its_day_is_late_and_the_leader_is_told():
    people = cast()
    decision = issued(people)
    before, after = now() + timedelta(days=2), now() + timedelta(days=30)
    assert decisions(before).get().standing == OPEN
    assert [(line.kind, decision.text in line.text) for line in lines(before)] == [(Kind.PROMISED, True)]
    assert decisions(after).get().standing == LATE
    assert [line.kind for line in lines(after)] == [Kind.LATE]
    with stopped_at(after):
        answered(decision, people.liaison)
        check_answer(decision.case, people.office, True)
        assert decisions(after + timedelta(days=1)).get().standing == DONE_LATE


def test_an_answer_is_checked_by_another_and_given_back_only_with_a_reason():
    people = cast()
    decision = issued(people)
    both = account("programme.office", "programme.liaison", unit=people.liaison.organisation)
    answered(decision, both)
    for who, enough, words, code in (
        (both, True, "", "own"),
        (people.office, False, " ", "reason"),
        (people.liaison, True, "", "not_office"),
    ):
        with pytest.raises(Refused) as refused:
            check_answer(decision.case, who, enough, words)
        assert refused.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerCheck.objects.create(case=decision.case, answered_by=both, checked_by=both, is_enough=True)
    check_answer(decision.case, people.office, False, "缺少佐证")
    decision.case.refresh_from_db()
    assert decision.case.is_running
    assert decision.case.tasks.get(state__in=OPEN_TASKS).key == "carry_out"
    answered(decision, people.liaison)
    check_answer(decision.case, people.office, True)
    decision.case.refresh_from_db()
    assert decision.case.state == "closed"


def test_the_check_is_not_done_at_the_bench(client):
    people = cast()
    decision = issued(people)
    answered(decision, people.liaison)
    task = claim(decision.case.tasks.get(state__in=OPEN_TASKS), people.office)
    with pytest.raises(Refused) as refused:
        complete(task, people.office, {"is_done": True})
    assert refused.value.code == "elsewhere"
    client.force_login(people.office)
    url = reverse("programme:decision_answer", args=[decision.case.number])
    assert "已共享" in client.get(url).content.decode()
    assert url in client.get(reverse("programme:decisions")).content.decode()
    client.post(url, {"is_enough": "yes", "words": "属实"})
    decision.case.refresh_from_db()
    assert decision.case.state == "closed"


def test_late_tasks_come_on_agendas_by_themselves_once():
    people = cast()
    meeting = called(people, days=9)
    Milestone.objects.create(
        task=PlanTask.objects.get(system="transport"),
        title="试运行",
        begins_on="2025-01-01",
        due_on=today() - timedelta(days=1),
    )
    assert follow_up_on_agendas() == 1
    assert follow_up_on_agendas() == 0
    assert meeting.items.get().source == "task"


def test_minutes_are_issued_only_when_each_item_was_written_up_and_say_all():
    people = cast()
    meeting = called(people)
    actions.propose(
        meeting, title="经费安排", unit=people.office.organisation, task=None, account=people.office
    )
    with stopped_at(meeting.begins_at + timedelta(hours=1)):
        actions.hold(meeting, {people.liaison.organisation_id}, people.office)
        with pytest.raises(Refused) as refused:
            actions.issue_minutes(meeting, people.office)
        assert refused.value.code == "minutes"
        actions.write_minutes(meeting.items.get(), "同意安排。\n年底前到位。", people.office)
        with pytest.raises(Refused):
            actions.decide(
                meeting,
                text="落实",
                owner=people.liaison.organisation,
                due_on=today() - timedelta(days=1),
                task=None,
                account=people.office,
            )
        actions.decide(
            meeting,
            text="落实经费",
            owner=people.liaison.organisation,
            due_on=today(),
            task=None,
            account=people.office,
        )
        actions.issue_minutes(meeting, people.office)
    document = Document(io.BytesIO(minutes_docx(meeting)))
    said = "\n".join(
        [each.text for each in document.paragraphs]
        + [cell.text for row in document.tables[0].rows for cell in row.cells]
    )
    for words in (meeting.number, "经费安排", "年底前到位。", "落实经费", people.liaison.organisation.name):
        assert words in said
    assert Notice.objects.filter(recipient=people.liaison, title__contains="议定事项").exists()


def test_nobody_but_the_office_runs_a_meeting(client):
    people = cast()
    meeting = called(people)
    for who in (people.liaison, people.leader):
        with pytest.raises(Refused):
            actions.cancel(meeting, who)
    client.force_login(people.leader)
    assert client.post(reverse("programme:act_on_meeting", args=[meeting.pk, "cancel"])).status_code == 403
    assert client.get(reverse("programme:meeting", args=[meeting.pk])).status_code == 200
    assert Meeting.objects.get().state == "planned"
