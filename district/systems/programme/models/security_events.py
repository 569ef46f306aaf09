"""Security incidents, and the drills held so that they are met well."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now
from district.kernel.files.models import StoredFile
from district.kernel.people.models import Organisation

from .security import SecurityAsset

BY = settings.AUTH_USER_MODEL


class SecurityIncident(models.Model):
    """An incident from its finding on. The steps are those of its case; the times here are the platform's own, noted when a
    step was done. `report_due_at` is set by the grade (`security.incidents.reporting`)."""

    class Grade(models.TextChoices):
        GENERAL = "general", _("一般")
        LARGER = "larger", _("较大")
        MAJOR = "major", _("重大")
        GRAVE = "grave", _("特别重大")

    class Kind(models.TextChoices):
        MALWARE = "malware", _("恶意程序")
        ATTACK = "attack", _("网络攻击")
        LEAK = "leak", _("数据安全")
        CONTENT = "content", _("信息内容")
        FAULT = "fault", _("设备设施故障")
        MISUSE = "misuse", _("违规操作")
        DISASTER = "disaster", _("灾害")
        OTHER = "other", _("其他")

    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("办件"))
    title = models.CharField(_("事件"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    asset = models.ForeignKey(SecurityAsset, models.PROTECT, null=True, related_name="+", verbose_name=_("受影响资产"))
    grade = models.CharField(_("级别"), max_length=8, choices=Grade.choices, blank=True)
    touches_persons = models.BooleanField(_("涉及个人信息"), default=False)
    found_at = models.DateTimeField(_("发现时间"))
    found_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("报告人"))
    graded_at = models.DateTimeField(_("定级时间"), null=True)
    report_due_at = models.DateTimeField(_("报告时限"), null=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True)
    contained_at = models.DateTimeField(_("处置时间"), null=True)
    recovered_at = models.DateTimeField(_("恢复时间"), null=True)
    reviewed_at = models.DateTimeField(_("总结时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    is_drill = models.BooleanField(_("演练"), default=False)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("安全事件")
        ordering = ("-found_at",)

    def __str__(self) -> str:
        return self.title


class SecurityDrill(models.Model):
    """A drill: planned by one, approved by another, held, and what it showed put right as cases."""

    class Kind(models.TextChoices):
        TABLE = "table", _("桌面推演")
        LIVE = "live", _("实战演练")

    title = models.CharField(_("演练名称"), max_length=120)
    kind = models.CharField(_("形式"), max_length=6, choices=Kind.choices)
    scenario = models.TextField(_("场景"))
    plan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("方案"))
    units = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("参演单位"))
    planned_on = models.DateField(_("计划日期"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    made_at = models.DateTimeField(_("拟定时间"), default=now)
    approved_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    incident = models.OneToOneField(
        SecurityIncident, models.PROTECT, null=True, related_name="drill", verbose_name=_("演练事件")
    )
    held_at = models.DateTimeField(_("演练时间"), null=True)
    summary = models.TextField(_("总结"), blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("应急演练")
        ordering = ("-planned_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="drill_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(approved_at__isnull=False), name="drill_approved_first"
            ),
        )

    def __str__(self) -> str:
        return self.title


class DrillFinding(models.Model):
    """What a drill, an incident or a control showed to be wrong; put right by a unit, in a case of its own."""

    drill = models.ForeignKey(SecurityDrill, models.PROTECT, null=True, related_name="findings", verbose_name=_("演练"))
    incident = models.ForeignKey(
        SecurityIncident, models.PROTECT, null=True, related_name="findings", verbose_name=_("事件")
    )
    text = models.CharField(_("问题"), max_length=200)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("整改单位"))
    due_on = models.DateField(_("整改期限"))
    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("整改办件"))

    class Meta:
        verbose_name = verbose_name_plural = _("发现问题")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
