"""Money of the programme: what was granted, what is bound, what was asked for and paid, and the ledger of all of it.

Whole fen. What the documents (lines, commitments, payments, receipts) say and what the ledger holds is the same at every
commit: the database sees to it (migration of the guards), not the programs.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import now
from district.kernel.people.models import Organisation

from .acceptance import AcceptanceRun
from .contracts import Contract
from .projects import Firm, Project
from .tasks import Milestone


def _person(title: object, is_needed: bool = False) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=not is_needed, related_name="+", verbose_name=title)


class Source(models.TextChoices):
    SPECIAL = "special", _("区级专项资金")
    SUPERIOR = "superior", _("上级补助资金")
    SOCIAL = "social", _("社会资本")
    LOAN = "loan", _("融资贷款")
    OWN = "own", _("单位自筹资金")


class Decided(models.TextChoices):
    ASKED = "asked", _("待审批")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("已驳回")


class FundYear(models.Model):
    """A year of the budget. Closed by two; nothing is booked on its lines after that."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    is_closed = models.BooleanField(_("已结转"), default=False)
    close_asked_by = _person(_("结转申请人"))
    closed_by = _person(_("结转确认人"))
    closed_at = models.DateTimeField(_("结转时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("预算年度")
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("close_asked_by")), name="closing_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False) | Q(close_asked_by__isnull=False, closed_by__isnull=False, closed_at__isnull=False),
                name="closing_is_signed",
            ),
        )

    def __str__(self) -> str:
        return str(self.year)


class BudgetLine(models.Model):
    """Money of one source for one purpose in one year. `lapsed_fen` and `carried_fen` are written when the year closes:
    what went back, and what was bound by contracts and stands in the next year's line (whose `carried_from` is this)."""

    year = models.ForeignKey(FundYear, models.PROTECT, related_name="lines", verbose_name=_("年度"))
    code = models.CharField(_("指标编号"), max_length=24, unique=True)
    title = models.CharField(_("指标名称"), max_length=120)
    source = models.CharField(_("资金来源"), max_length=10, choices=Source.choices)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("使用单位"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="budget_lines", verbose_name=_("项目")
    )
    amount_fen = models.PositiveBigIntegerField(_("批复金额（分）"))
    basis = models.CharField(_("批复依据"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=Decided.choices, default=Decided.ASKED)
    asked_by = _person(_("申请人"), is_needed=True)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = _person(_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    lapsed_fen = models.PositiveBigIntegerField(_("收回（分）"), default=0)
    carried_fen = models.PositiveBigIntegerField(_("结转下年（分）"), default=0)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="carried_to", verbose_name=_("结转自")
    )
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("预算指标")
        ordering = ("-year__year", "code")
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="budget_line_is_money"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="budget_line_needs_two"
            ),
            models.CheckConstraint(condition=Q(state="asked") | Q(decided_by__isnull=False), name="budget_line_is_decided"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class BudgetChange(models.Model):
    """More or less for a line (追加、调减): asked for by one, decided by another."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="changes", verbose_name=_("预算指标"))
    amount_fen = models.BigIntegerField(_("调整金额（分）"))
    reason = models.CharField(_("调整依据"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=Decided.choices, default=Decided.ASKED)
    asked_by = _person(_("申请人"), is_needed=True)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = _person(_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("指标调整")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(amount_fen=0), name="budget_change_is_money"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="budget_change_needs_two"
            ),
            models.CheckConstraint(condition=Q(state="asked") | Q(decided_by__isnull=False), name="budget_change_is_decided"),
        )


class Receipt(models.Model):
    """Money that came into the treasury for a source. Entered by one, confirmed by another who saw it on the account."""

    number = models.CharField(_("到账编号"), max_length=24, unique=True)
    source = models.CharField(_("资金来源"), max_length=10, choices=Source.choices)
    giver = models.CharField(_("拨款或出资单位"), max_length=80)
    document = models.CharField(_("文件或凭证号"), max_length=80)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    received_on = models.DateField(_("到账日期"))
    state = models.CharField(_("状态"), max_length=10, choices=Decided.choices, default=Decided.ASKED)
    asked_by = _person(_("登记人"), is_needed=True)
    asked_at = models.DateTimeField(_("登记时间"), default=now)
    decided_by = _person(_("确认人"))
    decided_at = models.DateTimeField(_("确认时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("资金到账")
        ordering = ("-received_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("source", "document"), condition=~Q(state="refused"), name="receipt_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="receipt_is_money"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="receipt_needs_two"),
            models.CheckConstraint(condition=Q(state="asked") | Q(decided_by__isnull=False), name="receipt_is_decided"),
        )


class Loan(models.Model):
    """A loan a firm took for a project of the programme, as far as the district supports it. Rates are per cent a year."""

    number = models.CharField(_("贷款合同号"), max_length=40, unique=True)
    borrower = models.ForeignKey(Firm, models.PROTECT, related_name="loans", verbose_name=_("借款单位"))
    lender = models.CharField(_("贷款机构"), max_length=80)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="loans", verbose_name=_("项目"))
    principal_fen = models.PositiveBigIntegerField(_("合同本金（分）"))
    rate = models.DecimalField(_("年利率（%）"), max_digits=6, decimal_places=4)
    begins_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("到期日"))
    made_by = _person(_("登记人"), is_needed=True)
    made_at = models.DateTimeField(_("登记时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("贷款")
        ordering = ("-begins_on", "number")
        constraints = (
            models.CheckConstraint(condition=Q(principal_fen__gt=0, rate__gt=0, rate__lte=24), name="loan_is_money"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="loan_days"),
        )

    def __str__(self) -> str:
        return self.number


class LoanMovement(models.Model):
    """Drawn (positive) or repaid (negative), on a day."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="movements", verbose_name=_("贷款"))
    day = models.DateField(_("日期"))
    amount_fen = models.BigIntegerField(_("金额（分，提款为正）"))
    document = models.CharField(_("凭证号"), max_length=80)
    made_by = _person(_("登记人"), is_needed=True)
    made_at = models.DateTimeField(_("登记时间"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("提款与还款")
        ordering = ("day", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(amount_fen=0), name="loan_movement_is_money"),
            models.UniqueConstraint(fields=("loan", "document"), name="loan_movement_once"),
        )


class Guarantee(models.Model):
    """A guarantee given for a loan: no money moves, but some may have to."""

    class State(models.TextChoices):
        LIVE = "live", _("担保中")
        RELEASED = "released", _("已解除")
        CALLED = "called", _("已代偿")

    number = models.CharField(_("担保合同号"), max_length=40, unique=True)
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="guarantees", verbose_name=_("贷款"))
    guarantor = models.CharField(_("担保机构"), max_length=80)
    amount_fen = models.PositiveBigIntegerField(_("担保金额（分）"))
    begins_on = models.DateField(_("起始日"))
    ends_on = models.DateField(_("到期日"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.LIVE)
    made_by = _person(_("登记人"), is_needed=True)
    made_at = models.DateTimeField(_("登记时间"), default=now)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("融资担保")
        ordering = ("-begins_on", "number")
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="guarantee_is_money"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="guarantee_days"),
        )


class Subsidy(models.Model):
    """Money given to a firm. For 贷款贴息 `computed_fen` is what the loan's balances give for `begins_on`..`ends_on` (last day
    not counted) at `share` per cent of the interest; more than that, or than the cap, is not granted."""

    class Kind(models.TextChoices):
        OUTSOURCING = "outsourcing", _("服务外包补贴")
        REWARD = "reward", _("政策奖补")
        CAPITAL = "capital", _("资本注入")
        INTEREST = "interest", _("贷款贴息")

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("已驳回")
        ENDED = "ended", _("已结清")

    number = models.CharField(_("补贴编号"), max_length=24, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("事由"), max_length=120)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="subsidies", verbose_name=_("受益单位"))
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="subsidies", verbose_name=_("项目"))
    basis = models.CharField(_("政策依据"), max_length=200)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    loan = models.ForeignKey(Loan, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name=_("贷款"))
    begins_on = models.DateField(_("计息起"), null=True, blank=True)
    ends_on = models.DateField(_("计息止"), null=True, blank=True)
    share = models.DecimalField(_("贴息比例（%）"), max_digits=5, decimal_places=2, null=True, blank=True)
    cap_fen = models.PositiveBigIntegerField(_("贴息上限（分）"), null=True, blank=True)
    computed_fen = models.PositiveBigIntegerField(_("核算贴息（分）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = _person(_("经办人"), is_needed=True)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = _person(_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("补贴")
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="subsidy_is_money"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="subsidy_needs_two"),
            models.CheckConstraint(condition=Q(state="asked") | Q(decided_by__isnull=False), name="subsidy_is_decided"),
            models.CheckConstraint(
                condition=~Q(kind="interest") | Q(loan__isnull=False, begins_on__lt=F("ends_on"), share__gt=0, share__lte=100,
                                                  computed_fen__gte=F("amount_fen")),
                name="interest_support_is_computed",
            ),
            models.CheckConstraint(
                condition=Q(cap_fen__isnull=True) | Q(amount_fen__lte=F("cap_fen")), name="interest_support_is_capped"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PaymentTerm(models.Model):
    """What a contract says about a payment: how much at most, and what must have happened first."""

    class Condition(models.TextChoices):
        NONE = "none", _("无前置条件")
        SIGNED = "signed", _("项目进入实施")
        DELIVERED = "delivered", _("实施完成")
        ACCEPTED = "accepted", _("验收测试通过")
        EVALUATED = "evaluated", _("成效评价通过")
        MILESTONE = "milestone", _("里程碑完成")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="terms", verbose_name=_("合同"))
    order = models.PositiveSmallIntegerField(_("期次"))
    title = models.CharField(_("付款条款"), max_length=80)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    condition = models.CharField(_("付款条件"), max_length=12, choices=Condition.choices, default=Condition.NONE)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="payment_terms", verbose_name=_("里程碑")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("付款条款")
        ordering = ("contract", "order")
        constraints = (
            models.UniqueConstraint(fields=("contract", "order"), name="payment_term_order"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_term_is_money"),
            models.CheckConstraint(
                condition=Q(condition="milestone", milestone__isnull=False)
                | (~Q(condition="milestone") & Q(milestone__isnull=True)),
                name="payment_term_of_milestone",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class Commitment(models.Model):
    """Money of a line held for a contract or a subsidy: held before the approval, bound after it, the rest let go at the
    end. A contract's commitments add up to its amount. `carried_fen` went over to the next year's line."""

    class State(models.TextChoices):
        HELD = "held", _("预占")
        BOUND = "bound", _("占用")
        RELEASED = "released", _("已释放")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="commitments", verbose_name=_("预算指标"))
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="commitments", verbose_name=_("合同"))
    subsidy = models.ForeignKey(Subsidy, models.PROTECT, null=True, related_name="commitments", verbose_name=_("补贴"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    carried_fen = models.PositiveBigIntegerField(_("结转下年（分）"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.HELD)

    class Meta:
        verbose_name = verbose_name_plural = _("占用")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="commitment_is_money"),
            models.CheckConstraint(condition=Q(carried_fen__lte=F("amount_fen")), name="commitment_carried"),
            models.CheckConstraint(
                condition=Q(contract__isnull=True, subsidy__isnull=False) | Q(contract__isnull=False, subsidy__isnull=True),
                name="commitment_of_one",
            ),
            models.UniqueConstraint(fields=("line", "contract"), name="commitment_of_contract_once"),
            models.UniqueConstraint(fields=("line", "subsidy"), name="commitment_of_subsidy_once"),
        )


class Payment(models.Model):
    """Asked for by one, approved by another, paid by a third. `run` is the acceptance run that set it free, where the
    contract's term says so. What came back from the bank is `returned`: booked against, never rubbed out."""

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("待支付")
        REFUSED = "refused", _("已驳回")
        WITHDRAWN = "withdrawn", _("已撤销")
        PAID = "paid", _("已支付")
        RETURNED = "returned", _("已退回")

    number = models.CharField(_("申请编号"), max_length=24, unique=True)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="payments", verbose_name=_("占用"))
    term = models.ForeignKey(PaymentTerm, models.PROTECT, null=True, related_name="payments", verbose_name=_("付款条款"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    reason = models.CharField(_("支付事由"), max_length=200)
    run = models.ForeignKey(AcceptanceRun, models.PROTECT, null=True, related_name="payments", verbose_name=_("验收运行"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = _person(_("申请人"), is_needed=True)
    asked_at = models.DateTimeField(_("申请时间"), default=now)
    decided_by = _person(_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decision_note = models.CharField(_("审批意见"), max_length=200, blank=True)
    paid_by = _person(_("支付人"))
    paid_at = models.DateTimeField(_("支付时间"), null=True)
    voucher = models.CharField(_("国库支付凭证号"), max_length=40, null=True, unique=True)
    returned_by = _person(_("退回登记人"))
    returned_at = models.DateTimeField(_("退回时间"), null=True)
    return_reason = models.CharField(_("退回原因"), max_length=200, blank=True)
    is_simulated = models.BooleanField(_("模拟"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("支付申请")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="programme_payment_is_money"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="programme_payment_needs_two"
            ),
            models.CheckConstraint(
                condition=Q(paid_by__isnull=True) | (~Q(paid_by=F("asked_by")) & ~Q(paid_by=F("decided_by"))),
                name="programme_payment_needs_three",
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | ~Q(returned_by=F("paid_by")), name="programme_return_needs_another"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="programme_payment_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("paid", "returned"))
                | Q(paid_by__isnull=False, paid_at__isnull=False, voucher__isnull=False),
                name="programme_payment_is_paid",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_by__isnull=False, returned_at__isnull=False),
                name="programme_payment_is_returned",
            ),
        )
        indexes = (models.Index(fields=("state", "asked_at"), name="programme_payment_waits"),)

    def __str__(self) -> str:
        return self.number
