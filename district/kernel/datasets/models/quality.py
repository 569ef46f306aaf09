"""数据质量: rules, and how a delivery stood the test."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.datasets.models.resources import Resource
from district.kernel.datasets.models.versions import Version
from district.kernel.people.models import Account


class RuleKind(models.TextChoices):
    REQUIRED = "required", _("必填")
    TYPE = "type", _("类型")
    RANGE = "range", _("取值范围")
    CODE = "code", _("代码表")
    PATTERN = "pattern", _("格式")
    UNIQUE = "unique", _("唯一")
    REFERENCE = "reference", _("引用")
    EXPRESSION = "expression", _("字段间关系")
    FRESHNESS = "freshness", _("时效")


class Dimension(models.TextChoices):
    """What a rule measures. Names after GB/T 36344-2018 《信息技术 数据质量评价指标》."""

    COMPLETENESS = "completeness", _("完整性")
    CONFORMITY = "conformity", _("规范性")
    UNIQUENESS = "uniqueness", _("唯一性")
    TIMELINESS = "timeliness", _("及时性")
    CONSISTENCY = "consistency", _("一致性")
    ACCURACY = "accuracy", _("准确性")


@pghistory.track(append_only=True)
class QualityRule(models.Model):
    """A rule for the rows of a resource. `parameters` by kind, see `quality.rules`.

    A blocking rule refuses a delivery of which a smaller share passes than `least_share`.
    """

    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="quality_rules", verbose_name=_("资源")
    )
    kind = models.CharField(_("规则"), max_length=12, choices=RuleKind.choices)
    item = models.CharField(_("信息项"), max_length=63, blank=True)
    parameters = models.JSONField(_("参数"), default=dict)
    dimension = models.CharField(_("维度"), max_length=12, choices=Dimension.choices)
    is_blocking = models.BooleanField(_("不合格不入库"), default=False)
    least_share = models.FloatField(_("最低合格率"), default=1.0)
    is_active = models.BooleanField(_("启用"), default=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    changed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("修改人")
    )
    changed_at = models.DateTimeField(_("修改时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("质量规则")
        ordering = ("resource", "pk")

    def __str__(self) -> str:
        return f"{self.resource} {self.get_kind_display()} {self.item}"


class QualityScore(models.Model):
    """How a delivery stood the test, or, without a version of its own, what time has made of the resource.

    `shares` has the passing share of each dimension that was measured, `results` those of each rule: rule (id or
    null for one that follows from an item), key, kind, item, dimension, checked, failing, is_blocking, problem.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="scores", verbose_name=_("资源"))
    version = models.ForeignKey(
        Version, models.CASCADE, null=True, blank=True, related_name="scores", verbose_name=_("版本")
    )
    at = models.DateTimeField(_("评价时间"), default=now)
    total = models.FloatField(_("总分"))
    shares = models.JSONField(_("各维度合格率"), default=dict)
    results = models.JSONField(_("各规则结果"), default=list)
    rows = models.BigIntegerField(_("检查行数"), default=0)
    is_blocked = models.BooleanField(_("未准入库"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("质量评分")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("resource", "-at"), name="datasets_score_newest"),)

    def __str__(self) -> str:
        return f"{self.resource} {self.total:.1f}"
