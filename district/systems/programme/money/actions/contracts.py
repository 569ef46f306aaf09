"""Contracts: money is held when one asks, bound when another approves, let go when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Contract, Firm, Milestone, PaymentTerm, Project
from ...numbers import next_number
from .. import ledger, powers
from ..amounts import yuan
from .commitments import Funding, bind, hold, release

__all__ = ["Funding", "Term", "ask_contract", "decide_contract", "end_contract"]


@dataclass(frozen=True)
class Term:
    """What the contract says of a payment; see PaymentTerm."""

    title: str
    amount_fen: int
    condition: str = "none"
    milestone: Milestone | None = None


@transaction.atomic
def ask_contract(
    *,
    title: str,
    project: Project,
    firm: Firm,
    kind: str,
    amount_fen: int,
    signed_on: date,
    begins_on: date,
    ends_on: date,
    funding: Sequence[Funding],
    account: Any,
    terms: Sequence[Term] = (),
    number: str = "",
    is_simulated: bool = False,
) -> Contract:
    """A contract to be approved by another, its money held from now on. Raises Refused."""
    powers.needs(account, powers.ASK)
    powers.covers(account, project.owner_id)
    if amount_fen <= 0 or ends_on < begins_on:
        raise Refused("contract_days", _("合同金额必须大于零，截止日期不能早于开始日期"))
    if firm.is_barred_until and firm.is_barred_until >= today():
        raise Refused(
            "firm_barred", _("%(firm)s 在禁入期内，不能签订合同") % {"firm": firm.name}, field="firm"
        )
    if terms and sum(term.amount_fen for term in terms) != amount_fen:
        total = yuan(sum(term.amount_fen for term in terms))
        raise Refused(
            "terms_sum", _("付款条款合计 %(total)s，应等于合同金额") % {"total": total}, field="terms"
        )
    if number and Contract.objects.filter(number=number).exists():
        raise Refused("number_taken", _("合同编号已存在"), field="number", value=number)
    contract = Contract.objects.create(
        number=number or next_number(Contract, "HT", today()),
        title=title,
        project=project,
        firm=firm,
        kind=kind,
        amount_fen=amount_fen,
        signed_on=signed_on,
        begins_on=begins_on,
        ends_on=ends_on,
        asked_by=account,
        is_simulated=is_simulated,
    )
    PaymentTerm.objects.bulk_create(
        PaymentTerm(
            contract=contract,
            order=order,
            title=term.title,
            amount_fen=term.amount_fen,
            condition=term.condition,
            milestone=term.milestone,
        )
        for order, term in enumerate(terms, 1)
    )
    hold(funding, amount_fen, account, contract=contract)
    record_act(account, "contract_asked", subject_kind="programme.contract", subject=contract.number)
    ledger.check_now()
    return contract


@transaction.atomic
def decide_contract(contract: Contract, is_approved: bool, account: Any) -> Contract:
    """Approves or refuses; not by who asked. Raises Refused."""
    powers.needs(account, ("programme.finance",))
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.state != Contract.State.ASKED:
        raise Refused("decided", _("这件事已经办理过"))
    powers.another(account, contract.asked_by_id)
    if is_approved and not contract.commitments.exists():
        raise Refused("not_funded", _("合同没有落实预算指标，不能批准"))
    contract.decided_by = account
    contract.state, contract.approved_at = (
        (Contract.State.APPROVED, now()) if is_approved else (Contract.State.REFUSED, None)
    )
    contract.save(update_fields=("state", "decided_by", "approved_at"))
    (bind if is_approved else release)(contract.commitments.all(), account)
    record_act(
        account, f"contract_{contract.state}", subject_kind="programme.contract", subject=contract.number
    )
    ledger.check_now()
    return contract


@transaction.atomic
def end_contract(contract: Contract, account: Any, reason: str, is_terminated: bool = False) -> Contract:
    """Done, or broken off: what is still bound goes back. Raises Refused while an approved payment is not paid."""
    powers.needs(account, powers.DECIDE)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if contract.state != Contract.State.APPROVED:
        raise Refused("not_under_way", _("只有履行中的合同可以办结"))
    powers.another(account, contract.asked_by_id)
    waiting = contract.commitments.filter(payments__state__in=("asked", "approved")).exists()
    if waiting:
        raise Refused("payment_waits", _("还有未办完的支付申请，办完才能办结合同"))
    contract.state = Contract.State.TERMINATED if is_terminated else Contract.State.ENDED
    contract.save(update_fields=("state",))
    release(contract.commitments.all(), account)
    record_act(
        account,
        f"contract_{contract.state}",
        subject_kind="programme.contract",
        subject=contract.number,
        purpose=reason,
    )
    ledger.check_now()
    return contract
