"""What could not be accepted, kept with the reason until a person decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class QuarantineState(models.TextChoices):
    PENDING = "pending", _("待处理")
    RELEASED = "released", _("已放行")
    DISCARDED = "discarded", _("已弃用")


class QuarantinedMessage(models.Model):
    """A message, or some readings of one, that was refused.

    `reason` is a stable code (bad_crc, unknown_device, wrong_password, future_time, value_out_of_range, conflict, …),
    `layer` frame or semantic, `detail` a sentence for people. `readings` are those refused, as
    `{"item", "statistic", "period", "at", "value", "mark"}`. When one connection floods us with refusals, `repeats`
    counts those of the same reason that came after this one and were not kept byte by byte.
    """

    received_at = models.DateTimeField(_("接收时间"), db_index=True)
    protocol = models.CharField(_("协议"), max_length=20)
    port = models.PositiveIntegerField(_("端口"))
    remote = models.CharField(_("对端地址"), max_length=64)
    device_code = models.CharField(_("设备编码"), max_length=64, blank=True, db_index=True)
    reason = models.CharField(_("原因"), max_length=40, db_index=True)
    layer = models.CharField(_("层次"), max_length=10)
    detail = models.TextField(_("说明"), blank=True)
    raw = models.BinaryField(_("原始报文"))
    readings = models.JSONField(_("监测值"), default=list)
    repeats = models.PositiveIntegerField(_("未逐条保存的重复数"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=QuarantineState.choices, default=QuarantineState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    note = models.CharField(_("处理说明"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("隔离报文")
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=("state", "-received_at"), name="quarantine_to_do"),)
