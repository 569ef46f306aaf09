"""Monthly reports of the leads, and the briefings made from the records."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.files.models import StoredFile

from .tasks import PlanTask


class MonthlyReport(models.Model):
    """What a lead says of a task for a month. Its `case` (procedure `monthly_report`) has the days and the cards.

    `figures` are the platform's own (`tasks.queries.figures_of`), frozen when the report was accepted: a lead's words stand
    beside them, never in their place. `escalated_at`: when the leaders were told that it is late.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待填报")
        REPORTED = "reported", _("待审核")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已通过")

    task = models.ForeignKey(PlanTask, models.PROTECT, related_name="reports", verbose_name=_("重点工作"))
    month = models.DateField(_("月份"))
    due_on = models.DateField(_("填报时限"))
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办件")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    done = models.TextField(_("本月进展"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    plans = models.TextField(_("下月计划"), blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("填报人")
    )
    reported_at = models.DateTimeField(_("填报时间"), null=True, blank=True)
    first_reported_at = models.DateTimeField(_("首次填报时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    reason = models.CharField(_("退回原因"), max_length=300, blank=True)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    figures = models.JSONField(_("平台计算"), default=dict, blank=True)
    escalated_at = models.DateTimeField(_("提请督办时间"), null=True, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("月报")
        ordering = ("-month", "task")
        constraints = (
            models.UniqueConstraint(fields=("task", "month"), name="monthly_report_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_report_month"),
            models.CheckConstraint(condition=~Q(decided_by=F("reported_by")), name="monthly_report_two_persons"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(reported_at__isnull=False, decided_at__isnull=False),
                name="monthly_report_accepted_was_decided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.month:%Y-%m}"


class Briefing(models.Model):
    """The monthly briefing as it was made: the facts it was made from, and both files, never changed afterwards (the
    database refuses). Made again it is another edition of the same month."""

    month = models.DateField(_("月份"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    facts = models.JSONField(_("依据"))
    digest = models.CharField(_("摘要值"), max_length=64)
    document = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文稿"))
    slides = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("幻灯片"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("生成人")
    )
    made_at = models.DateTimeField(_("生成时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("月度简报")
        ordering = ("-month", "-edition")
        constraints = (models.UniqueConstraint(fields=("month", "edition"), name="briefing_once"),)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} #{self.edition}"
