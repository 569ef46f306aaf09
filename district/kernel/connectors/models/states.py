"""What is known about a source between its deliveries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.connectors.models.sources import Source


class SourceState(models.Model):
    """When a source is due, how often it failed in a row, and whether its stream is connected.

    `schedule` is the cron line that `due_at` was computed from. `missed` counts times of it at which nothing could be
    started. `told_at`: when the department was told of the failures of this row.
    """

    source = models.OneToOneField(
        Source, models.CASCADE, primary_key=True, related_name="state", verbose_name=_("来源")
    )
    schedule = models.CharField(_("时间表"), max_length=80, blank=True)
    due_at = models.DateTimeField(_("下次运行"), null=True, blank=True, db_index=True)
    missed = models.PositiveIntegerField(_("错过次数"), default=0)
    failures = models.PositiveIntegerField(_("连续失败"), default=0)
    told_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    is_connected = models.BooleanField(_("已连接"), default=False)
    connection_code = models.CharField(_("连接问题代码"), max_length=60, blank=True)
    connection_problem = models.CharField(_("连接问题"), max_length=300, blank=True)
    looked_at = models.DateTimeField(_("连接状态时间"), null=True, blank=True)
    last_message_at = models.DateTimeField(_("最近消息"), null=True, blank=True)
    received = models.BigIntegerField(_("收到消息"), default=0)
    repeated = models.BigIntegerField(_("重复消息"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("来源状态")

    def __str__(self) -> str:
        return str(self.source)
