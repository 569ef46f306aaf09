"""What is handed in for a milestone, what would move its day, what may go wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

from .tasks import Milestone, PlanTask


class Deliverable(models.Model):
    """What a unit, the lead or a helper, has to show for a milestone; handed in by one, checked by another."""

    class State(models.TextChoices):
        DUE = "due", _("待提交")
        HANDED_IN = "handed_in", _("待核验")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已核验")

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="deliverables", verbose_name=_("里程碑"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    title = models.CharField(_("成果"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DUE)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("成果文件")
    )
    note = models.CharField(_("说明"), max_length=500, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提交人")
    )
    handed_in_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核验人")
    )
    checked_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    reason = models.CharField(_("退回原因"), max_length=300, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("成果")
        ordering = ("milestone", "pk")
        constraints = (
            models.UniqueConstraint(fields=("milestone", "unit", "title"), name="deliverable_once"),
            models.CheckConstraint(condition=~Q(checked_by=F("handed_in_by")), name="deliverable_two_persons"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(handed_in_at__isnull=False, checked_at__isnull=False),
                name="deliverable_accepted_was_checked",
            ),
        )

    def __str__(self) -> str:
        return self.title


class MilestoneChange(models.Model):
    """A day that a lead asks to be moved; in force once somebody else has granted it."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="changes", verbose_name=_("里程碑"))
    from_on = models.DateField(_("原定日期"))
    to_on = models.DateField(_("申请日期"))
    reason = models.CharField(_("理由"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    is_granted = models.BooleanField(_("批准"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decision = models.CharField(_("审批意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("里程碑变更")
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("milestone",), condition=Q(is_granted__isnull=True), name="milestone_change_one_open"
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="milestone_change_two_persons"),
            models.CheckConstraint(
                condition=Q(is_granted__isnull=True) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="milestone_change_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


class TaskRisk(models.Model):
    """What may keep a task from its day. Its level is that of the matrix of `tasks.matrix`."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="risks", verbose_name=_("重点工作"))
    title = models.CharField(_("风险"), max_length=160)
    likelihood = models.PositiveSmallIntegerField(_("可能性"))
    impact = models.PositiveSmallIntegerField(_("影响"))
    measure = models.CharField(_("应对措施"), max_length=300)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    review_on = models.DateField(_("下次复核"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    opened_at = models.DateTimeField(_("登记时间"), default=now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("关闭人")
    )
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=300, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("风险")
        ordering = ("task", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="task_risk_of_the_matrix"
            ),
        )

    def __str__(self) -> str:
        return self.title


class TaskDay(models.Model):
    """How a task stood on a day, as the platform reckoned it that day; kept, so that what turned red can be told.
    Shares are from 0 to 1; none while a task has no milestones."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="days", verbose_name=_("重点工作"))
    on = models.DateField(_("日期"))
    light = models.CharField(_("状态灯"), max_length=6)
    planned = models.FloatField(_("应完成"), null=True, blank=True)
    done = models.FloatField(_("已完成"), null=True, blank=True)
    reasons = models.JSONField(_("原因"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("每日状态")
        ordering = ("task", "on")
        constraints = (models.UniqueConstraint(fields=("task", "on"), name="task_day_once"),)

    def __str__(self) -> str:
        return f"{self.task_id} {self.on} {self.light}"
