"""Buses and which terminal rides in each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


class Bus(models.Model):
    """A bus. `number` is what is painted on it; `device` its terminal, changed when terminals are swapped.

    `lines`: route ids it usually drives, in order; empty: any.
    """

    class State(models.TextChoices):
        IN_SERVICE = "in_service", _("在册")
        WORKSHOP = "workshop", _("维修")
        RETIRED = "retired", _("退役")

    number = models.CharField(_("自编号"), max_length=20, unique=True)
    plate = models.CharField(_("车牌号"), max_length=12, blank=True)
    device = models.OneToOneField(
        "devices.Device", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("车载终端")
    )
    operator = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("运营单位")
    )
    lines = models.JSONField(_("所属线路"), default=list, blank=True)
    seats = models.PositiveSmallIntegerField(_("座位数"), default=0)
    capacity = models.PositiveSmallIntegerField(_("核定载客"), default=0)
    is_accessible = models.BooleanField(_("无障碍"), default=False)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.IN_SERVICE)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("公交车辆")
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number


class Assignment(models.Model):
    """The dispatcher's word on which bus drives which trip of a day. What positions show may differ, and is said so."""

    day = models.DateField(_("运营日"))
    trip_id = models.CharField(_("班次"), max_length=120)
    start_time = models.CharField(_("发车时间"), max_length=8, blank=True)
    bus = models.ForeignKey(Bus, models.PROTECT, related_name="assignments", verbose_name=_("车辆"))
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("派车")
        constraints = (
            models.UniqueConstraint(fields=("day", "trip_id", "start_time"), name="assignment_once"),
        )
        indexes = (models.Index(fields=("bus", "day"), name="assignment_by_bus"),)
