"""Trips as they are driven, and what is forecast of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .fleet import Bus


class Run(models.Model):
    """A trip of a service day, as the live process sees it; one row a trip and day, made when it may begin.

    `start_time`: HH:MM:SS of the service day (tells trips of a headway line and extra trips apart). `begins_at`,
    `ends_at`: as planned. `along_m` of the pattern, `delay_s` behind plan at `seen_at` (the last believed position).
    `passed_at`: when each stop of the pattern was passed, null not known. `since`: of the present state.
    `assigned_by`: told (the feed or dispatcher said so), found (by its positions).
    """

    class State(models.TextChoices):
        EXPECTED = "expected", _("待发")
        RUNNING = "running", _("运行")
        STANDING = "standing", _("停滞")
        OFF_ROUTE = "off_route", _("偏离线路")
        SILENT = "silent", _("信号丢失")
        UNLIKELY = "unlikely", _("疑似不来")
        CANCELLED = "cancelled", _("已取消")
        ENDED = "ended", _("已结束")

    day = models.DateField(_("运营日"))
    trip_id = models.CharField(_("班次"), max_length=120)
    start_time = models.CharField(_("发车时间"), max_length=8)
    edition = models.ForeignKey("transit.Edition", models.PROTECT, related_name="+")
    route_id = models.CharField(_("线路"), max_length=120)
    direction = models.CharField(_("方向"), max_length=1, blank=True)
    begins_at = models.DateTimeField(_("计划发车"))
    ends_at = models.DateTimeField(_("计划到达"))
    bus = models.ForeignKey(Bus, models.SET_NULL, null=True, related_name="runs", verbose_name=_("车辆"))
    assigned_by = models.CharField(max_length=8, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.EXPECTED)
    since = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(_("最近位置"), null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    bearing = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)
    along_m = models.FloatField(null=True)
    delay_s = models.FloatField(_("晚点（秒）"), null=True)
    next_stop = models.PositiveSmallIntegerField(_("下一站序"), default=0)
    occupancy = models.PositiveSmallIntegerField(_("载客率（%）"), null=True)
    headway_s = models.FloatField(_("与前车间隔（秒）"), null=True)
    is_bunched = models.BooleanField(_("串车"), default=False)
    passed_at = ArrayField(models.DateTimeField(null=True), default=list)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("班次运行")
        constraints = (models.UniqueConstraint(fields=("day", "trip_id", "start_time"), name="run_once"),)
        indexes = (
            models.Index(fields=("day", "route_id", "state"), name="run_by_line"),
            models.Index(fields=("bus", "day"), name="run_by_bus"),
        )


class Forecast(models.Model):
    """The newest forecast of a run: arrivals at the stops from `first_stop` (0-based place in the pattern) on.

    Unix seconds; `earliest`, `latest`: the 90 % interval. `source`: model, ahead, history, delay, timetable.
    `mark`: why it is not to be trusted like others, "" when it is: timetable_only, old_position, bad_clock, off_route,
    unlikely, no_model. `reason`: what it is made of, for people: `{"delay_s", "history_s", "ahead_s", "holds_until", …}`.
    """

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True, related_name="forecast")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    first_stop = models.PositiveSmallIntegerField()
    arrivals = ArrayField(models.BigIntegerField())
    departures = ArrayField(models.BigIntegerField())
    earliest = ArrayField(models.BigIntegerField())
    latest = ArrayField(models.BigIntegerField())
    source = models.CharField(max_length=12)
    mark = models.CharField(max_length=20, blank=True)
    reason = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("到站预报")
