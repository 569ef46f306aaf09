"""Publicity: plans with dated steps, articles, events, and how far they reached."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

BY = settings.AUTH_USER_MODEL


class Life(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Checked(models.Model):
    """Made by one, released by another; the database sees to it."""

    state = models.CharField(_("状态"), max_length=10, choices=Life.choices, default=Life.DRAFT)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("编辑"))
    made_at = models.DateTimeField(_("编辑时间"), default=now)
    approved_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("审核人"))
    published_at = models.DateTimeField(_("发布时间"), null=True)
    reason = models.CharField(_("退回或撤回原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        abstract = True
        constraints: tuple[models.CheckConstraint, ...] = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="%(class)s_needs_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(approved_by__isnull=False, published_at__isnull=False),
                name="%(class)s_published_by_another",
            ),
        )


class PublicityPlan(Checked):
    """宣传推广计划: what is to be told to whom by when, and how many views are hoped for."""

    title = models.CharField(_("计划名称"), max_length=80, unique=True)
    audience = models.CharField(_("面向人群"), max_length=80)
    text = models.TextField(_("目标与内容"))
    begins_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    goal_views = models.PositiveIntegerField(_("目标浏览次数"), default=0)

    class Meta(Checked.Meta):
        verbose_name = verbose_name_plural = _("宣传计划")
        ordering = ("-begins_on", "title")
        constraints = (
            *Checked.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="publicityplan_days"),
        )

    def __str__(self) -> str:
        return self.title


class Article(Checked):
    class Category(models.TextChoices):
        NEWS = "news", _("动态")
        EXAMPLE = "example", _("典型示范")
        KNOWLEDGE = "knowledge", _("知识普及")
        SECURITY = "security", _("网络安全")

    title = models.CharField(_("标题"), max_length=80)
    summary = models.CharField(_("摘要"), max_length=200)
    text = models.TextField(_("正文"))
    category = models.CharField(_("栏目"), max_length=10, choices=Category.choices, default=Category.NEWS)
    source = models.CharField(_("来源"), max_length=60)
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("配图")
    )
    picture_words = models.CharField(_("配图说明"), max_length=120, blank=True)

    class Meta(Checked.Meta):
        verbose_name = verbose_name_plural = _("宣传稿件")
        ordering = ("-published_at", "-pk")

    def __str__(self) -> str:
        return self.title


class PublicEvent(Checked):
    """宣传活动. `attended` is counted at the door, as a number."""

    title = models.CharField(_("活动"), max_length=80)
    text = models.TextField(_("活动介绍"))
    place = models.CharField(_("地点"), max_length=80)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    attended = models.PositiveIntegerField(_("参加人数"), null=True, blank=True)

    class Meta(Checked.Meta):
        verbose_name = verbose_name_plural = _("宣传活动")
        ordering = ("-starts_at",)
        constraints = (
            *Checked.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="publicevent_times"),
        )

    def __str__(self) -> str:
        return self.title


class PublicityStep(models.Model):
    """A dated step of a plan. It is done when what stands for it is public, not when somebody says so."""

    plan = models.ForeignKey(PublicityPlan, models.CASCADE, related_name="steps", verbose_name=_("宣传计划"))
    title = models.CharField(_("事项"), max_length=80)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("承办单位"))
    due_on = models.DateField(_("完成时限"))
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("稿件")
    )
    event = models.ForeignKey(
        PublicEvent, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("活动")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("宣传事项")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(article__isnull=True) | Q(event__isnull=True), name="publicitystep_one_thing"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ArticleDay(models.Model):
    """Views of an article on a day, by where the reader came from: numbers only, no address, no cookie, no person."""

    class Way(models.TextChoices):
        DIRECT = "direct", _("直接打开")
        OWN = "own", _("本站页面")
        SEARCH = "search", _("搜索引擎")
        OTHER = "other", _("其他网站")

    article = models.ForeignKey(Article, models.CASCADE, related_name="days", verbose_name=_("稿件"))
    day = models.DateField(_("日期"))
    way = models.CharField(_("来路"), max_length=6, choices=Way.choices)
    views = models.PositiveIntegerField(_("浏览次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("浏览统计")
        constraints = (models.UniqueConstraint(fields=("article", "day", "way"), name="articleday_once"),)

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} {self.way}"
