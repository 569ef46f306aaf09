"""What is kept about reports beside their cases: how they were read and set right, imports, keys of other programs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now


class Reading(models.Model):
    """How a report was read when it came, and what people made of it.

    `right_code` and `right_unit` are set when a person has decided, also when they agree with the proposal; the
    classifier learns from them.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="governance_reading")
    text = models.TextField(_("文字"))
    code = models.CharField(_("自动分类"), max_length=40)
    confidence = models.FloatField(_("置信度"))
    unit = models.CharField(_("建议单位"), max_length=40, blank=True)
    right_code = models.CharField(_("人工分类"), max_length=40, blank=True)
    right_unit = models.CharField(_("人工派遣"), max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("更正人")
    )
    read_at = models.DateTimeField(_("识别时间"), default=now)
    decided_at = models.DateTimeField(_("更正时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("自动识别")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("decided_at",), name="governance_reading_decided"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class ReportImport(models.Model):
    """A table of reports that was read in. Rows that were refused are kept with it."""

    name = models.CharField(_("文件名"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("导入人"))
    at = models.DateTimeField(_("导入时间"), default=now)
    opened = models.PositiveIntegerField(_("立案"), default=0)
    repeated = models.PositiveIntegerField(_("此前已导入"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("批量导入")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class RefusedRow(models.Model):
    """A row that was not taken: which field, which value, which rule."""

    batch = models.ForeignKey(ReportImport, models.CASCADE, related_name="refused", verbose_name=_("批次"))
    row = models.PositiveIntegerField(_("行号"))
    field = models.CharField(_("字段"), max_length=40)
    value = models.CharField(_("内容"), max_length=300, blank=True)
    rule = models.CharField(_("规则"), max_length=40)
    text = models.CharField(_("说明"), max_length=300)
    values = models.JSONField(_("整行"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("未导入的行")
        ordering = ("row",)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row} {self.rule}"


class ProgramKey(models.Model):
    """A key of a program that reports by Open311. Only a digest of it is kept."""

    name = models.CharField(_("程序"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    is_in_use = models.BooleanField(_("启用"), default=True)
    is_simulator = models.BooleanField(_("模拟数据"), default=False)
    made_at = models.DateTimeField(_("建立时间"), default=now)
    used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("程序密钥")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Visits(models.Model):
    """How often something was asked for from one place within a while, to hold back floods."""

    mark = models.CharField(max_length=120)
    span = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("访问次数")
        constraints = (models.UniqueConstraint(fields=("mark", "span"), name="governance_visits_once"),)

    def __str__(self) -> str:
        return f"{self.mark} {self.count}"
