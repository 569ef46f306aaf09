"""Screens at stops, what they play and when, and what they say they have played."""

from __future__ import annotations

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .information import Bulletin, Released


def new_key() -> str:
    return secrets.token_urlsafe(12)


class Screen(models.Model):
    """电子站牌. Its address holds `key`, by which it also reports; whoever knows it sees no more than stands at the stop.

    `version`: of the programme it shows; `software`: of the page; `condition`: what it says of itself.
    """

    key = models.CharField(max_length=24, unique=True, default=new_key)
    name = models.CharField(_("名称"), max_length=60)
    stops = ArrayField(models.CharField(max_length=120), verbose_name=_("站点"))
    group = models.CharField(_("分组"), max_length=40, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    seen_at = models.DateTimeField(_("最近心跳"), null=True)
    version = models.CharField(_("节目版本"), max_length=20, blank=True)
    software = models.CharField(_("页面版本"), max_length=20, blank=True)
    condition = models.JSONField(default=dict)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_at = models.DateTimeField(_("登记时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("电子站牌")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Playlist(Released):
    """播放单. `groups`: of screens, none: all. Days and times of China; an end before its beginning passes midnight.

    Of those that hold at a time the ones with the highest `priority` are played, one after the other.
    """

    title = models.CharField(_("名称"), max_length=80)
    groups = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("分组"))
    begin_on = models.DateField(_("开始日期"), null=True, blank=True)
    end_on = models.DateField(_("结束日期"), null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("星期"))
    from_time = models.TimeField(_("开始时间"), null=True, blank=True)
    to_time = models.TimeField(_("结束时间"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("优先级"), default=1)

    class Meta(Released.Meta):
        verbose_name = verbose_name_plural = _("播放单")
        ordering = ("-priority", "title")

    def __str__(self) -> str:
        return self.title


class PlaylistItem(models.Model):
    """One piece. Media have a file; a text its words; a bulletin that one; the other kinds show what there is."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("视频")
        IMAGE = "image", _("图片")
        TEXT = "text", _("文字")
        NOTICE = "notice", _("公告")
        NEWS = "news", _("时政要闻")
        WEATHER = "weather", _("天气预报")
        MUNICIPAL = "municipal", _("市政信息")
        SHOPS = "shops", _("周边商家")

    playlist = models.ForeignKey(Playlist, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField(_("顺序"), default=0)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=80, blank=True)
    text = models.TextField(_("文字"), blank=True, max_length=500)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件"))
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("信息"))
    seconds = models.PositiveSmallIntegerField(_("秒数"), default=12)

    class Meta:
        verbose_name = verbose_name_plural = _("节目")
        ordering = ("place", "pk")


class Showing(models.Model):
    """A piece that a screen says it has shown, whole or not; `key` makes it count once, however often it is reported."""

    screen = models.ForeignKey(Screen, models.CASCADE, related_name="showings", verbose_name=_("站牌"))
    key = models.CharField(max_length=40)
    item = models.ForeignKey(PlaylistItem, models.SET_NULL, null=True, related_name="showings", verbose_name=_("节目"))
    title = models.CharField(_("标题"), max_length=80, blank=True)
    kind = models.CharField(_("类型"), max_length=12)
    began_at = models.DateTimeField(_("开始"))
    seconds = models.FloatField(_("播放秒数"))
    is_whole = models.BooleanField(_("完整"), default=True)
    told_at = models.DateTimeField(_("收到时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("播放记录")
        ordering = ("-began_at",)
        constraints = (models.UniqueConstraint(fields=("screen", "key"), name="showing_once"),)
        indexes = (models.Index(fields=("item", "began_at"), name="showing_by_item"),)
