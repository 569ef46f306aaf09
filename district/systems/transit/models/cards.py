"""Fare cards: what is paid onto them, given back, and the ledger of all of it. Money is whole fen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.sealed_field import SealedTextField


class Card(models.Model):
    """A fare card. The number is sealed; it is found by `mark`, a keyed digest, and shown by its `tail`."""

    class State(models.TextChoices):
        ACTIVE = "active", _("正常")
        LOST = "lost", _("挂失")
        CLOSED = "closed", _("已注销")

    number = SealedTextField(_("卡号"))
    mark = models.CharField(max_length=64, unique=True)
    tail = models.CharField(_("卡号末四位"), max_length=4)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ACTIVE)
    is_simulated = models.BooleanField(_("模拟"), default=False)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("公交卡")

    def __str__(self) -> str:
        return f"****{self.tail}"


class TopUp(models.Model):
    """An order to pay onto a card. `key`: unguessable, by which the payer sees it. Paid once at most; what comes too late
    or twice is given back."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待支付")
        PAID = "paid", _("已到账")
        EXPIRED = "expired", _("已超时")
        FAILED = "failed", _("支付失败")

    number = models.CharField(_("订单号"), max_length=24, unique=True)
    key = models.CharField(max_length=43, unique=True)
    card = models.ForeignKey(Card, models.PROTECT, related_name="top_ups", verbose_name=_("公交卡"))
    amount_fen = models.PositiveIntegerField(_("金额（分）"))
    provider = models.CharField(_("支付渠道"), max_length=20)
    pay_url = models.CharField(max_length=400, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(_("下单时间"), default=now)
    due_at = models.DateTimeField(_("支付期限"))
    paid_at = models.DateTimeField(_("到账时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("充值订单")
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(amount_fen__gt=0), name="top_up_is_money"),)
        indexes = (models.Index(fields=("state", "due_at"), name="top_up_due"),)

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money the provider says it took. `use`: onto the card, or to be given back because it came late, twice or wrong."""

    class Use(models.TextChoices):
        CARD = "card", _("充入卡内")
        RETURN = "return", _("原路退回")

    provider = models.CharField(_("支付渠道"), max_length=20)
    reference = models.CharField(_("渠道流水号"), max_length=64)
    top_up = models.ForeignKey(TopUp, models.PROTECT, related_name="payments", verbose_name=_("订单"))
    amount_fen = models.PositiveIntegerField(_("金额（分）"))
    use = models.CharField(_("处理"), max_length=8, choices=Use.choices)
    paid_at = models.DateTimeField(_("支付时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("支付流水")
        constraints = (
            models.UniqueConstraint(fields=("provider", "reference"), name="payment_once"),
            models.UniqueConstraint(fields=("top_up",), condition=Q(use="card"), name="top_up_paid_once"),
        )


class Refund(models.Model):
    """Money on its way back. One asks, another decides (automatic ones, `is_automatic`, give back what came too late)."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        REFUSED = "refused", _("已驳回")
        SENT = "sent", _("退款中")
        DONE = "done", _("已退款")
        FAILED = "failed", _("退款失败")

    number = models.CharField(_("退款单号"), max_length=24, unique=True)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds", verbose_name=_("支付流水"))
    amount_fen = models.PositiveIntegerField(_("金额（分）"))
    reason = models.CharField(_("原因"), max_length=200)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED)
    is_automatic = models.BooleanField(_("自动"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("申请人"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人")
    )
    made_at = models.DateTimeField(_("申请时间"), default=now)
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    ended_at = models.DateTimeField(_("完成时间"), null=True)
    reference = models.CharField(_("渠道流水号"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("退款")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_is_money"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="refund_needs_two",
            ),
        )


class PaymentNotice(models.Model):
    """What came to our door in the name of a provider, forged ones too; once for each `event`."""

    class Outcome(models.TextChoices):
        BOOKED = "booked", _("已入账")
        REPEATED = "repeated", _("重复")
        FORGED = "forged", _("签名不符")
        STALE = "stale", _("时间戳过期")
        UNKNOWN = "unknown", _("订单不存在")
        UNREADABLE = "unreadable", _("内容不可读")

    provider = models.CharField(_("支付渠道"), max_length=20)
    event = models.CharField(_("通知编号"), max_length=64, blank=True)
    about = models.CharField(_("订单或退款单号"), max_length=24, blank=True)
    body = models.TextField(_("内容"))
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome.choices)
    times = models.PositiveIntegerField(_("收到次数"), default=1)
    received_at = models.DateTimeField(_("收到时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("支付通知")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("provider", "event"), condition=~Q(event="") & ~Q(outcome__in=("forged", "stale")), name="notice_once"
            ),
        )


class LedgerAccount(models.Model):
    """An account. `balance_fen` (debit less credit) is kept by the database from the lines; nobody else can write it."""

    class Kind(models.TextChoices):
        CARD = "card", _("卡内余额")
        RECEIVABLE = "receivable", _("应收支付渠道")
        BANK = "bank", _("银行存款")
        RETURNING = "returning", _("待退回的支付")
        REFUNDING = "refunding", _("在途退款")
        FARES = "fares", _("票款收入")
        FEES = "fees", _("渠道手续费")

    kind = models.CharField(_("科目"), max_length=12, choices=Kind.choices)
    card = models.OneToOneField(Card, models.PROTECT, null=True, related_name="account", verbose_name=_("公交卡"))
    provider = models.CharField(_("支付渠道"), max_length=20, blank=True)
    balance_fen = models.BigIntegerField(_("余额（分，借方为正）"), default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("账户")
        constraints = (
            models.UniqueConstraint(fields=("kind", "provider"), condition=Q(card__isnull=True), name="ledger_account_once"),
            models.CheckConstraint(condition=Q(kind="card", card__isnull=False) | (~Q(kind="card") & Q(card__isnull=True)),
                                   name="ledger_account_of_card"),
            models.CheckConstraint(condition=~Q(kind="card") | Q(balance_fen__lte=0), name="card_is_never_overdrawn"),
        )  # fmt: skip


class Posting(models.Model):
    """A movement of money: lines that add up to nothing, which the database checks at commit. Never changed, never deleted."""

    key = models.CharField(_("凭证号"), max_length=80, unique=True)
    kind = models.CharField(_("类型"), max_length=16)
    note = models.CharField(_("摘要"), max_length=200, blank=True)
    at = models.DateTimeField(_("记账时间"), default=now)

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
        constraints = (models.CheckConstraint(condition=~Q(amount_fen=0), name="posting_line_is_money"),)


class Statement(models.Model):
    """A provider's statement of a day beside our books. `differences`: [{"code", "reference", "ours_fen", "theirs_fen"}]."""

    provider = models.CharField(_("支付渠道"), max_length=20)
    day = models.DateField(_("账单日期"))
    rows = models.PositiveIntegerField(_("笔数"), default=0)
    net_fen = models.BigIntegerField(_("应结算（分）"), default=0)
    fee_fen = models.BigIntegerField(_("手续费（分）"), default=0)
    differences = models.JSONField(_("差异"), default=list)
    is_settled = models.BooleanField(_("已入账"), default=False)
    made_at = models.DateTimeField(_("对账时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("渠道对账")
        ordering = ("-day",)
        constraints = (models.UniqueConstraint(fields=("provider", "day"), name="statement_once"),)


class TestPayment(models.Model):
    """The built-in test provider's own books (its side, not ours): a payment or refund there. No real money anywhere."""

    __test__ = False

    reference = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=24)
    kind = models.CharField(max_length=8)
    amount_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default="open")
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("测试支付")
        indexes = (models.Index(fields=("about", "kind"), name="test_payment_about"),)
