"""Lines of the budget: asked for, granted, changed, and settled when the year closes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from ...models import BudgetChange, BudgetLine, Commitment, FundYear, Payment, Project
from .. import ledger, powers
from ..amounts import yuan
from ..ledger import Kind

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"


def open_year(year: int) -> FundYear:
    """The year, made at the first call."""
    return FundYear.objects.get_or_create(year=year)[0]


def _is_open(year: FundYear) -> None:
    """Raises Refused; holds the year open for the transaction."""
    if FundYear.objects.select_for_update(of=("self",)).get(pk=year.pk).is_closed:
        raise Refused("year_closed", _("%(year)s 年度已结转，不能再记账") % {"year": year.year})


@transaction.atomic
def ask_line(
    *,
    year: int,
    code: str,
    title: str,
    source: str,
    unit: Organisation,
    amount_fen: int,
    basis: str,
    account: Any,
    project: Project | None = None,
    is_simulated: bool = False,
) -> BudgetLine:
    """A line to be granted by another. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    held = open_year(year)
    _is_open(held)
    if amount_fen <= 0:
        raise Refused("amount", _("金额必须大于零"), field="amount_fen", value=amount_fen)
    if BudgetLine.objects.filter(code=code).exists():
        raise Refused("code_taken", _("指标编号已存在"), field="code", value=code)
    line = BudgetLine.objects.create(
        year=held,
        code=code,
        title=title,
        source=source,
        unit=unit,
        project=project,
        amount_fen=amount_fen,
        basis=basis,
        asked_by=account,
        is_simulated=is_simulated,
    )
    record_act(account, "budget_asked", subject_kind="programme.budget_line", subject=line.code)
    return line


@transaction.atomic
def decide_line(line: BudgetLine, is_approved: bool, account: Any) -> BudgetLine:
    """Grants or refuses; not by who asked. Raises Refused."""
    powers.needs(account, ("programme.finance",))
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("year").get(pk=line.pk)
    if line.state != ASKED:
        raise Refused("decided", _("这件事已经办理过"))
    powers.another(account, line.asked_by_id)
    _is_open(line.year)
    line.state, line.decided_by, line.decided_at = APPROVED if is_approved else REFUSED, account, now()
    line.save(update_fields=("state", "decided_by", "decided_at"))
    if is_approved:
        _grant(line, line.amount_fen, f"granted:{line.pk}", account, line.basis)
    record_act(account, f"budget_{line.state}", subject_kind="programme.budget_line", subject=line.code)
    return line


def _grant(line: BudgetLine, fen: int, key: str, account: Any, note: str, kind: str = "granted") -> None:
    ledger.post(
        key,
        kind,
        {ledger.of_line(Kind.AVAILABLE, line): fen, ledger.of_line(Kind.GRANTED, line): -fen},
        account,
        note,
    )


@transaction.atomic
def ask_change(line: BudgetLine, amount_fen: int, reason: str, account: Any) -> BudgetChange:
    """More (positive) or less for a line that is granted. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    if line.state != APPROVED or not amount_fen:
        raise Refused("not_granted", _("只有已批复的指标可以调整，金额不能为零"))
    change = BudgetChange.objects.create(line=line, amount_fen=amount_fen, reason=reason, asked_by=account)
    record_act(account, "budget_change_asked", subject_kind="programme.budget_line", subject=line.code)
    return change


@transaction.atomic
def decide_change(change: BudgetChange, is_approved: bool, account: Any) -> BudgetChange:
    """Not by who asked; never less than is spoken for. Raises Refused."""
    powers.needs(account, ("programme.finance",))
    change = (
        BudgetChange.objects.select_for_update(of=("self",)).select_related("line__year").get(pk=change.pk)
    )
    if change.state != ASKED:
        raise Refused("decided", _("这件事已经办理过"))
    powers.another(account, change.asked_by_id)
    _is_open(change.line.year)
    if (
        is_approved
        and (left := ledger.balance(ledger.of_line(Kind.AVAILABLE, change.line))) + change.amount_fen < 0
    ):
        raise Refused("over_budget", _("可用指标只有 %(left)s，不能再调减这么多") % {"left": yuan(left)})
    change.state, change.decided_by, change.decided_at = APPROVED if is_approved else REFUSED, account, now()
    change.save(update_fields=("state", "decided_by", "decided_at"))
    if is_approved:
        _grant(change.line, change.amount_fen, f"changed:{change.pk}", account, change.reason, "changed")
    record_act(
        account,
        f"budget_change_{change.state}",
        subject_kind="programme.budget_line",
        subject=change.line.code,
    )
    return change


@transaction.atomic
def ask_close(year: FundYear, account: Any) -> FundYear:
    """That a year be closed; another confirms. Raises Refused."""
    powers.needs(account, ("programme.finance",))
    year = FundYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if year.is_closed:
        raise Refused("year_closed", _("%(year)s 年度已结转，不能再记账") % {"year": year.year})
    _nothing_waits(year)
    year.close_asked_by = account
    year.save(update_fields=("close_asked_by",))
    record_act(account, "year_close_asked", subject_kind="programme.fund_year", subject=year.year)
    return year


def _nothing_waits(year: FundYear) -> None:
    waiting = Payment.objects.filter(commitment__line__year=year, state=APPROVED).count()
    undecided = (
        Commitment.objects.filter(line__year=year, state="held").count()
        + BudgetLine.objects.filter(year=year, state=ASKED).count()
        + BudgetChange.objects.filter(line__year=year, state=ASKED).count()
        + Payment.objects.filter(commitment__line__year=year, state=ASKED).count()
    )
    if waiting or undecided:
        raise Refused(
            "year_unsettled",
            _("还有 %(paid)s 笔待支付、%(asked)s 件待审批，办完才能结转")
            % {"paid": waiting, "asked": undecided},
        )


@transaction.atomic
def close_year(year: FundYear, account: Any) -> FundYear:
    """What is left of each line goes back; what contracts still bind is carried into the next year. Raises Refused."""
    powers.needs(account, powers.KEEP)
    year = FundYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if year.is_closed or year.close_asked_by_id is None:
        raise Refused("not_asked", _("还没有人申请结转，或已经结转"))
    powers.another(account, year.close_asked_by_id)
    _nothing_waits(year)
    for line in BudgetLine.objects.filter(year=year, state=APPROVED).order_by("pk"):
        _settle(line, year, account)
    year.is_closed, year.closed_by, year.closed_at = True, account, now()
    year.save(update_fields=("is_closed", "closed_by", "closed_at"))
    record_act(account, "year_closed", subject_kind="programme.fund_year", subject=year.year)
    ledger.check_now()
    return year


def _settle(line: BudgetLine, year: FundYear, account: Any) -> None:
    left = ledger.balance(ledger.of_line(Kind.AVAILABLE, line))
    still = [(each, _rest(each)) for each in line.commitments.filter(state="bound").order_by("pk")]
    still = [(each, fen) for each, fen in still if fen]
    carried = sum(fen for _each, fen in still)
    moves = {ledger.of_line(Kind.GRANTED, line): left + carried, ledger.of_line(Kind.AVAILABLE, line): -left}
    moves |= {ledger.of_commitment(Kind.BOUND, each): -fen for each, fen in still}
    if left + carried:
        ledger.post(
            f"closed:{line.pk}", "closed", moves, account, _("%(year)s 年度结转") % {"year": year.year}
        )
        line.lapsed_fen, line.carried_fen = left, carried
        line.save(update_fields=("lapsed_fen", "carried_fen"))
    if carried:
        _carry(line, still, year, account)


def _rest(commitment: Commitment) -> int:
    used = (
        commitment.payments.filter(state__in=("approved", "paid")).aggregate(fen=Sum("amount_fen"))["fen"]
        or 0
    )
    return commitment.amount_fen - commitment.carried_fen - used


def _carry(line: BudgetLine, still: list[tuple[Commitment, int]], year: FundYear, account: Any) -> None:
    carried = sum(fen for _each, fen in still)
    new = BudgetLine.objects.create(
        year=open_year(year.year + 1),
        code=f"{line.code.split('-J')[0]}-J{year.year + 1}",
        title=line.title,
        source=line.source,
        unit=line.unit,
        project=line.project,
        amount_fen=carried,
        basis=_("%(code)s 结转") % {"code": line.code},
        asked_by=year.close_asked_by,
        carried_from=line,
        is_simulated=line.is_simulated,
    )
    new.state, new.decided_by, new.decided_at = APPROVED, account, now()
    new.save(update_fields=("state", "decided_by", "decided_at"))
    _grant(new, carried, f"granted:{new.pk}", account, new.basis, "carried")
    for each, fen in still:
        each.carried_fen += fen
        each.save(update_fields=("carried_fen",))
        over = Commitment.objects.create(
            line=new, contract=each.contract, subsidy=each.subsidy, amount_fen=fen, state="bound"
        )
        ledger.post(
            f"carried:{over.pk}",
            "carried",
            {ledger.of_commitment(Kind.BOUND, over): fen, ledger.of_line(Kind.AVAILABLE, new): -fen},
            account,
            new.basis,
        )
