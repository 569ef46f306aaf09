"""What is done with a personal record: plan, visits, help, transfer, unlocking, and what the person asks for."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from district.kernel import clock
from district.kernel.people.models import Account, Organisation
from district.kernel.people.sealed_field import SealedTextField

from .care import CareRecord, Kind


class CarePlan(models.Model):
    """What is agreed to be done in a span; a new plan replaces the one before."""

    record = models.ForeignKey(CareRecord, models.CASCADE, related_name="plans", verbose_name=_("记录"))
    aims = SealedTextField(_("帮扶目标"))
    measures = SealedTextField(_("帮扶措施"))
    from_on = models.DateField(_("开始日期"))
    until_on = models.DateField(_("结束日期"))
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("制定人"))
    made_at = models.DateTimeField(_("制定时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶计划")
        ordering = ("-from_on", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="governance_careplan_days"),
        )

    def __str__(self) -> str:
        return f"{self.record_id} {self.from_on}"


class CareVisit(models.Model):
    """A visit that took place, or an attempt that found nobody."""

    class How(models.TextChoices):
        HOME = "home", _("上门走访")
        PHONE = "phone", _("电话联系")
        OFFICE = "office", _("来所面谈")

    record = models.ForeignKey(CareRecord, models.CASCADE, related_name="visits", verbose_name=_("记录"))
    due_on = models.DateField(_("应走访日期"), null=True, blank=True)
    visited_on = models.DateField(_("走访日期"))
    how = models.CharField(_("方式"), max_length=8, choices=How.choices)
    is_met = models.BooleanField(_("见到本人"), default=True)
    note = SealedTextField(_("走访情况"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("走访人"))
    noted_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("走访记录")
        ordering = ("-visited_on", "-id")

    def __str__(self) -> str:
        return f"{self.record_id} {self.visited_on}"


class CareHelp(models.Model):
    """Help that was given: what kind, how much, by which unit."""

    class What(models.TextChoices):
        MONEY = "money", _("救助资金")
        GOODS = "goods", _("物资")
        WORK = "work", _("就业帮扶")
        TRAINING = "training", _("技能培训")
        MEDICAL = "medical", _("就医帮扶")
        SCHOOL = "school", _("就学帮扶")
        HOUSING = "housing", _("住房安置")
        LEGAL = "legal", _("法律援助")
        SUPPORT = "support", _("心理疏导")

    record = models.ForeignKey(CareRecord, models.CASCADE, related_name="helps", verbose_name=_("记录"))
    what = models.CharField(_("帮扶内容"), max_length=10, choices=What.choices)
    amount_yuan = models.DecimalField(_("金额"), max_digits=10, decimal_places=2, null=True, blank=True)
    given_on = models.DateField(_("帮扶日期"))
    given_by = models.CharField(_("提供单位"), max_length=80)
    note = SealedTextField(_("说明"), blank=True, default="")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = verbose_name_plural = _("帮扶情况")
        ordering = ("-given_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_yuan=None) | Q(amount_yuan__gt=0), name="governance_carehelp_amount"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_id} {self.what}"


class CareTransfer(models.Model):
    """A record offered to another unit; it moves when that unit accepts. The reason names no person."""

    class State(models.TextChoices):
        ASKED = "asked", _("待接收")
        ACCEPTED = "accepted", _("已接收")
        REFUSED = "refused", _("已退回")
        WITHDRAWN = "withdrawn", _("已撤回")

    record = models.ForeignKey(CareRecord, models.CASCADE, related_name="transfers", verbose_name=_("记录"))
    number = models.CharField(_("编号"), max_length=20)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("转出单位"))
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("转入单位"))
    reason = models.CharField(_("转接原因"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=clock.now)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办理人")
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    answer = models.CharField(_("办理意见"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("转接")
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("record",), condition=Q(state="asked"), name="governance_caretransfer_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="governance_caretransfer_moves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class CareUnlock(models.Model):
    """One record opened for one person for a while: asked for by one, approved by another, never two at once."""

    record = models.ForeignKey(CareRecord, models.CASCADE, related_name="unlocks", verbose_name=_("记录"))
    reason = models.CharField(_("解锁事由"), max_length=120)
    requested_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    requested_at = models.DateTimeField(_("申请时间"), default=clock.now)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    until_at = models.DateTimeField(_("有效至"), null=True, blank=True)
    refused_at = models.DateTimeField(_("不予批准时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("解锁")
        ordering = ("-requested_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                name="governance_careunlock_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None, until_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False, until_at__gte=F("approved_at")),
                name="governance_careunlock_limited",
            ),
            ExclusionConstraint(
                name="governance_careunlock_one_at_a_time",
                expressions=(
                    ("requested_by", RangeOperators.EQUAL),
                    (
                        Func("approved_at", "until_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(approved_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("record", "requested_by"), condition=Q(approved_at=None, refused_at=None),
                name="governance_careunlock_asked_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.record_id} {self.requested_by_id}"


class CareAppeal(models.Model):
    """What the person asks of us: an objection, a correction, a deletion, a copy. The decision is kept.

    When the record is deleted, `record` and the text go; what was asked, when, and how it was decided stay.
    """

    class What(models.TextChoices):
        OBJECTION = "objection", _("异议")
        CORRECTION = "correction", _("更正补充")
        DELETION = "deletion", _("删除")
        COPY = "copy", _("查阅复制")

    class State(models.TextChoices):
        ASKED = "asked", _("办理中")
        GRANTED = "granted", _("予以采纳")
        PARTLY = "partly", _("部分采纳")
        REFUSED = "refused", _("不予采纳")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    record = models.ForeignKey(
        CareRecord, models.SET_NULL, null=True, related_name="appeals", verbose_name=_("记录")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("受理单位"))
    what = models.CharField(_("申请事项"), max_length=12, choices=What.choices)
    text = SealedTextField(_("申请内容"))
    proof = models.CharField(_("核验证件"), max_length=40)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("申请时间"), default=clock.now)
    due_on = models.DateField(_("答复期限"))
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("受理人"))
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    grounds = SealedTextField(_("决定理由"), blank=True, default="")
    case_number = models.CharField(_("工单编号"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("异议与更正")
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="asked", decided_at=None) | ~Q(state="asked") & Q(decided_at__isnull=False),
                name="governance_careappeal_decided",
            ),
        )

    def __str__(self) -> str:
        return self.number
