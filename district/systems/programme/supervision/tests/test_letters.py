"""Letters: what is late is asked after, answered in time or late, checked by another."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from district.kernel.alerts.models import Notice
from district.kernel.cases.actions import ask_extension, claim, complete, decide_extension
from district.kernel.cases.models import OPEN_TASKS
from district.kernel.clock import now, stopped_at, today
from district.kernel.people.refused import Refused
from district.systems.programme.appraisal.facts import facts_of
from district.systems.programme.meetings.checking import check_answer
from district.systems.programme.meetings.tests.people import cast
from district.systems.programme.models import Milestone, MonthlyReport, PlanTask, SupervisionLetter
from district.systems.programme.supervision.actions import issue_letter
from district.systems.programme.supervision.documents import letter_docx
from district.systems.programme.supervision.matters import late_matters
from district.systems.programme.supervision.today import lines
from district.testing.people import account

pytestmark = pytest.mark.django_db


def late(days: int = 5) -> PlanTask:
    task = PlanTask.objects.get(system="transport")
    Milestone.objects.create(
        task=task, title="试运行", begins_on="2025-01-01", due_on=today() - timedelta(days=days)
    )
    return task


def sent(people, task=None, days: int = 7) -> SupervisionLetter:
    return issue_letter(
        unit=people.liaison.organisation,
        task=task or PlanTask.objects.get(system="transport"),
        decision=None,
        reason="里程碑逾期",
        asks="查明原因\n限期整改",
        due_on=today() + timedelta(days=days),
        account=people.office,
    )


def answer(letter: SupervisionLetter, by) -> None:
    task = letter.case.tasks.get(state__in=OPEN_TASKS)
    complete(claim(task, by), by, {"cause": "到货晚", "measures": "重排工期"})


def test_what_is_late_is_offered_for_a_letter_until_one_is_out():
    people = cast()
    task = late()
    MonthlyReport.objects.create(task=task, month=today().replace(day=1), due_on=today() - timedelta(days=2))
    assert [(each.kind, each.pk, each.days) for each in late_matters(now())] == [
        ("task", task.pk, 5),
        ("report", MonthlyReport.objects.get().pk, 2),
    ]
    letter = sent(people, task)
    assert [each.kind for each in late_matters(now())] == ["report"]
    answer(letter, people.liaison)
    check_answer(letter.case, people.office, True)
    assert [each.kind for each in late_matters(now())] == ["task", "report"]


def test_a_letter_is_numbered_told_and_due_on_its_day():
    people = cast()
    first, second = sent(people), sent(people)
    assert (first.number[-3:], second.number[-3:]) == ("001", "002")
    assert Notice.objects.filter(recipient=people.liaison, title__contains=first.number).count() == 1
    assert first.case.limit_kind == "working_days"
    said = "\n".join(each.text for each in Document(io.BytesIO(letter_docx(first))).paragraphs)
    for words in (first.number, "里程碑逾期", "限期整改", first.due_on.isoformat()):
        assert words in said


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"task": None}, "matter"),
        ({"reason": " "}, "text"),
        ({"due_on": "today"}, "due_on"),
    ],
)
def test_a_letter_needs_a_matter_words_and_a_day_ahead(change, code):
    people = cast()
    given = {
        "unit": people.liaison.organisation,
        "task": PlanTask.objects.first(),
        "decision": None,
        "reason": "逾期",
        "asks": "整改",
        "due_on": today() + timedelta(days=3),
        "account": people.office,
    } | change
    if given["due_on"] == "today":
        given["due_on"] = today()
    with pytest.raises(Refused) as refused:
        issue_letter(**given)
    assert refused.value.code == code


def test_the_database_keeps_no_letter_about_nothing():
    people = cast()
    letter = sent(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionLetter.objects.filter(pk=letter.pk).update(task=None)


def test_a_late_answer_is_told_and_costs_in_the_appraisal():
    people = cast()
    letter = sent(people)
    after = now() + timedelta(days=20)
    assert lines(now()) == []
    assert [line.since for line in lines(after)] == [letter.case.late_at]
    unit = people.liaison.organisation
    assert facts_of([unit], letter.issued_at.year, now())[unit.pk]["letters"]["late"] == 0
    with stopped_at(after):
        answer(letter, people.liaison)
        check_answer(letter.case, people.office, True)
    found = facts_of([unit], letter.issued_at.year, after)[unit.pk]["letters"]
    assert (found["sent"], found["late"]) == (1, 1)
    assert lines(after) == []


def test_more_time_is_asked_by_the_unit_and_granted_by_another():
    people = cast()
    letter = sent(people)
    due = letter.case.due_at
    asked = ask_extension(letter.case, people.liaison, 3, "等待供货方说明")
    decide_extension(asked, people.office, True, "同意")
    letter.case.refresh_from_db()
    assert letter.case.due_at > due


def test_who_answered_does_not_close_the_letter():
    people = cast()
    letter = sent(people)
    both = account("programme.office", "programme.liaison", unit=people.liaison.organisation)
    answer(letter, both)
    with pytest.raises(Refused) as refused:
        check_answer(letter.case, both, True)
    assert refused.value.code == "own"


def test_a_liaison_sees_the_letters_to_the_own_unit_alone_and_the_office_issues_from_the_list(client):
    people = cast()
    task = late()
    letter = sent(people)
    stranger = account("programme.liaison", unit=PlanTask.objects.get(system="health").lead, scope="own")
    for who, seen in ((people.liaison, True), (people.leader, True), (stranger, False)):
        client.force_login(who)
        assert (letter.number in client.get(reverse("programme:letters")).content.decode()) == seen
        assert client.get(reverse("programme:letter_file", args=[letter.pk])).status_code == (
            200 if seen else 404
        )
    client.force_login(people.office)
    url = reverse("programme:new_letter")
    page = client.get(f"{url}?task={task.pk}&unit={task.lead_id}&reason=逾期").content.decode()
    assert "逾期" in page
    client.post(
        url,
        {
            "unit": task.lead_id,
            "task": task.pk,
            "due_on": (today() + timedelta(days=5)).isoformat(),
            "reason": "逾期",
            "asks": "整改",
        },
    )
    assert SupervisionLetter.objects.count() == 2
