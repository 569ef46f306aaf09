"""Courses: who is called, who enrols, who has read what."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Duty

from ..models import Course, Enrolment, Lesson, LessonRead
from .refused import Refused


def called_to(course: Course) -> QuerySet[Account]:
    """Accounts in use whose live duties fit the course's roles and units; all of them when it names neither."""
    duties = Duty.objects.live()
    if course.roles:
        duties = duties.filter(role__in=course.roles)
    units = list(course.units.all())
    if units:
        inside = Q()
        for unit in units:
            inside |= Q(organisation__path=unit.path) | Q(organisation__path__startswith=f"{unit.path}.")
        duties = duties.filter(inside)
    return Account.objects.active().filter(pk__in=duties.values("account_id"))


def open_course(course: Course, by: Account) -> Course:
    """Open to all; a mandatory one calls whom it is for. Raises Refused: empty, state."""
    with transaction.atomic():
        held = Course.objects.select_for_update().get(pk=course.pk)
        if held.state != Course.State.DRAFT:
            raise Refused("state", _("课程已开放"))
        if not held.lessons.exists():
            raise Refused("empty", _("课程还没有课时"))
        held.state = Course.State.OPEN
        held.save(update_fields=["state"])
        record_act(by, "course_opened", subject_kind="programme.course", subject=held.pk, purpose=held.title)
        if held.is_mandatory:
            call(held)
    return held


def call(course: Course) -> int:
    """Enrols those a mandatory course is for and who are not on it yet; how many."""
    missing = called_to(course).exclude(pk__in=course.enrolments.values("account_id"))
    due = today() + timedelta(days=course.days)
    made = Enrolment.objects.bulk_create(
        [Enrolment(course=course, account=account, is_called=True, due_on=due) for account in missing],
        ignore_conflicts=True,
    )
    return len(made)


def enrol(course: Course, account: Account) -> Enrolment:
    """Of their own will; twice is once. Raises Refused: state."""
    if course.state != Course.State.OPEN:
        raise Refused("state", _("课程没有开放"))
    return Enrolment.objects.get_or_create(
        course=course, account=account, defaults={"due_on": today() + timedelta(days=course.days)}
    )[0]


def read(enrolment: Enrolment, lesson: Lesson, account: Account) -> Enrolment:
    """A lesson is read; the last one finishes the course. Raises Refused: not_yours, other_course."""
    if enrolment.account_id != account.pk:
        raise Refused("not_yours", _("只能记录自己的学习"))
    if lesson.course_id != enrolment.course_id:
        raise Refused("other_course", _("不是这门课程的课时"))
    with transaction.atomic():
        held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        LessonRead.objects.get_or_create(enrolment=held, lesson=lesson)
        if held.done_at is None and held.reads.count() >= held.course.lessons.count():
            held.done_at = now()
            held.save(update_fields=["done_at"])
    return held
