"""What dispatchers have ordered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .changes import Change
from .fleet import Bus


class Order(models.Model):
    """A dispatcher's order: a text to a driver (`command`, whose state says whether the terminal has confirmed it), a change
    of the service (`change`), or both. `trip_id`, `start_time`: of the trip of `day` it is about, "" none. Of an
    order to wait `place` (in the trip's pattern) and `hold_s`: the forecast goes by them.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("文字指令")
        HOLD = "hold", _("停站等待")
        SHORT_TURN = "short_turn", _("区间调头")
        EXTRA = "extra", _("加开班次")
        CANCEL = "cancel", _("停开班次")

    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    day = models.DateField(_("运营日"))
    bus = models.ForeignKey(Bus, models.PROTECT, null=True, related_name="orders", verbose_name=_("车辆"))
    trip_id = models.CharField(_("班次"), max_length=120, blank=True)
    start_time = models.CharField(_("发车时间"), max_length=8, blank=True)
    text = models.CharField(_("内容"), max_length=500)
    place = models.PositiveSmallIntegerField(_("站序"), null=True)
    hold_s = models.PositiveIntegerField(_("停站等待（秒）"), default=0)
    command = models.ForeignKey("devices.DeviceCommand", models.SET_NULL, null=True, related_name="+")
    change = models.ForeignKey(Change, models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("调度员")
    )
    made_at = models.DateTimeField(_("下达时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("调度指令")
        ordering = ("-made_at", "-pk")
        indexes = (
            models.Index(fields=("day", "trip_id"), name="order_by_trip"),
            models.Index(fields=("bus", "-made_at"), name="order_by_bus"),
        )
