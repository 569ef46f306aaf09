"""Alarms and their lives."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.alerts.models.rules import SEVERITIES, Rule
from district.kernel.clock import now


class AlarmState(StrEnum):
    """Where an alarm is in its life."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    HANDLED = "handled"
    CLEARED = "cleared"


STATES = [
    (AlarmState.RAISED.value, _("未确认")),
    (AlarmState.ACKNOWLEDGED.value, _("已确认")),
    (AlarmState.HANDLED.value, _("已处置")),
    (AlarmState.CLEARED.value, _("已解除")),
]


class Alarm(models.Model):
    """Something is wrong with one thing, from the first bad reading until it is good again.

    `key` says what is wrong with what; no two open alarms have the same. Written by the gateway in plain SQL
    (`alerts.store`) and by `alerts.actions`. What the device, unit and place were then is kept here, so that
    an old alarm still reads right. `cleared_by` is empty when it ended by itself.
    """

    key = models.CharField(max_length=160)
    system = models.CharField(_("所属系统"), max_length=40)
    rule = models.ForeignKey(
        Rule, models.SET_NULL, null=True, blank=True, related_name="alarms", verbose_name=_("规则")
    )
    kind = models.CharField(_("类型"), max_length=40)
    severity = models.PositiveSmallIntegerField(_("级别"), choices=SEVERITIES)
    state = models.CharField(_("状态"), max_length=12, choices=STATES, default=AlarmState.RAISED.value)
    subject = models.CharField(_("对象"), max_length=200)
    message = models.CharField(_("告警内容"), max_length=500)
    device_id = models.BigIntegerField(_("设备"), null=True, blank=True)
    series_id = models.IntegerField(_("监测序列"), null=True, blank=True)
    item = models.CharField(_("监测项目"), max_length=32, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("责任单位"),
    )
    division_code = models.CharField(_("行政区划"), max_length=12, blank=True)
    value = models.FloatField(_("数值"), null=True, blank=True)
    limit_value = models.FloatField(_("限值"), null=True, blank=True)
    peak = models.FloatField(_("极值"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=16, blank=True)
    count = models.PositiveIntegerField(_("次数"), default=1)
    roles = models.JSONField(default=list, blank=True)
    channels = models.JSONField(default=list, blank=True)
    since_at = models.DateTimeField(_("起始时间"))
    raised_at = models.DateTimeField(_("告警时间"), default=now)
    updated_at = models.DateTimeField(_("最近时间"), default=now)
    acknowledged_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("确认人"),
    )
    handled_at = models.DateTimeField(_("处置时间"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("处置人"),
    )
    cleared_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("解除人"),
    )
    is_announced = models.BooleanField(default=False)
    is_clear_announced = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("告警")
        ordering = ("-raised_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("key",), condition=Q(cleared_at__isnull=True), name="alerts_alarm_open"),
        )
        indexes = (
            models.Index(fields=("-raised_at",), name="alerts_alarm_newest"),
            models.Index(fields=("system", "state", "-raised_at"), name="alerts_alarm_system"),
            models.Index(fields=("device_id", "-raised_at"), name="alerts_alarm_device"),
            models.Index(
                fields=("id",), name="alerts_alarm_outbox",
                condition=Q(is_announced=False) | Q(cleared_at__isnull=False, is_clear_announced=False),
            ),
        )

    def __str__(self) -> str:
        return self.message

    @property
    def is_open(self) -> bool:
        return self.cleared_at is None


class AlarmStep(models.Model):
    """One step in the life of an alarm: who did what, when, and why. Never changed."""

    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="steps")
    state = models.CharField(_("步骤"), max_length=12, choices=STATES)
    at = models.DateTimeField(_("时间"), default=now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("操作人"),
    )
    note = models.CharField(_("说明"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("告警经过")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.state}"
