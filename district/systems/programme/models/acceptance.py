"""What a project must show, the runs that showed it, and what came of it afterwards."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.files.models import StoredFile

from .delivery import Participation
from .projects import Firm, Project

BY = settings.AUTH_USER_MODEL


class AcceptanceItem(models.Model):
    """One line of the acceptance list, agreed by two before delivery begins. All kinds but `manual` are run by the
    platform (`projects.checks`); their outcome cannot be typed."""

    class Kind(models.TextChoices):
        KPI = "kpi", _("指标达到")
        PAGE = "page", _("页面可用")
        CAPABILITY = "capability", _("功能已上线")
        DATASET_ROWS = "dataset_rows", _("数据量")
        DATASET_FRESH = "dataset_fresh", _("数据及时")
        SERVICE = "service", _("服务可用率")
        MANUAL = "manual", _("人工核验")

    project = models.ForeignKey(Project, models.PROTECT, related_name="items", verbose_name=_("项目"))
    order = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("验收事项"), max_length=160)
    kind = models.CharField(_("类型"), max_length=14, choices=Kind.choices)
    asks = models.JSONField(_("要求"), default=dict)
    is_required = models.BooleanField(_("必达"), default=True)
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    made_at = models.DateTimeField(_("提出时间"), default=now)
    agreed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    agreed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("验收清单")
        ordering = ("project", "order")
        constraints = (
            models.UniqueConstraint(fields=("project", "order"), name="acceptance_order"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("made_by")), name="item_needs_two"
            ),
        )

    def __str__(self) -> str:
        return self.title


class ManualResult(models.Model):
    """What people saw of a manual item: a paper, and a second person who confirms it."""

    item = models.ForeignKey(AcceptanceItem, models.PROTECT, related_name="results", verbose_name=_("验收事项"))
    is_passed = models.BooleanField(_("通过"))
    words = models.TextField(_("核验情况"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("核验人"))
    made_at = models.DateTimeField(_("核验时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人"))
    confirmed_at = models.DateTimeField(_("复核时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("人工核验结果")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="result_needs_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.is_passed}"


class AcceptanceRun(models.Model):
    """The list run from top to bottom, kept as it came out. Rows are only ever added; `digest` is over the whole run and
    the run before it, and stands in the audit chain as well."""

    key = models.UUIDField(_("运行编号"), default=uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="runs", verbose_name=_("项目"))
    at = models.DateTimeField(_("运行时间"), default=now)
    took_ms = models.PositiveIntegerField(_("用时（毫秒）"))
    results = models.JSONField(_("结果"))
    is_passed = models.BooleanField(_("全部必达项通过"))
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("运行人"))

    class Meta:
        verbose_name = verbose_name_plural = _("验收运行")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.key)


class Acceptance(models.Model):
    """A project accepted on a run whose list was fulfilled, by another than who ran it. Money is paid on `run`'s key."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="acceptance", verbose_name=_("项目"))
    run = models.OneToOneField(AcceptanceRun, models.PROTECT, related_name="acceptance", verbose_name=_("验收运行"))
    test_by = models.ForeignKey(Participation, models.PROTECT, related_name="+", verbose_name=_("测评单位"))
    words = models.TextField(_("验收意见"))
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    decided_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("验收人"))
    at = models.DateTimeField(_("验收时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("验收")
        constraints = (
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="acceptance_needs_two"),
        )

    def __str__(self) -> str:
        return str(self.project_id)


class Effect(models.Model):
    """An indicator a project is to move: measured by the platform when delivery began and when it was evaluated."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="effects", verbose_name=_("项目"))
    system = models.CharField(_("系统"), max_length=40)
    key = models.CharField(_("指标"), max_length=60)
    before = models.FloatField(_("建设前"), null=True)
    before_at = models.DateTimeField(_("建设前测算时间"), null=True)
    after = models.FloatField(_("建设后"), null=True)
    after_at = models.DateTimeField(_("建设后测算时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("成效指标")
        ordering = ("project", "system", "key")
        constraints = (models.UniqueConstraint(fields=("project", "system", "key"), name="effect_once"),)

    def __str__(self) -> str:
        return f"{self.system}.{self.key}"


class EffectReport(models.Model):
    """成效评价 by the evaluator, due months after acceptance; entered by one, confirmed by another."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("优秀")
        GOOD = "good", _("良好")
        FAIR = "fair", _("合格")
        POOR = "poor", _("不合格")

    project = models.OneToOneField(Project, models.PROTECT, related_name="effect_report", verbose_name=_("项目"))
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", verbose_name=_("评价单位"))
    grade = models.CharField(_("评价等级"), max_length=10, choices=Grade.choices)
    words = models.TextField(_("评价结论"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("评价报告"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    made_at = models.DateTimeField(_("录入时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("成效评价")
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="effect_needs_two"
            ),
        )

    def __str__(self) -> str:
        return str(self.project_id)
