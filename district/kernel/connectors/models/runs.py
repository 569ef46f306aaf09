"""One delivery: what was read, taken, refused, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.connectors.models.sources import Source


class RunState(models.TextChoices):
    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    BLOCKED = "blocked", _("待处理结构变化")
    STOPPED = "stopped", _("已停止")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")


class Run(models.Model):
    """Every row read is taken, refused or repeated: `rows_read` is their sum once a run is done.

    `content_sha256` is that of the delivered file, so that the same file is known when it comes again. `checkpoint`
    is what a later attempt goes on from; `drift` what differs from the resource; `notes` what a person should know
    about the file though it was taken. `problem` is the Chinese text beside the stable `code` of a failure.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="runs", verbose_name=_("来源"))
    state = models.CharField(_("状态"), max_length=10, choices=RunState.choices, default=RunState.WAITING)
    input = models.JSONField(_("输入"), default=dict)
    content_sha256 = models.CharField(_("内容校验值"), max_length=64, blank=True, db_index=True)
    started_at = models.DateTimeField(_("开始时间"), default=now)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    rows_read = models.BigIntegerField(_("读入行数"), default=0)
    rows_taken = models.BigIntegerField(_("入库行数"), default=0)
    rows_refused = models.BigIntegerField(_("退回行数"), default=0)
    rows_repeated = models.BigIntegerField(_("重复行数"), default=0)
    rules = models.JSONField(_("各规则退回数"), default=dict)
    bytes = models.BigIntegerField(_("字节"), default=0)
    cursor_before = models.JSONField(_("增量起点"), null=True, blank=True)
    cursor_after = models.JSONField(_("增量终点"), null=True, blank=True)
    drift = models.JSONField(_("结构变化"), default=list)
    notes = models.JSONField(_("提示"), default=list)
    checkpoint = models.JSONField(_("断点"), null=True, blank=True)
    code = models.CharField(_("错误代码"), max_length=60, blank=True)
    problem = models.TextField(_("错误说明"), blank=True)
    version = models.ForeignKey(
        "datasets.Version", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("数据版本")
    )
    progress = models.ForeignKey(
        "jobs.WorkProgress", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("进度"),
        db_index=False,
    )  # fmt: skip
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="corrections", verbose_name=_("更正的批次")
    )
    made_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发起人"),
        db_index=False,
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("接入批次")
        ordering = ("-started_at", "-pk")
        indexes = (models.Index(fields=("source", "-started_at"), name="connectors_run_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("source",), condition=Q(state="running"), name="connectors_one_run_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} #{self.pk}"

    @property
    def mark(self) -> str:
        """How the version and the rows name this delivery."""
        return f"run-{self.pk}"


class RefusedState(models.TextChoices):
    REFUSED = "refused", _("已退回")
    CORRECTED = "corrected", _("已更正")
    TAKEN = "taken", _("已入库")
    DROPPED = "dropped", _("已放弃")


class RefusedRow(models.Model):
    """A row that was not taken. `raw` is the row as it came, {column: text}; `position` its line or record, from 1.

    `rule` is the kind of check, `code` stable for machines, `words` Chinese for people. `corrected` holds the new
    values of the columns a person has changed.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="refused", verbose_name=_("批次"))
    position = models.BigIntegerField(_("行号"))
    raw = models.JSONField(_("原始行"))
    item = models.CharField(_("信息项"), max_length=120, blank=True)
    value = models.CharField(_("值"), max_length=400, blank=True)
    rule = models.CharField(_("规则"), max_length=30)
    code = models.CharField(_("代码"), max_length=60)
    words = models.CharField(_("原因"), max_length=400)
    state = models.CharField(
        _("状态"), max_length=10, choices=RefusedState.choices, default=RefusedState.REFUSED
    )
    corrected = models.JSONField(_("更正"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("退回行")
        ordering = ("run", "position")
        constraints = (
            models.UniqueConstraint(fields=("run", "position"), name="connectors_refused_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.run_id}:{self.position} {self.code}"
