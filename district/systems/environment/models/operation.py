"""What an enterprise declares about its operation: the marks of the 2022 rule on automatic monitoring data."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .sources import Outlet


@pghistory.track()
class StateMark(models.Model):
    """A declared state of production or of the monitoring device from `from_at` to `until_at` (exclusive)."""

    class State(models.TextChoices):
        START_UP = "start_up", _("启炉（机）")
        SHUT_DOWN = "shut_down", _("停炉（机）")
        BANKED = "banked", _("闷炉")
        STOPPED = "stopped", _("停运")
        DEVICE_MAINTENANCE = "device_maintenance", _("设备维护")
        DEVICE_FAULT = "device_fault", _("设备故障")
        DEVICE_CALIBRATION = "device_calibration", _("设备校准")

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="state_marks")
    state = models.CharField(_("状态"), max_length=20, choices=State.choices)
    from_at = models.DateTimeField(_("起"))
    until_at = models.DateTimeField(_("止"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(_("标记时间"))

    class Meta:
        verbose_name = _("工况标记")
        ordering = ["-from_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="state_mark_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["outlet", "from_at"], name="state_mark_by_outlet")]

    def __str__(self) -> str:
        return f"{self.outlet.code} {self.get_state_display()}"
