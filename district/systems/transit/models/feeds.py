"""Feeds of others: where another supplier tells its buses' positions (GTFS-Realtime), and how asking for it went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.devices.models.devices import SealedTextField


class OutsideFeed(models.Model):
    """A GTFS-Realtime feed of vehicle positions that is asked for every `interval_s`.

    `key` is part of the codes of the devices that are made for its vehicles: `gtfsrt-<key>-<vehicle id>`. `headers`:
    `Name: value` lines with its keys, sealed. `etag`, `last_modified`: of the last answer, for asking conditionally;
    `header_at`: the feed's own time. After `failures` in a row the next try waits longer (`next_at`).
    """

    class State(models.TextChoices):
        NEW = "new", _("未拉取")
        GOOD = "good", _("正常")
        STALE = "stale", _("内容陈旧")
        FAILING = "failing", _("失败")

    key = models.SlugField(_("标识"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    url = models.CharField(_("地址"), max_length=500)
    headers = SealedTextField(_("请求头"), blank=True, default="")
    interval_s = models.PositiveIntegerField(_("间隔（秒）"), default=15)
    owner = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("提供单位")
    )
    is_active = models.BooleanField(_("启用"), default=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.NEW)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    header_at = models.DateTimeField(_("内容时间"), null=True)
    polled_at = models.DateTimeField(_("最近拉取"), null=True)
    taken_at = models.DateTimeField(_("最近收到"), null=True)
    next_at = models.DateTimeField(_("下次拉取"), default=now)
    failures = models.PositiveIntegerField(_("连续失败"), default=0)
    code = models.CharField(max_length=40, blank=True)
    words = models.CharField(_("说明"), max_length=300, blank=True)
    vehicles = models.PositiveIntegerField(_("车辆数"), default=0)
    with_trip = models.PositiveIntegerField(_("带班次"), default=0)
    matched = models.PositiveIntegerField(_("班次匹配"), default=0)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("外部数据源")
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=models.Q(interval_s__gte=5), name="outside_feed_interval"),)
        indexes = (models.Index(fields=("is_active", "next_at"), name="outside_feed_due"),)

    def __str__(self) -> str:
        return self.name


class FeedPoll(models.Model):
    """One time a feed was asked for. `outcome`: taken, unchanged, failed (no answer), refused (an answer that is no feed).

    `stored` positions are new, `repeated` were there, `left_out` cannot be used: no place, no vehicle, too old, from the
    future; `reasons`: how many of each.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("收到")
        UNCHANGED = "unchanged", _("无变化")
        FAILED = "failed", _("失败")
        REFUSED = "refused", _("内容不可用")

    feed = models.ForeignKey(OutsideFeed, models.CASCADE, related_name="polls")
    at = models.DateTimeField(_("时间"), default=now)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField(_("状态码"), default=0)
    took_ms = models.PositiveIntegerField(_("用时（毫秒）"), default=0)
    size_bytes = models.PositiveIntegerField(_("字节数"), default=0)
    header_at = models.DateTimeField(_("内容时间"), null=True)
    vehicles = models.PositiveIntegerField(_("车辆数"), default=0)
    stored = models.PositiveIntegerField(_("新位置"), default=0)
    repeated = models.PositiveIntegerField(_("重复"), default=0)
    left_out = models.PositiveIntegerField(_("未采用"), default=0)
    reasons = models.JSONField(default=dict)
    code = models.CharField(max_length=40, blank=True)
    words = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("拉取记录")
        ordering = ("-at",)
        indexes = (models.Index(fields=("feed", "-at"), name="feed_poll_newest"),)


class PublishedFeed(models.Model):
    """Our own GTFS-Realtime feed as it was told last; one row for each of `feeds.building.KINDS`, of one instant."""

    kind = models.CharField(max_length=20, primary_key=True)
    made_at = models.DateTimeField()
    body = models.BinaryField()
    etag = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("实时数据发布")
