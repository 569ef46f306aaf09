"""The ledger of the programme's money. Only ever added to; the database keeps it (see the migration of the guards)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now

from .money import BudgetLine, Commitment, Payment, Source


class LedgerAccount(models.Model):
    """An account. Those of a budget line say where its money stands and are in balance by themselves:
    granted = available + held + bound + payable + spent. Those of the cash book (no line) say what is in the treasury.

    `balance_fen` (debit less credit) is kept by the database from the lines; nobody else can write it. Credit accounts are
    never positive, the others never negative: so nothing is bound that was not granted, nothing approved that was not bound,
    nothing paid that was not approved or is not there, whoever asks first.
    """

    class Kind(models.TextChoices):
        GRANTED = "granted", _("预算批复")
        AVAILABLE = "available", _("可用指标")
        HELD = "held", _("预占")
        BOUND = "bound", _("合同占用")
        PAYABLE = "payable", _("待支付")
        SPENT = "spent", _("已支出")
        TREASURY = "treasury", _("国库存款")
        INCOME = "income", _("资金来源")
        EXPENSE = "expense", _("资金支出")

    CREDIT = (Kind.GRANTED, Kind.INCOME)

    kind = models.CharField(_("科目"), max_length=12, choices=Kind.choices)
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="accounts", verbose_name=_("预算指标"))
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="accounts", verbose_name=_("占用"))
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="accounts", verbose_name=_("支付申请"))
    source = models.CharField(_("资金来源"), max_length=10, choices=Source.choices, blank=True)
    balance_fen = models.BigIntegerField(_("余额（分，借方为正）"), default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("账户")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "line", "commitment", "payment", "source"), name="programme_account_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("granted", "available"), line__isnull=False, commitment__isnull=True, payment__isnull=True,
                            source="")
                | Q(kind__in=("held", "bound"), line__isnull=False, commitment__isnull=False, payment__isnull=True, source="")
                | Q(kind__in=("payable", "spent"), line__isnull=False, commitment__isnull=False, payment__isnull=False, source="")
                | (Q(kind__in=("treasury", "income", "expense"), line__isnull=True, commitment__isnull=True,
                     payment__isnull=True) & ~Q(source="")),
                name="programme_account_of",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("granted", "income"), balance_fen__lte=0)
                | (~Q(kind__in=("granted", "income")) & Q(balance_fen__gte=0)),
                name="programme_account_never_past_nothing",
            ),
        )  # fmt: skip


class Posting(models.Model):
    """A movement: lines that add up to nothing, for each budget line too. Never changed, never deleted."""

    key = models.CharField(_("凭证号"), max_length=80, unique=True)
    kind = models.CharField(_("类型"), max_length=16)
    note = models.CharField(_("摘要"), max_length=200, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("经手人")
    )
    at = models.DateTimeField(_("记账时间"), default=now)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by", verbose_name=_("冲销"))

    class Meta:
        verbose_name = verbose_name_plural = _("凭证")
        ordering = ("-pk",)


class PostingLine(models.Model):
    """Debit positive, credit negative."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="lines")
    amount_fen = models.BigIntegerField(_("金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("分录")
        constraints = (models.CheckConstraint(condition=~Q(amount_fen=0), name="programme_posting_line_is_money"),)
