"""What people are told: in the application, by e-mail, by short message."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.alerts.models.alarms import Alarm
from district.kernel.alerts.models.rules import SEVERITIES
from district.kernel.clock import now


class Notice(models.Model):
    """A message to one account; `read_at` is the receipt."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("收件人")
    )
    alarm = models.ForeignKey(
        Alarm, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("告警")
    )
    severity = models.PositiveSmallIntegerField(_("级别"), choices=SEVERITIES)
    title = models.CharField(_("标题"), max_length=200)
    body = models.CharField(_("内容"), max_length=1000, blank=True)
    url = models.CharField(_("链接"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("时间"), default=now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知")
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=("recipient", "read_at", "-made_at"), name="alerts_notice_inbox"),)
        constraints = (
            models.UniqueConstraint(fields=("recipient", "alarm", "title"), name="alerts_notice_once"),
        )

    def __str__(self) -> str:
        return self.title


class NoticeDelivery(models.Model):
    """One sending of a notice over a channel outside the application; `error` says why it failed."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=20)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    error = models.CharField(_("失败原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通知发送")
        constraints = (models.UniqueConstraint(fields=("notice", "channel"), name="alerts_delivery_once"),)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel}"


class SmsMessage(models.Model):
    """What the built-in test provider would have sent. It has no way out of this machine."""

    number = models.CharField(_("手机号"), max_length=20)
    text = models.CharField(_("内容"), max_length=500)
    at = models.DateTimeField(_("时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("短信（测试）")
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.text
