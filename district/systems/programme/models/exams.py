"""Exams: the bank of questions, the published blueprint, sittings, certificates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .courses import Course

BY = settings.AUTH_USER_MODEL


class Question(models.Model):
    """A question of the bank. `answer`: positions in `choices`; of a judgement 0 is right and 1 wrong. Written by one and
    checked by another before it comes into any paper."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("单选")
        MULTIPLE = "multiple", _("多选")
        JUDGEMENT = "judgement", _("判断")

    class State(models.TextChoices):
        DRAFT = "draft", _("待审核")
        USED = "used", _("在用")
        RETIRED = "retired", _("停用")

    topic = models.CharField(_("知识点"), max_length=40)
    kind = models.CharField(_("题型"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("题目"))
    choices = models.JSONField(_("选项"), default=list)
    answer = models.JSONField(_("答案"), default=list)
    explanation = models.TextField(_("解析"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("出题人"))
    made_at = models.DateTimeField(_("出题时间"), default=now)
    checked_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("审核人"))
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("试题")
        ordering = ("topic", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")), name="question_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(checked_by__isnull=False), name="question_used_when_checked"
            ),
        )

    def __str__(self) -> str:
        return self.text[:40]


class Exam(models.Model):
    """`blueprint` is published: [{topic, kind, count, points}], from which each paper is drawn at random. `is_security`: the
    yearly training in network security (网络安全法, its duty of regular education and examination of staff)."""

    title = models.CharField(_("考试"), max_length=80, unique=True)
    course = models.ForeignKey(Course, models.PROTECT, null=True, related_name="exams", verbose_name=_("课程"))
    blueprint = models.JSONField(_("组卷规则"), default=list)
    pass_points = models.PositiveSmallIntegerField(_("及格分"))
    minutes = models.PositiveSmallIntegerField(_("考试时长（分钟）"))
    tries = models.PositiveSmallIntegerField(_("每年可考次数"), default=3)
    wait_hours = models.PositiveSmallIntegerField(_("补考间隔（小时）"), default=24)
    valid_months = models.PositiveSmallIntegerField(_("证书有效期（月）"), default=12)
    is_security = models.BooleanField(_("年度网络安全必考"), default=False)
    is_open = models.BooleanField(_("开放"), default=False)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("考试")
        ordering = ("title",)
        constraints = (
            models.CheckConstraint(condition=Q(minutes__gt=0, tries__gt=0, valid_months__gt=0), name="exam_figures"),
        )

    def __str__(self) -> str:
        return self.title


class Sitting(models.Model):
    """One try at an exam. `paper` is frozen when it begins: [{question, kind, text, choices, answer, explanation, points}];
    the reader never gets the answers before `submitted_at`. What comes after `due_at` is not taken. Answers and paper are
    forgotten after `training.keeping.ANSWERS_KEPT`; points stay as long as the certificate may be asked after."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="sittings", verbose_name=_("考试"))
    account = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("考生"))
    seed = models.CharField(max_length=64)
    paper = models.JSONField(_("试卷"), default=list)
    answers = models.JSONField(_("作答"), default=dict)
    started_at = models.DateTimeField(_("开始时间"), default=now)
    due_at = models.DateTimeField(_("截止时间"))
    saved_at = models.DateTimeField(_("保存时间"), null=True)
    submitted_at = models.DateTimeField(_("交卷时间"), null=True)
    is_by_time = models.BooleanField(_("到时自动交卷"), default=False)
    points = models.PositiveSmallIntegerField(_("得分"), null=True)
    full_points = models.PositiveSmallIntegerField(_("满分"))
    is_passed = models.BooleanField(_("通过"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("考试记录")
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("exam", "account"), condition=Q(submitted_at__isnull=True), name="sitting_open_once"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, points__isnull=True, is_passed__isnull=True)
                | Q(submitted_at__isnull=False, points__isnull=False, is_passed__isnull=False),
                name="sitting_marked_when_in",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=F("full_points")), name="sitting_points"
            ),
        )

    def __str__(self) -> str:
        return f"{self.exam_id} {self.account_id}"


class Certificate(models.Model):
    """What a passed sitting gives. Anybody who holds number and `code` may see whether it stands; nothing else is told."""

    number = models.CharField(_("证书编号"), max_length=24, unique=True)
    code = models.CharField(_("校验码"), max_length=8)
    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="certificate", verbose_name=_("考试记录"))
    account = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("持证人"))
    issued_on = models.DateField(_("发证日期"))
    until_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)
    revoked_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("撤销人"))
    reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("证书")
        ordering = ("-issued_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gt=F("issued_on")), name="certificate_days"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | (Q(revoked_by__isnull=False) & ~Q(reason="")),
                name="certificate_revoked_why",
            ),
        )

    def __str__(self) -> str:
        return self.number
