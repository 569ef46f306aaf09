"""Temporary changes of service, typed once and told everywhere."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now


@pghistory.track()
class Change(models.Model):
    """A temporary change. What it does to the trips of a day is `changes.applying`.

    `lines`: route ids; `direction` "" both; `stops`, `trips`: ids it is about, empty: all of the lines. From `begin_at` to
    `end_at` (open: until ended). `details` by kind: detour {"from_stop", "to_stop", "path": [[lon, lat], …], "stops":
    [stop_id or {"name", "lat", "lon"}]}, extra {"like": trip_id, "starts": ["HH:MM:SS", …]}, early_last {"last":
    "HH:MM"}, delay {"minutes"}, moved {"lat", "lon", "note"}.
    """

    class Kind(models.TextChoices):
        DETOUR = "detour", _("绕行")
        SKIP = "skip", _("站点停靠取消")
        MOVED = "moved", _("站点临时迁移")
        CANCEL = "cancel", _("班次取消")
        EXTRA = "extra", _("加开班次")
        EARLY_LAST = "early_last", _("末班提前")
        DELAY = "delay", _("预计晚点")
        SUSPEND = "suspend", _("线路停运")
        NOTICE = "notice", _("提示")

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        ENDED = "ended", _("已结束")

    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("说明"), blank=True)
    title_en = models.CharField(_("英文标题"), max_length=200, blank=True)
    text_en = models.TextField(_("英文说明"), blank=True)
    lines = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("线路"))
    direction = models.CharField(_("方向"), max_length=1, blank=True)
    stops = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("站点"))
    trips = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("班次"))
    begin_at = models.DateTimeField(_("开始时间"))
    end_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    details = models.JSONField(_("内容"), default=dict, blank=True)
    cause = models.PositiveSmallIntegerField(_("原因"), default=1)
    severity = models.PositiveSmallIntegerField(_("程度"), default=3)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(_("发布时间"), null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    amended_at = models.DateTimeField(_("修改时间"), null=True)
    amended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("结束操作时间"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("临时调整")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(end_at__isnull=True) | Q(end_at__gt=models.F("begin_at")), name="change_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("state", "begin_at"), name="change_in_force"),)
