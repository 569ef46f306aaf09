"""Courses: what is to be learnt, by whom, and who has read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

BY = settings.AUTH_USER_MODEL


class Course(models.Model):
    """`roles` (full role keys) and `units` say who is called to it; both empty, everybody with a live duty is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        OPEN = "open", _("开放学习")
        ENDED = "ended", _("已结束")

    title = models.CharField(_("课程"), max_length=80, unique=True)
    summary = models.TextField(_("简介"), blank=True)
    roles = models.JSONField(_("面向岗位"), default=list, blank=True)
    units = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("面向单位"))
    is_mandatory = models.BooleanField(_("必修"), default=False)
    days = models.PositiveSmallIntegerField(_("学习期限（天）"), default=30)
    state = models.CharField(_("状态"), max_length=6, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("编辑"))
    made_at = models.DateTimeField(_("编辑时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("课程")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """A piece of a course: text, with a file or the address of a film where there is one."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", verbose_name=_("课程"))
    order = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("正文"), blank=True)
    link = models.URLField(_("视频或资料链接"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件"))

    class Meta:
        verbose_name = verbose_name_plural = _("课时")
        ordering = ("course", "order")
        constraints = (models.UniqueConstraint(fields=("course", "order"), name="lesson_order"),)

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """Somebody takes a course, called to it or of their own will. `done_at`: all lessons are read."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name=_("课程"))
    account = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("学员"))
    is_called = models.BooleanField(_("指定参加"), default=False)
    made_at = models.DateTimeField(_("报名时间"), default=now)
    due_on = models.DateField(_("应完成日期"), null=True)
    done_at = models.DateTimeField(_("学完时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报名")
        ordering = ("course", "account")
        constraints = (models.UniqueConstraint(fields=("course", "account"), name="enrolled_once"),)

    def __str__(self) -> str:
        return f"{self.course_id} {self.account_id}"


class LessonRead(models.Model):
    """A lesson somebody says to have read; kept so that the course goes on where it was left."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="reads", verbose_name=_("报名"))
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+", verbose_name=_("课时"))
    at = models.DateTimeField(_("学习时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("学习记录")
        constraints = (models.UniqueConstraint(fields=("enrolment", "lesson"), name="read_once"),)

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"
