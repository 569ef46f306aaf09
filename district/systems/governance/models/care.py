"""Personal records of help and care. Rows are guarded in PostgreSQL: see `care.row_security` and the migration.

What identifies a person stands in CareContent, sealed, apart from the row a work list needs. No change history is
kept by trigger here: a deleted record must leave nothing but a count and a digest.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField


class Kind(models.TextChoices):
    CORRECTION = "correction", _("社区矫正")
    AFTERCARE = "aftercare", _("安置帮教")
    MENTAL = "mental", _("严重精神障碍服务")
    MINORS = "minors", _("困境、留守未成年人")
    REHABILITATION = "rehabilitation", _("戒毒康复")


class CareUnit(models.Model):
    """A unit deals with a kind of care; a duty of carer or lead there reaches records of these kinds only."""

    class Field(models.TextChoices):
        CORRECTION = "correction", _("社区矫正")
        AFTERCARE = "aftercare", _("安置帮教")
        MENTAL = "mental", _("严重精神障碍服务")
        MINORS = "minors", _("困境、留守未成年人")
        REHABILITATION = "rehabilitation", _("戒毒康复")
        DISPUTE = "dispute", _("人民调解")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    kind = models.CharField(_("业务"), max_length=20, choices=Field.choices)

    class Meta:
        verbose_name = verbose_name_plural = _("关爱帮扶业务单位")
        ordering = ("organisation", "kind")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "kind"), name="governance_careunit_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class CareRecord(models.Model):
    """The head of a record: basis, purpose, term, who cares. `expires_on` is the first day it no longer stands.

    `identity_digest` is a keyed digest for an exact search. `term_from_on` is the start, or the last renewal.
    """

    class State(models.TextChoices):
        OPEN = "open", _("在册")
        CLOSED = "closed", _("已办结")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    basis = models.CharField(_("法律依据"), max_length=30)
    purpose = models.CharField(_("处理目的"), max_length=120)
    starts_on = models.DateField(_("起始日期"))
    term_from_on = models.DateField(_("本期起算"))
    expires_on = models.DateField(_("到期日期"), db_index=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    carer = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("帮扶专员")
    )
    division_code = models.CharField(_("镇街代码"), max_length=12, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN)
    is_locked = models.BooleanField(_("双人解锁"), default=False)
    next_visit_on = models.DateField(_("下次走访"), null=True, blank=True)
    identity_digest = models.CharField(_("检索摘要"), max_length=64, db_index=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    closing = models.CharField(_("办结原因"), max_length=120, blank=True)
    delete_on = models.DateField(_("删除日期"), null=True, blank=True)
    is_simulated = models.BooleanField(_("演示数据"), default=False)
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("建档人"))
    made_at = models.DateTimeField(_("建档时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶记录")
        ordering = ("number",)
        indexes = (
            models.Index(fields=("organisation", "kind"), name="governance_care_unit"),
            models.Index(fields=("carer", "next_visit_on"), name="governance_care_due"),
        )
        constraints = (
            # With the terms of each basis, which stand as raw SQL in the migration: no record without a reason.
            models.CheckConstraint(condition=~Q(purpose=""), name="governance_care_has_purpose"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("term_from_on"), term_from_on__gte=F("starts_on")),
                name="governance_care_has_expiry",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None, delete_on=None)
                | Q(state="closed", closed_on__isnull=False, delete_on__gte=F("closed_on"), next_visit_on=None),
                name="governance_care_closed_ends",
            ),
            models.UniqueConstraint(
                fields=("identity_digest", "basis"), condition=Q(state="open"), name="governance_care_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class CareContent(models.Model):
    """Who the record is about, all of it sealed. The medical class is a fact a doctor's office recorded."""

    class Condition(models.TextChoices):
        STABLE = "stable", _("稳定")
        BASICALLY_STABLE = "basically_stable", _("基本稳定")
        UNSTABLE = "unstable", _("不稳定")

    record = models.OneToOneField(
        CareRecord, models.CASCADE, primary_key=True, related_name="content", verbose_name=_("记录")
    )
    name = SealedTextField(_("姓名"))
    identity_number = SealedTextField(_("公民身份号码"))
    phone = SealedTextField(_("联系电话"), blank=True, default="")
    address = SealedTextField(_("居住地址"), blank=True, default="")
    guardian = SealedTextField(_("监护人"), blank=True, default="")
    guardian_phone = SealedTextField(_("监护人电话"), blank=True, default="")
    document_number = SealedTextField(_("依据文书号"))
    situation = SealedTextField(_("困难与需求"), blank=True, default="")
    work_notes = SealedTextField(_("工作备注"), blank=True, default="")
    medical_class = SealedTextField(_("医疗机构登记的等级"), blank=True, default="")
    medical_condition = SealedTextField(_("医疗机构登记的病情"), blank=True, default="")
    medical_office = models.CharField(_("登记医疗机构"), max_length=80, blank=True)
    medical_on = models.DateField(_("医疗机构登记日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶记录内容")

    def __str__(self) -> str:
        return str(self.record_id)


class CareErasure(models.Model):
    """What remains of deleted records: how many of a basis on a day, and a keyed digest of each. Nothing else."""

    on = models.DateField(_("删除日期"))
    basis = models.CharField(_("法律依据"), max_length=30)
    count = models.PositiveIntegerField(_("删除数"))
    digests = models.JSONField(_("摘要"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("删除登记")
        ordering = ("-on", "basis")
        constraints = (models.UniqueConstraint(fields=("on", "basis"), name="governance_careerasure_once"),)

    def __str__(self) -> str:
        return f"{self.on} {self.basis} {self.count}"


class CareFigures(models.Model):
    """Counts of a month as they may be shown: small numbers are already held back (null) when it is stored."""

    month_on = models.DateField(_("月份"), unique=True)
    kinds = models.JSONField(_("类别"))
    divisions = models.JSONField(_("镇街"))
    counts = models.JSONField(_("数量"))
    made_at = models.DateTimeField(_("统计时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶统计")
        ordering = ("-month_on",)

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m}"
