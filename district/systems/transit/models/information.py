"""What passengers are told beside arrivals: announcements, news, services of the town, shops, weather."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

ACCOUNT = settings.AUTH_USER_MODEL
FILE = "files.StoredFile"


class Release(models.TextChoices):
    """The life of what is shown in public. Whoever makes it does not release it."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Released(models.Model):
    """Made by one, released by another; `reason` why it was sent back or withdrawn."""

    state = models.CharField(_("状态"), max_length=12, choices=Release.choices, default=Release.DRAFT)
    made_by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", verbose_name=_("编辑"))
    made_at = models.DateTimeField(_("编辑时间"), default=now)
    approved_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", verbose_name=_("审核人"))
    published_at = models.DateTimeField(_("发布时间"), null=True)
    reason = models.CharField(_("退回或撤回原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="published") | (Q(approved_by__isnull=False) & ~Q(approved_by=F("made_by"))),
                name="%(app_label)s_%(class)s_four_eyes",
            ),
        )


class Bulletin(Released):
    """An announcement, news, or a service of the town. `lines`, `stops`: where it matters; neither: everywhere."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("公告")
        NEWS = "news", _("时政要闻")
        MUNICIPAL = "municipal", _("市政信息")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices, default=Kind.NOTICE)
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"), blank=True, max_length=5000)
    source = models.CharField(_("来源"), max_length=80, blank=True)
    topic = models.CharField(_("分类"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    picture = models.ForeignKey(FILE, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("图片"))
    lines = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("线路"))
    stops = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("站点"))
    is_urgent = models.BooleanField(_("紧急"), default=False)
    begin_at = models.DateTimeField(_("开始显示"), default=now)
    end_at = models.DateTimeField(_("停止显示"), null=True, blank=True)

    class Meta(Released.Meta):
        verbose_name = verbose_name_plural = _("公众信息")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "kind", "begin_at"), name="bulletin_shown"),)

    def __str__(self) -> str:
        return self.title


class Shop(Released):
    """A shop near stops. `is_paid`: shown as an advertisement."""

    name = models.CharField(_("名称"), max_length=60)
    trade = models.CharField(_("行业"), max_length=30)
    text = models.CharField(_("介绍"), max_length=300, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    hours = models.CharField(_("营业时间"), max_length=60, blank=True)
    lon = models.FloatField(_("经度"))
    lat = models.FloatField(_("纬度"))
    picture = models.ForeignKey(FILE, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("图片"))
    is_paid = models.BooleanField(_("广告"), default=False)
    until_on = models.DateField(_("显示至"), null=True, blank=True)

    class Meta(Released.Meta):
        verbose_name = verbose_name_plural = _("周边商家")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Weather(models.Model):
    """A weather report as given out. `days`: `[{"day", "text", "low", "high", "wind"}]`, °C; kept, the newest is shown."""

    issued_at = models.DateTimeField(_("发布时间"))
    days = models.JSONField(_("逐日"), default=list)
    warning = models.CharField(_("预警"), max_length=200, blank=True)
    warning_until = models.DateTimeField(_("预警至"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=80)
    made_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("录入时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("天气预报")
        ordering = ("-issued_at", "-pk")


class PublicVisit(models.Model):
    """How often an address has asked or written in a span: what holds back those who do it too often."""

    mark = models.CharField(max_length=120)
    span = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("mark", "span"), name="transit_visit_once"),)
