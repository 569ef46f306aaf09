"""Subsidies and interest support: computed where they are computed, held, bound, ended like contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Firm, Loan, Project, Subsidy
from ...numbers import next_number
from .. import ledger, powers
from ..amounts import yuan
from ..interest import Stretch, stretches, support_fen
from .commitments import Funding, bind, hold, release

Kind = Subsidy.Kind


@transaction.atomic
def ask_subsidy(
    *,
    kind: str,
    title: str,
    firm: Firm,
    basis: str,
    amount_fen: int,
    funding: Sequence[Funding],
    account: Any,
    project: Project | None = None,
    is_simulated: bool = False,
    **computed: Any,
) -> Subsidy:
    """To be decided by another, its money held from now on. Raises Refused."""
    powers.needs(account, powers.ASK)
    for row in funding:
        powers.covers(account, row.line.unit_id)
    if amount_fen <= 0:
        raise Refused("amount", _("金额必须大于零"), field="amount_fen", value=amount_fen)
    if (kind == Kind.INTEREST) != bool(computed):
        raise Refused("interest_uncomputed", _("贴息须按贷款余额核算"), field="kind", value=kind)
    if firm.is_barred_until and firm.is_barred_until >= today():
        raise Refused(
            "firm_barred", _("%(firm)s 在禁入期内，不能签订合同") % {"firm": firm.name}, field="firm"
        )
    subsidy = Subsidy.objects.create(
        number=next_number(Subsidy, "BT", today()),
        kind=kind,
        title=title,
        firm=firm,
        basis=basis,
        amount_fen=amount_fen,
        project=project,
        asked_by=account,
        is_simulated=is_simulated,
        **computed,
    )
    hold(funding, amount_fen, account, subsidy=subsidy)
    record_act(account, "subsidy_asked", subject_kind="programme.subsidy", subject=subsidy.number)
    ledger.check_now()
    return subsidy


def stretches_of(loan: Loan, begins_on: date, ends_on: date) -> list[Stretch]:
    """The loan's balances between two days with their interest."""
    return list(stretches(loan.movements.values_list("day", "amount_fen"), loan.rate, begins_on, ends_on))


@transaction.atomic
def ask_interest_support(
    *,
    loan: Loan,
    begins_on: date,
    ends_on: date,
    share: Decimal,
    cap_fen: int | None,
    basis: str,
    funding_of: Any,
    account: Any,
    is_simulated: bool = False,
) -> Subsidy:
    """The amount is what the balances give: nobody types it. `funding_of`: the BudgetLine it comes from. Days of a loan are
    supported once. Raises Refused."""
    loan = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    if not loan.begins_on <= begins_on < ends_on <= min(loan.ends_on, today()):
        raise Refused("interest_days", _("计息期应在贷款期内且已经过去"), field="begins_on", value=begins_on)
    if not 0 < share <= 100:
        raise Refused("interest_share", _("贴息比例应在 0 到 100 之间"), field="share", value=share)
    other = (
        loan.supports.exclude(state="refused").filter(begins_on__lt=ends_on, ends_on__gt=begins_on).first()
    )
    if other is not None:
        raise Refused("interest_twice", _("这段时间已由 %(number)s 贴息") % {"number": other.number})
    rows = stretches_of(loan, begins_on, ends_on)
    whole, amount = support_fen(rows, share), support_fen(rows, share, cap_fen)
    if not amount:
        raise Refused("no_interest", _("这段时间贷款没有余额，没有利息可贴"))
    return ask_subsidy(
        kind=Kind.INTEREST,
        title=_("%(loan)s 贷款贴息") % {"loan": loan.number},
        firm=loan.borrower,
        basis=basis,
        amount_fen=amount,
        funding=(Funding(funding_of, amount),),
        account=account,
        project=loan.project,
        is_simulated=is_simulated,
        loan=loan,
        begins_on=begins_on,
        ends_on=ends_on,
        share=share,
        cap_fen=cap_fen,
        computed_fen=whole,
    )


@transaction.atomic
def decide_subsidy(subsidy: Subsidy, is_approved: bool, account: Any) -> Subsidy:
    """Not by who asked. Interest is computed again: a loan that moved since is told of. Raises Refused."""
    powers.needs(account, ("programme.finance",))
    subsidy = Subsidy.objects.select_for_update(of=("self",)).get(pk=subsidy.pk)
    if subsidy.state != "asked":
        raise Refused("decided", _("这件事已经办理过"))
    powers.another(account, subsidy.asked_by_id)
    if is_approved and subsidy.kind == Kind.INTEREST:
        _still_right(subsidy)
    subsidy.state, subsidy.decided_by, subsidy.decided_at = (
        "approved" if is_approved else "refused",
        account,
        now(),
    )
    subsidy.save(update_fields=("state", "decided_by", "decided_at"))
    (bind if is_approved else release)(subsidy.commitments.all(), account)
    record_act(account, f"subsidy_{subsidy.state}", subject_kind="programme.subsidy", subject=subsidy.number)
    ledger.check_now()
    return subsidy


def _still_right(subsidy: Subsidy) -> None:
    loan, begins_on, ends_on, share = subsidy.loan, subsidy.begins_on, subsidy.ends_on, subsidy.share
    assert loan is not None
    assert begins_on is not None
    assert ends_on is not None
    assert share is not None
    fen = support_fen(stretches_of(loan, begins_on, ends_on), share, subsidy.cap_fen)
    if fen < subsidy.amount_fen:
        raise Refused(
            "interest_changed", _("贷款余额有变化，重新核算为 %(fen)s，请驳回后重新申请") % {"fen": yuan(fen)}
        )


@transaction.atomic
def end_subsidy(subsidy: Subsidy, account: Any) -> Subsidy:
    """Paid as far as it will be: the rest goes back. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    subsidy = Subsidy.objects.select_for_update(of=("self",)).get(pk=subsidy.pk)
    if subsidy.state != "approved":
        raise Refused("not_under_way", _("只有已批准的补贴可以办结"))
    if subsidy.commitments.filter(payments__state__in=("asked", "approved")).exists():
        raise Refused("payment_waits", _("还有未办完的支付申请，办完才能办结合同"))
    subsidy.state = "ended"
    subsidy.save(update_fields=("state",))
    release(subsidy.commitments.all(), account)
    record_act(account, "subsidy_ended", subject_kind="programme.subsidy", subject=subsidy.number)
    ledger.check_now()
    return subsidy
