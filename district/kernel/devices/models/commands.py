"""Commands to devices: queued by a page, sent by the gateway, answered by the device."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.devices.models.devices import Device


class CommandState(models.TextChoices):
    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    EXECUTING = "executing", _("执行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("执行失败")
    REFUSED = "refused", _("设备拒绝")
    TIMED_OUT = "timed_out", _("超时")
    CANCELLED = "cancelled", _("已取消")


class DeviceCommand(models.Model):
    """One request to one device and what became of it.

    `command` is a neutral word (`set_clock`, `fetch_hours`, `calibrate`, … as the protocol calls them),
    `parameters` its arguments. `answer_code` is what the device said at once, `result_code` what it said at the end,
    `result` what it reported. `attempts` counts how often it was sent.
    """

    device = models.ForeignKey(Device, models.CASCADE, related_name="commands", verbose_name=_("设备"))
    command = models.CharField(_("命令"), max_length=40)
    parameters = models.JSONField(_("参数"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=CommandState.choices, default=CommandState.QUEUED)
    message_id = models.CharField(_("请求编号"), max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("发送次数"), default=0)
    timeout_s = models.PositiveIntegerField(_("超时（秒）"), default=10)
    retries = models.PositiveSmallIntegerField(_("重发次数"), default=3)
    answer_code = models.CharField(_("应答"), max_length=10, blank=True)
    result_code = models.CharField(_("结果"), max_length=10, blank=True)
    result = models.JSONField(_("返回内容"), default=dict)
    detail = models.CharField(_("说明"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发起人")
    )
    asked_at = models.DateTimeField(_("发起时间"), default=now)
    expires_at = models.DateTimeField(_("有效期至"))
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    answered_at = models.DateTimeField(_("应答时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("设备命令")
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("device", "-asked_at"), name="command_by_device"),
            models.Index(
                fields=("asked_at",),
                condition=models.Q(state__in=("queued", "sent", "executing")),
                name="command_still_open",
            ),
        )
