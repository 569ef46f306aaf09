"""What devices tell that is no measured value: the gateway writes it, systems are told of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.devices.models.devices import Device


class DeviceReport(models.Model):
    """Something a device told, or that the gateway found out about it. Written before the device is answered.

    `kind` is a neutral word (registered, lost, catalogue, alarm, probe …), `subject` the part of the device it is about
    (a channel), `key` the same for a repeat of the same message, which is kept once. `payload` is as the protocol's
    package describes it, in the words of the house.
    """

    device = models.ForeignKey(Device, models.CASCADE, related_name="reports", verbose_name=_("设备"))
    protocol = models.CharField(_("协议"), max_length=20)
    kind = models.CharField(_("类型"), max_length=24)
    subject = models.CharField(_("对象"), max_length=64, blank=True)
    key = models.CharField(max_length=160, unique=True)
    at = models.DateTimeField(_("时间"))
    received_at = models.DateTimeField(_("接收时间"), default=now)
    payload = models.JSONField(_("内容"), default=dict)
    is_told = models.BooleanField(_("已转告"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("设备报告")
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("device", "kind", "-at"), name="device_report_by_kind"),
            models.Index(fields=("received_at",), name="device_report_by_age"),
            models.Index(fields=("id",), condition=models.Q(is_told=False), name="device_report_waiting"),
        )
