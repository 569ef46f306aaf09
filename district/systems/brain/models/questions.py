"""Saved questions of the analysts' workspace, and each time one was run."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class ChartKind(models.TextChoices):
    NONE = "", _("只看表格")
    LINE = "line", _("折线图")
    BAR = "bar", _("柱状图")
    PIE = "pie", _("饼图")


@pghistory.track(append_only=True)
class SavedQuestion(models.Model):
    """SQL with a name. `is_shared`: colleagues of the unit may open and run it, by their own grants.

    `schedule` is a cron line in China Standard Time: then it runs by the grants of its owner, and what it answers
    becomes the next version of `product`, a resource of the owner's unit.
    """

    title = models.CharField(_("名称"), max_length=80)
    sql = models.TextField(_("查询语句"))
    purpose = models.CharField(_("用途"), max_length=200)
    owner = models.ForeignKey("people.Account", models.PROTECT, related_name="+", verbose_name=_("所有人"))
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+", verbose_name=_("单位"))
    chart = models.CharField(_("图表"), max_length=5, choices=ChartKind.choices, blank=True)
    is_shared = models.BooleanField(_("本单位共享"), default=False)
    schedule = models.CharField(_("定时"), max_length=40, blank=True)
    due_at = models.DateTimeField(_("下次运行"), null=True, blank=True)
    product = models.OneToOneField(
        "datasets.Resource", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("数据产品")
    )
    created_at = models.DateTimeField(_("创建时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("保存的查询")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=("owner", "title"), name="brain_question_title_once"),
            models.CheckConstraint(
                condition=Q(schedule="") | Q(due_at__isnull=False), name="brain_scheduled_question_is_due"
            ),
        )

    def __str__(self) -> str:
        return self.title


class QuestionRun(models.Model):
    """One run: by whom, of which resources, how long, and what became of it."""

    question = models.ForeignKey(
        SavedQuestion, models.SET_NULL, null=True, blank=True, related_name="runs", verbose_name=_("查询")
    )
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", verbose_name=_("运行人"))
    sql = models.TextField(_("查询语句"))
    at = models.DateTimeField(_("时间"), default=now, db_index=True)
    resources = models.JSONField(_("用到的数据"), default=list)
    rows = models.IntegerField(_("行数"), default=0)
    seconds = models.FloatField(_("用时"), default=0)
    error = models.CharField(_("错误"), max_length=300, blank=True)
    is_scheduled = models.BooleanField(_("定时"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("查询记录")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.account_id}"
