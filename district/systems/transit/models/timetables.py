"""Timetables being worked on: what the editor changes, until it becomes an edition. Ids (`key`) are those of the feed to be."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .editions import Edition


class Draft(models.Model):
    """A network with its timetables, to be published. `agencies`, `info`: rows of agency.txt and feed_info.txt.

    `carried`: files the editor does not change, name → text, put back into the feed as they were (fares, transfers).
    `summer`: first and last day of the summer timetable as MMDD. `revision` counts the changes.
    """

    title = models.CharField(_("名称"), max_length=120)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"))
    agencies = models.JSONField(default=list)
    info = models.JSONField(default=dict)
    carried = models.JSONField(default=dict)
    summer = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    base = models.ForeignKey(Edition, models.SET_NULL, null=True, related_name="+", verbose_name=_("依据版本"))
    revision = models.PositiveIntegerField(default=0)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("建立时间"), default=now)
    changed_at = models.DateTimeField(_("修改时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("时刻草案")
        ordering = ("-changed_at",)
        constraints = (
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="draft_days_in_order"),
        )

    def __str__(self) -> str:
        return self.title


class DraftPart(models.Model):
    """Something of a draft with an id of its own; `extra`: columns of the feed that the editor does not show."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="%(class)ss")
    key = models.CharField(_("编号"), max_length=120)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class DraftStop(DraftPart):
    """A stop. `kind`: location_type; `is_accessible` None: not known."""

    name = models.CharField(_("站名"), max_length=200, blank=True)
    code = models.CharField(_("站牌号"), max_length=60, blank=True)
    lat = models.FloatField(_("纬度"), null=True)
    lon = models.FloatField(_("经度"), null=True)
    kind = models.CharField(max_length=1, blank=True)
    parent = models.CharField(_("所属车站"), max_length=120, blank=True)
    is_accessible = models.BooleanField(_("无障碍"), null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "key"), name="draft_stop_once"),)


class DraftLine(DraftPart):
    """A line. `kind`: route_type; colours of six hexadecimal digits."""

    short_name = models.CharField(_("线路名"), max_length=60, blank=True)
    long_name = models.CharField(_("线路全称"), max_length=200, blank=True)
    kind = models.CharField(_("类型"), max_length=4, default="3")
    colour = models.CharField(_("颜色"), max_length=6, blank=True)
    text_colour = models.CharField(_("文字颜色"), max_length=6, blank=True)
    agency = models.CharField(_("运营单位"), max_length=120, blank=True)
    order = models.PositiveIntegerField(_("排序"), null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "key"), name="draft_line_once"),)

    @property
    def name(self) -> str:
        return self.short_name or self.long_name or self.key


class DraftPattern(DraftPart):
    """A way of a line: its stops in order and its path `[[lon, lat], …]`, empty: straight from stop to stop.

    `shape`: the shape_id it came with; patterns of one shape share it as long as their paths are the same.
    """

    line = models.ForeignKey(DraftLine, models.CASCADE, related_name="patterns")
    name = models.CharField(_("走向名称"), max_length=120, blank=True)
    direction = models.CharField(_("方向"), max_length=1, blank=True)
    stops = ArrayField(models.CharField(max_length=120), default=list)
    path = models.JSONField(default=list, blank=True)
    shape = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "key"), name="draft_pattern_once"),)


class DraftProfile(models.Model):
    """Running times of a pattern: seconds from departure at the first stop to each arrival and departure, null not told.

    `columns`: of stop_times.txt that hold for all its trips, name → one text a stop (timepoint, pickup_type, …).
    `from_s`, `to_s`: the departures it is meant for when trips are entered by the hour.
    """

    pattern = models.ForeignKey(DraftPattern, models.CASCADE, related_name="profiles")
    name = models.CharField(_("运行时间名称"), max_length=60, blank=True)
    from_s = models.PositiveIntegerField(_("适用起"), default=0)
    to_s = models.PositiveIntegerField(_("适用止"), default=108_000)
    arrivals = ArrayField(models.IntegerField(null=True))
    departures = ArrayField(models.IntegerField(null=True))
    columns = models.JSONField(default=dict, blank=True)


class DraftService(DraftPart):
    """Days of service. With `day_types` they follow the Chinese calendar (`calendars.days_of`) in `seasons`, plus and minus
    `added` and `removed`; without, they are the week from `first_on` to `last_on` with the two lists of exceptions."""

    name = models.CharField(_("名称"), max_length=60, blank=True)
    day_types = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    seasons = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    week = models.CharField(max_length=7, blank=True)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    added = ArrayField(models.DateField(), default=list, blank=True)
    removed = ArrayField(models.DateField(), default=list, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "key"), name="draft_service_once"),)


class DraftTrip(DraftPart):
    """A trip at `start_s` of the service day, or with `headways` (`[[from_s, to_s, every_s, is_exact], …]`) one repeated."""

    pattern = models.ForeignKey(DraftPattern, models.CASCADE, related_name="trips")
    profile = models.ForeignKey(DraftProfile, models.CASCADE, related_name="trips")
    service = models.ForeignKey(DraftService, models.CASCADE, related_name="trips")
    start_s = models.PositiveIntegerField(_("发车"))
    headsign = models.CharField(_("终点标识"), max_length=200, blank=True)
    block = models.CharField(_("车次链"), max_length=120, blank=True)
    is_accessible = models.BooleanField(_("无障碍"), null=True)
    headways = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "key"), name="draft_trip_once"),)
        indexes = (models.Index(fields=("pattern", "service", "start_s"), name="draft_trips_by_time"),)


class FeedUpload(models.Model):
    """A feed on its way to an edition (or into a draft): uploaded, or written out of a draft, then judged by a job.

    Refused ones stay with their notices; `feed` is emptied when it has become an edition or was refused.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待校验")
        RUNNING = "running", _("校验中")
        DONE = "done", _("已生成版本")
        REFUSED = "refused", _("不能使用")

    title = models.CharField(_("名称"), max_length=120)
    file_name = models.CharField(_("文件"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    sha256 = models.CharField(max_length=64)
    feed = models.BinaryField(default=b"")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="uploads")
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.WAITING)
    notices = models.JSONField(_("校验结果"), default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("时间"), default=now)
    ended_at = models.DateTimeField(null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("时刻表导入")
        ordering = ("-pk",)
