"""The operating company: what level of service was agreed, what was measured, what is paid for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.cases.models import Case
from district.kernel.clock import now

from .contracts import Contract

BY = settings.AUTH_USER_MODEL


class ServiceMinute(models.Model):
    """What a look at the platform from its own door found in a minute (`operation.sampling`). A minute without a row was not
    looked at: the worker that looks was down itself."""

    at = models.DateTimeField(_("时间"), primary_key=True)
    is_up = models.BooleanField(_("可用"))
    health_ms = models.PositiveIntegerField(_("健康检查用时（毫秒）"), null=True)
    page_ms = models.PositiveIntegerField(_("页面用时（毫秒）"), null=True)
    devices = models.PositiveIntegerField(_("在用设备"), default=0)
    devices_online = models.PositiveIntegerField(_("在线设备"), default=0)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("服务采样")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%F %R} {self.is_up}"


class ServiceTerms(models.Model):
    """Levels of a contract, asked by one and agreed by another; new ones take the place of the old from a month on.

    `levels`: [{measure, target, steps: [[edge, percent], …]}] as `operation.statement` reads them; `most_percent` is the most
    that a month's fee may be cut by."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="service_terms", verbose_name=_("合同"))
    from_month = models.DateField(_("起始月份"))
    fee_fen = models.PositiveBigIntegerField(_("月服务费（分）"))
    most_percent = models.PositiveSmallIntegerField(_("扣减上限（%）"), default=30)
    levels = models.JSONField(_("服务级别"), default=list)
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    asked_at = models.DateTimeField(_("提出时间"), default=now)
    agreed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    agreed_at = models.DateTimeField(_("确认时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("服务级别约定")
        ordering = ("contract", "-from_month")
        constraints = (
            models.UniqueConstraint(fields=("contract", "from_month"), name="terms_month_once"),
            models.CheckConstraint(condition=Q(most_percent__lte=100), name="terms_most"),
            models.CheckConstraint(condition=Q(from_month__day=1), name="terms_from_first"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="terms_need_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.from_month}"


class Maintenance(models.Model):
    """Work announced beforehand and agreed by the other side: its minutes do not count against the company."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="maintenance", verbose_name=_("合同"))
    begins_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    words = models.CharField(_("维护内容"), max_length=200)
    asked_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    agreed_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    agreed_at = models.DateTimeField(_("批准时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("计划维护")
        ordering = ("-begins_at",)
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="maintenance_times"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | (~Q(agreed_by=F("asked_by")) & Q(agreed_at__lte=F("begins_at"))),
                name="maintenance_agreed_before_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.begins_at:%F %R}"


class Statement(models.Model):
    """A month's account: measured by the platform, deducted by the formula of the terms. Nobody types a figure.

    `lines`: [{measure, target, value, of, deduction_fen, evidence, waived}], `digest` over terms and lines when it is final."""

    class State(models.TextChoices):
        SENT = "sent", _("待运营公司确认")
        DISPUTED = "disputed", _("有异议")
        ACCEPTED = "accepted", _("待推进办核定")
        FINAL = "final", _("已核定")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="statements", verbose_name=_("合同"))
    terms = models.ForeignKey(ServiceTerms, models.PROTECT, related_name="+", verbose_name=_("服务级别约定"))
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.SENT)
    lines = models.JSONField(_("测量与扣减"), default=list)
    fee_fen = models.PositiveBigIntegerField(_("服务费（分）"))
    deduction_fen = models.PositiveBigIntegerField(_("扣减（分）"))
    pay_fen = models.PositiveBigIntegerField(_("应付（分）"))
    made_at = models.DateTimeField(_("生成时间"), default=now)
    answer_by = models.DateTimeField(_("确认期限"))
    accepted_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("运营公司确认人"))
    accepted_at = models.DateTimeField(_("确认时间"), null=True)
    approved_by = models.ForeignKey(BY, models.PROTECT, null=True, related_name="+", verbose_name=_("核定人"))
    approved_at = models.DateTimeField(_("核定时间"), null=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("月度结算单")
        ordering = ("-month", "contract")
        constraints = (
            models.UniqueConstraint(fields=("contract", "month"), name="statement_month_once"),
            models.CheckConstraint(condition=Q(fee_fen=F("deduction_fen") + F("pay_fen")), name="statement_adds_up"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(accepted_by__isnull=True) | ~Q(approved_by=F("accepted_by")),
                name="statement_needs_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="final") | (Q(approved_by__isnull=False) & ~Q(digest="")), name="statement_final"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"


class StatementDispute(models.Model):
    """The company contests a line: a case of `service_dispute`, whose outcome the statement takes over by itself."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="disputes", verbose_name=_("结算单"))
    measure = models.CharField(_("指标"), max_length=24)
    words = models.CharField(_("异议内容"), max_length=500)
    case = models.OneToOneField(Case, models.PROTECT, related_name="+", verbose_name=_("案件"))
    made_by = models.ForeignKey(BY, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    made_at = models.DateTimeField(_("提出时间"), default=now)
    is_upheld = models.BooleanField(_("异议成立"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("结算异议")
        constraints = (models.UniqueConstraint(fields=("statement", "measure"), name="dispute_line_once"),)

    def __str__(self) -> str:
        return f"{self.statement_id} {self.measure}"
