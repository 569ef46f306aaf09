"""What is to be protected, what could happen to it, and how far level 3 is met."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

BY = settings.AUTH_USER_MODEL


class SecurityAsset(models.Model):
    """A system, a database or a machine. Those the platform knows of itself (`is_found`) are kept current by
    `security.assets.found`; `gone_at` is when it was not found any more. `data_level` is the highest level of the data in
    it, 1 to 4 (GB/T 43697-2024 as standards of the district read it), 0 where nobody knows."""

    class Kind(models.TextChoices):
        SYSTEM = "system", _("业务系统")
        DATABASE = "database", _("数据库")
        SERVICE = "service", _("服务进程")
        PORT = "port", _("对外端口")
        STORE = "store", _("文件与密钥库")
        OTHER = "other", _("其他")

    key = models.CharField(_("资产编号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("责任单位"))
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("定级对象"))
    data_level = models.PositiveSmallIntegerField(_("最高数据级别"), default=0)
    about = models.CharField(_("说明"), max_length=200, blank=True)
    is_found = models.BooleanField(_("平台自动发现"), default=False)
    seen_at = models.DateTimeField(_("最近发现"), default=now)
    gone_at = models.DateTimeField(_("消失时间"), null=True)
    made_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = verbose_name_plural = _("系统资产")
        ordering = ("kind", "key")

    def __str__(self) -> str:
        return self.name


class AssetFiling(models.Model):
    """定级备案 of an asset: what was decided and filed, and when it was evaluated. In force once another has confirmed it;
    the newest confirmed one holds."""

    asset = models.ForeignKey(SecurityAsset, models.PROTECT, related_name="filings", verbose_name=_("资产"))
    level = models.PositiveSmallIntegerField(_("保护等级"))
    number = models.CharField(_("备案证明编号"), max_length=40, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)
    evaluated_on = models.DateField(_("等级测评日期"), null=True, blank=True)
    crypto_evaluated_on = models.DateField(_("密码应用评估日期"), null=True, blank=True)
    evaluator = models.CharField(_("测评机构"), max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("定级备案")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="filing_level"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="filing_needs_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} {self.level}"


class SecurityRisk(models.Model):
    """A threat meets a weakness. Likelihood and impact are 1 to 5; their product is the score (`security.risks.matrix`).
    A risk that stays is accepted by another than who judged it, for a time."""

    class Treatment(models.TextChoices):
        REDUCE = "reduce", _("降低")
        AVOID = "avoid", _("规避")
        TRANSFER = "transfer", _("转移")
        ACCEPT = "accept", _("接受")

    asset = models.ForeignKey(SecurityAsset, models.PROTECT, related_name="risks", verbose_name=_("资产"))
    threat = models.CharField(_("威胁"), max_length=120)
    weakness = models.CharField(_("脆弱性"), max_length=200)
    likelihood = models.PositiveSmallIntegerField(_("可能性"))
    impact = models.PositiveSmallIntegerField(_("影响"))
    treatment = models.CharField(_("处置方式"), max_length=10, choices=Treatment.choices)
    measures = models.TextField(_("处置措施"), blank=True)
    left_likelihood = models.PositiveSmallIntegerField(_("残余可能性"), null=True, blank=True)
    left_impact = models.PositiveSmallIntegerField(_("残余影响"), null=True, blank=True)
    due_on = models.DateField(_("处置期限"), null=True, blank=True)
    correction = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("整改办件"))
    judged_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("评估人"))
    judged_at = models.DateTimeField(_("评估时间"), default=now)
    accepted_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("接受人"))
    accepted_at = models.DateTimeField(_("接受时间"), null=True)
    accepted_until = models.DateField(_("接受至"), null=True)
    closed_at = models.DateTimeField(_("关闭时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("安全风险")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5))
                & (Q(left_likelihood__isnull=True) | Q(left_likelihood__range=(1, 5)))
                & (Q(left_impact__isnull=True) | Q(left_impact__range=(1, 5))),
                name="risk_on_the_matrix",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("judged_by")), name="risk_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_by__isnull=False, accepted_until__isnull=False),
                name="risk_accepted_for_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.threat


class ControlRun(models.Model):
    """All probes run once. Rows are only added."""

    at = models.DateTimeField(_("核查时间"), default=now, db_index=True)
    by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("发起人"))
    took_ms = models.PositiveIntegerField(_("用时（毫秒）"), default=0)
    passed = models.PositiveIntegerField(_("符合"), default=0)
    failed = models.PositiveIntegerField(_("不符合"), default=0)
    unknown = models.PositiveIntegerField(_("未知"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("等保核查")
        ordering = ("-pk",)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class ControlFinding(models.Model):
    """What one probe found: a fact of the platform at that moment, typed by nobody."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("符合")
        FAILED = "failed", _("不符合")
        UNKNOWN = "unknown", _("未知")

    run = models.ForeignKey(ControlRun, models.PROTECT, related_name="findings", verbose_name=_("核查"))
    probe = models.CharField(_("探测"), max_length=40)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices)
    words = models.TextField(_("发现"))
    facts = models.JSONField(_("数据"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("核查发现")
        ordering = ("run", "probe")
        constraints = (models.UniqueConstraint(fields=("run", "probe"), name="probe_once_a_run"),)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.probe} {self.outcome}"


class ControlEvidence(models.Model):
    """What a person says of a control, with a paper; counts once another has confirmed it, until `until_on`."""

    control = models.CharField(_("控制点"), max_length=30, db_index=True)
    outcome = models.CharField(_("结果"), max_length=8, choices=ControlFinding.Outcome.choices)
    words = models.TextField(_("情况说明"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("文件"))
    until_on = models.DateField(_("有效期至"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("填报人"))
    made_at = models.DateTimeField(_("填报时间"), default=now)
    confirmed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("控制点证据")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("made_by")), name="evidence_needs_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.control} {self.outcome}"
