"""An exam is sat once at a time, goes on where it was left, is marked by the platform, and is the person's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from district.kernel.clock import now, stopped_at
from district.kernel.people.models import Account, AuditEntry
from district.testing.people import account, organisation

from ...models import Certificate, Course, Exam, Lesson, Question, Sitting
from .. import courses, questions, sittings
from ..queries import security_training, unit_shares
from ..refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Account:
    return account("programme.trainer")


@pytest.fixture
def exam(trainer: Account) -> Exam:
    checker = account("programme.office")
    for n in range(4):
        made = questions.write(
            Question(topic="安全", kind="single", text=f"题{n}", choices=["对", "错", "不知道"], answer=[0]),
            trainer,
        )
        questions.check(made, checker)
    return Exam.objects.create(
        title="网络安全考试",
        blueprint=[{"topic": "安全", "kind": "single", "count": 3, "points": 10}],
        pass_points=20,
        minutes=30,
        is_security=True,
        is_open=True,
    )


def right(sitting: Sitting) -> dict[str, list[str]]:
    return {str(place): [str(each["answer"][0])] for place, each in enumerate(sitting.paper)}


def passed(exam: Exam, who: Account) -> Sitting:
    sitting = sittings.begin(exam, who)
    sittings.save(sitting, who, right(sitting))
    return sittings.submit(sitting, who)


def test_nobody_checks_their_own_question(trainer: Account):
    made = questions.write(
        Question(topic="安全", kind="judgement", text="题", choices=["正确", "错误"], answer=[0]), trainer
    )
    with pytest.raises(Refused) as refused:
        questions.check(made, trainer)
    assert refused.value.code == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(state="used", checked_by=trainer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=made.pk).update(state="used")


def test_an_exam_goes_on_after_the_browser_was_closed(client: Client, exam: Exam):
    who = account("programme.liaison")
    client.force_login(who)
    client.post(f"/programme/training/exams/{exam.pk}/begin")
    sitting = Sitting.objects.get(account=who)
    answer = right(sitting)["0"][0]
    kept = client.post(f"/programme/training/sittings/{sitting.pk}/save", {"q0": answer})
    assert "1" in kept.content.decode()
    again = Client()
    again.force_login(who)
    assert again.post(f"/programme/training/exams/{exam.pk}/begin")["Location"].endswith(
        f"/sittings/{sitting.pk}/"
    )
    page = again.get(f"/programme/training/sittings/{sitting.pk}/").content.decode()
    assert page.count("checked") == 1
    assert Sitting.objects.filter(account=who).count() == 1
    other = Client()
    other.force_login(account("programme.liaison"))
    assert other.get(f"/programme/training/sittings/{sitting.pk}/").status_code == 404


def test_time_over_hands_in_what_was_saved_and_takes_nothing_more(exam: Exam):
    who = account("programme.liaison")
    sitting = sittings.begin(exam, who)
    sittings.save(sitting, who, dict(list(right(sitting).items())[:2]))
    with stopped_at(sitting.due_at + timedelta(minutes=1)):
        with pytest.raises(Refused):
            sittings.save(sitting, who, right(sitting))
        assert sittings.close_overdue() == 1
    sitting.refresh_from_db()
    assert (sitting.points, sitting.is_passed, sitting.is_by_time) == (20, True, True)
    assert sitting.submitted_at == sitting.due_at


def test_a_passed_exam_gives_a_certificate_anybody_can_verify(client: Client, exam: Exam):
    who = account("programme.liaison", name="欧阳小明")
    certificate = passed(exam, who).certificate
    page = client.post(
        "/programme/certificates/", {"number": certificate.number, "code": certificate.code.lower()}
    ).content.decode()
    assert "真实有效" in page
    assert "欧**明" in page
    assert "欧阳小明" not in page
    assert (
        "没有查到"
        in client.post(
            "/programme/certificates/", {"number": certificate.number, "code": "AAAAAAAA"}
        ).content.decode()
    )
    with pytest.raises(Refused) as refused:
        sittings.begin(exam, who)
    assert refused.value.code == "valid"
    sittings.revoke(certificate, account("programme.trainer"), "代考")
    assert (
        "已撤销"
        in client.post(
            "/programme/certificates/", {"number": certificate.number, "code": certificate.code}
        ).content.decode()
    )


def test_what_is_marked_is_not_changed_in_the_database(exam: Exam):
    who = account("programme.liaison")
    sitting = sittings.submit(sittings.begin(exam, who), who)
    assert sitting.is_passed is False
    for change in ({"points": 30}, {"is_passed": True}, {"answers": {"0": [0]}}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sitting.objects.filter(pk=sitting.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            number="X1",
            code="A",
            sitting=sitting,
            account=who,
            issued_on=now(),
            until_on=now() + timedelta(days=9),
        )
    Sitting.objects.filter(pk=sitting.pk).update(paper=[], answers={})


def test_a_failed_exam_is_tried_again_after_the_wait_and_not_without_end(exam: Exam):
    who = account("programme.liaison")
    at = now()
    for n in range(exam.tries):
        with stopped_at(at + timedelta(hours=25 * n)):
            sittings.submit(sittings.begin(exam, who), who)
            with pytest.raises(Refused) as refused:
                sittings.begin(exam, who)
            assert refused.value.code == ("wait" if n < exam.tries - 1 else "tries")


def test_a_look_at_a_result_is_seen_by_the_person(client: Client, exam: Exam, trainer: Account):
    who = account("programme.liaison", name="王五六")
    sitting = passed(exam, who)
    client.force_login(trainer)
    listed = client.get("/programme/training-office/results/").content.decode()
    assert "王五六" not in listed
    assert "王*六" in listed
    address = f"/programme/training-office/results/{sitting.pk}/"
    assert "王五六" not in client.get(address).content.decode()
    assert AuditEntry.objects.filter(action="look", subject_kind="programme.sitting").count() == 0
    assert "王五六" in client.post(address, {"reason": "appeal"}).content.decode()
    client.force_login(who)
    assert trainer.username in client.get("/programme/training/").content.decode()


def test_the_yearly_training_counts_who_must_and_who_has(exam: Exam):
    before = security_training()
    unit = organisation("biguni", name="大单位")
    people = [account("programme.liaison", unit=unit) for _n in range(3)]
    account("programme.liaison", unit=organisation("tiny", name="小单位"))
    passed(exam, people[0])
    after = security_training()
    assert (after.due - before.due, after.done - before.done) == (4, 1)
    shares = {share.name: share for share in unit_shares(exam, now())}
    assert (shares["大单位"].due, shares["大单位"].done) == (3, 1)
    assert "小单位" not in shares


def test_a_mandatory_course_calls_those_it_is_for(trainer: Account):
    unit = organisation("called", name="被通知单位")
    inside = account("programme.owner", unit=unit)
    account("programme.expert", unit=unit)
    made = Course.objects.create(
        title="必修课", roles=["programme.owner"], is_mandatory=True, made_by=trainer
    )
    made.units.add(unit)
    with pytest.raises(Refused):
        courses.open_course(made, trainer)
    lessons = [Lesson.objects.create(course=made, order=n, title=f"第{n}课") for n in (1, 2)]
    opened = courses.open_course(made, trainer)
    assert [each.account for each in opened.enrolments.all()] == [inside]
    assert courses.call(opened) == 0
    enrolment = opened.enrolments.get()
    assert courses.read(enrolment, lessons[0], inside).done_at is None
    assert courses.read(enrolment, lessons[1], inside).done_at is not None
    with pytest.raises(Refused):
        courses.read(enrolment, lessons[0], trainer)
