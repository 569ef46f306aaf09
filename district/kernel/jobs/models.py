"""How far long work has come, and who is alive."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class State(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


STATES = [
    (State.WAITING.value, _("等待")),
    (State.RUNNING.value, _("进行中")),
    (State.DONE.value, _("完成")),
    (State.STOPPED.value, _("已停止")),
    (State.FAILED.value, _("失败")),
]


class WorkProgress(models.Model):
    """One run of a job that reports how far it is; a stopped or failed one goes on from its checkpoint."""

    job = models.CharField(_("任务"), max_length=200)
    arguments = models.JSONField(_("参数"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=STATES, default=State.WAITING.value)
    total = models.BigIntegerField(_("总数"), null=True, blank=True)
    done = models.BigIntegerField(_("已完成"), default=0)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    checkpoint = models.JSONField(_("断点"), null=True, blank=True)
    is_stop_asked = models.BooleanField(_("要求停止"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("发起人"),
    )
    created_at = models.DateTimeField(_("发起时间"), default=now)
    updated_at = models.DateTimeField(_("更新时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("任务进度")
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("-created_at",), name="jobs_progress_newest"),)

    def __str__(self) -> str:
        return f"{self.job} {self.percent if self.percent is not None else '…'} %"

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while the total is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class Heartbeat(models.Model):
    """When a process last said that it is alive; /health reads this table."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "jobs_heartbeat"
        verbose_name = verbose_name_plural = _("心跳")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"
