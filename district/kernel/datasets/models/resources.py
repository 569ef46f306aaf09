"""政务信息资源目录: resources and their items (编制指南, 发改高技〔2017〕1272号; GB/T 21063.3)."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation


class Level(models.TextChoices):
    """资源属性, the first digit of a resource's code."""

    BASIC = "1", _("基础信息资源")
    THEME = "2", _("主题信息资源")
    DEPARTMENT = "3", _("部门信息资源")


class Share(models.TextChoices):
    OPEN = "open", _("无条件共享")
    CONDITIONAL = "conditional", _("有条件共享")
    CLOSED = "closed", _("不予共享")


class Cycle(models.TextChoices):
    """更新周期. `hourly` and `halfyearly`, `irregular` are local additions to the guide's list."""

    REALTIME = "realtime", _("实时")
    HOURLY = "hourly", _("每小时")
    DAILY = "daily", _("每日")
    WEEKLY = "weekly", _("每周")
    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季度")
    HALFYEARLY = "halfyearly", _("每半年")
    YEARLY = "yearly", _("每年")
    IRREGULAR = "irregular", _("不定期")


class Shelf(models.TextChoices):
    """The life of an entry of the catalogue."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤销")


class Grade(models.IntegerChoices):
    """敏感级别 of an item; a resource is as sensitive as the most sensitive of its items."""

    ONE = 1, _("一级")
    TWO = 2, _("二级")
    THREE = 3, _("三级")
    FOUR = 4, _("四级")


class DataType(models.TextChoices):
    TEXT = "text", _("文本")
    INTEGER = "integer", _("整数")
    NUMBER = "number", _("数值")
    BOOLEAN = "boolean", _("是否")
    DATE = "date", _("日期")
    DATETIME = "datetime", _("时间")


@pghistory.track(append_only=True)
class Resource(models.Model):
    """An entry of the catalogue.

    `name` is its machine name: `<system>.<key>` for what a system lends by its contract, `<unit code>.<slug>` for what
    a department adds. The rows are those of the SQL `table` or view, or, where that is empty, of the published
    `Version` in the lake.
    """

    name = models.CharField(_("机器名"), max_length=120, unique=True)
    code = models.CharField(_("资源代码"), max_length=60, unique=True)
    title = models.CharField(_("资源名称"), max_length=120)
    en = models.CharField(_("英文名称"), max_length=160, blank=True)
    abstract = models.TextField(_("资源摘要"), blank=True)
    level = models.CharField(_("资源属性"), max_length=1, choices=Level.choices, default=Level.DEPARTMENT)
    category = models.CharField(_("分类码"), max_length=20, help_text=_("类、项、目、细目"))
    library = models.CharField(_("基础库"), max_length=20, blank=True)
    theme = models.CharField(_("主题"), max_length=20, blank=True)
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("提供方"))
    system = models.CharField(_("系统"), max_length=40, blank=True)
    table = models.CharField(_("数据表"), max_length=80, blank=True)
    format = models.CharField(_("资源格式"), max_length=60, default="数据库")
    share = models.CharField(_("共享类型"), max_length=12, choices=Share.choices, default=Share.CONDITIONAL)
    share_condition = models.TextField(_("共享条件"), blank=True)
    legal_ground = models.TextField(_("依据"), blank=True, help_text=_("不予共享须写明法律、法规或政策条款"))
    share_way = models.CharField(_("共享方式"), max_length=60, default="共享平台方式", blank=True)
    is_open_to_public = models.BooleanField(_("向社会开放"), default=False)
    open_condition = models.CharField(_("开放条件"), max_length=200, blank=True)
    cycle = models.CharField(_("更新周期"), max_length=12, choices=Cycle.choices, default=Cycle.MONTHLY)
    is_secret = models.BooleanField(_("涉密"), default=False)
    keep_days = models.PositiveIntegerField(_("版本保存天数"), null=True, blank=True)
    shelf = models.CharField(_("状态"), max_length=12, choices=Shelf.choices, default=Shelf.DRAFT)
    related = models.ManyToManyField("self", blank=True, verbose_name=_("关联资源"))
    is_simulated = models.BooleanField(_("模拟数据"), default=False)
    created_at = models.DateTimeField(_("登记时间"), default=now)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("目录更新时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("政务信息资源")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(name__regex=r"^[a-z0-9_]+\.[A-Za-z0-9_]+$"), name="datasets_resource_name_form"
            ),
            models.CheckConstraint(
                condition=~Q(share=Share.CLOSED) | ~Q(legal_ground=""), name="datasets_closed_needs_a_ground"
            ),
            models.CheckConstraint(
                condition=~Q(is_open_to_public=True) | Q(is_secret=False), name="datasets_secret_is_not_open"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The title in the language of the reader."""
        return self.en if self.en and _is_english() else self.title


@pghistory.track(append_only=True)
class Item(models.Model):
    """信息项: a column. `name` is that of the SQL or Parquet column."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="items", verbose_name=_("资源"))
    position = models.PositiveIntegerField(_("次序"))
    name = models.CharField(_("字段名"), max_length=63)
    title = models.CharField(_("信息项名称"), max_length=120)
    en = models.CharField(_("英文名称"), max_length=160, blank=True)
    type = models.CharField(_("数据类型"), max_length=10, choices=DataType.choices, default=DataType.TEXT)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    length = models.PositiveIntegerField(_("长度"), null=True, blank=True)
    grade = models.PositiveSmallIntegerField(_("敏感级别"), choices=Grade.choices, default=Grade.ONE)
    mask = models.CharField(
        _("脱敏方式"), max_length=20, blank=True, help_text=_("脱敏函数名；三级以上未写时整体隐藏")
    )
    code_table = models.CharField(_("代码表"), max_length=60, blank=True)
    is_key = models.BooleanField(_("主键"), default=False)
    is_required = models.BooleanField(_("必填"), default=False)
    holds = models.CharField(
        _("内容"), max_length=20, blank=True,
        help_text=_("person_id 公民身份号码，entity_code 统一社会信用代码，division 区划代码，lon、lat 经纬度"),
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("信息项")
        ordering = ("resource", "position")
        constraints = (
            models.UniqueConstraint(fields=("resource", "name"), name="datasets_item_once"),
            models.CheckConstraint(
                condition=Q(name__regex=r"^[A-Za-z_][A-Za-z0-9_]*$"), name="datasets_item_name_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.resource}·{self.title}"

    @property
    def label(self) -> str:
        """The title in the language of the reader."""
        return self.en if self.en and _is_english() else self.title


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
