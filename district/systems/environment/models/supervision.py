"""督办: an alarm becomes a case that somebody must answer, and an officer accepts or returns the answer."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .points import MonitoringPoint
from .sources import Outlet, Source


@pghistory.track()
class SupervisionCase(models.Model):
    """One case per alarm. With a source it goes to that enterprise, without one to the monitoring post."""

    class Kind(models.TextChoices):
        OVER_LIMIT_HOUR = "over_limit_hour", _("小时超标")
        OVER_LIMIT_DAY = "over_limit_day", _("日均超标")
        CONSTANT = "constant", _("恒值")
        ZERO = "zero", _("零值")
        SPIKE = "spike", _("突变")
        MISSING = "missing", _("缺失")
        OFFLINE = "offline", _("掉线")
        ILLOGICAL = "illogical", _("逻辑倒挂")
        QUANTITY = "quantity", _("许可量预警")
        DUTY = "duty", _("义务逾期")

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        RETURNED = "returned", _("已退回")
        ANSWERED = "answered", _("待审核")
        ACCEPTED = "accepted", _("已办结")
        EXEMPT = "exempt", _("已豁免")

    number = models.CharField(_("编号"), max_length=24, unique=True)
    alarm = models.OneToOneField(
        "alerts.Alarm", models.SET_NULL, null=True, blank=True, related_name="environment_case"
    )
    kind = models.CharField(_("类型"), max_length=16, choices=Kind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True
    )
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="cases")
    outlet = models.ForeignKey(Outlet, models.SET_NULL, null=True, blank=True, related_name="cases")
    point = models.ForeignKey(MonitoringPoint, models.SET_NULL, null=True, blank=True, related_name="cases")
    device = models.ForeignKey("devices.Device", models.SET_NULL, null=True, blank=True, related_name="+")
    item = models.CharField(_("项目"), max_length=12, blank=True)
    title = models.CharField(_("标题"), max_length=160)
    happened_at = models.DateTimeField(_("发生时间"))
    opened_at = models.DateTimeField(_("立案时间"))
    due_at = models.DateTimeField(_("答复期限"))
    measured_value = models.FloatField(_("监测值"), null=True, blank=True)
    limit_value = models.FloatField(_("限值"), null=True, blank=True)
    unit = models.CharField(max_length=16, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    exemption = models.CharField(_("豁免依据"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("督办件")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["state", "due_at"], name="case_by_state_and_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseStep(models.Model):
    """One step in the life of a case: opened, answered, returned, accepted, exempted, reminded."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("立案")
        ANSWERED = "answered", _("答复")
        RETURNED = "returned", _("退回")
        ACCEPTED = "accepted", _("办结")
        EXEMPTED = "exempted", _("豁免")
        REMINDED = "reminded", _("催办")

    case = models.ForeignKey(SupervisionCase, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    cause = models.TextField(_("原因"), blank=True)
    measures = models.TextField(_("措施"), blank=True)
    note = models.TextField(_("意见"), blank=True)
    attachment = models.FileField(_("附件"), upload_to="environment/cases/", blank=True, max_length=200)
    attachment_name = models.CharField(max_length=200, blank=True)
    attachment_type = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("督办步骤")
        ordering = ["at", "id"]
