"""Loans of firms, what was drawn and repaid, and guarantees given for them: registered, no money of the district moves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from district.kernel.clock import today
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Firm, Guarantee, Loan, LoanMovement, Project
from .. import powers


@transaction.atomic
def register_loan(
    *,
    number: str,
    borrower: Firm,
    lender: str,
    principal_fen: int,
    rate: Decimal,
    begins_on: date,
    ends_on: date,
    account: Any,
    project: Project | None = None,
    is_simulated: bool = False,
) -> Loan:
    """Raises Refused."""
    powers.needs(account, powers.DECIDE)
    if principal_fen <= 0 or not 0 < rate <= 24 or ends_on <= begins_on:
        raise Refused("loan_terms", _("本金和利率必须大于零，年利率不超过 24%，到期日晚于起始日"))
    if Loan.objects.filter(number=number).exists():
        raise Refused("number_taken", _("合同编号已存在"), field="number", value=number)
    loan = Loan.objects.create(
        number=number,
        borrower=borrower,
        lender=lender,
        project=project,
        principal_fen=principal_fen,
        rate=rate,
        begins_on=begins_on,
        ends_on=ends_on,
        made_by=account,
        is_simulated=is_simulated,
    )
    record_act(account, "loan_registered", subject_kind="programme.loan", subject=loan.number)
    return loan


def move_loan(loan: Loan, day: date, amount_fen: int, document: str, account: Any) -> LoanMovement:
    """Drawn (positive) or repaid. Never owing less than nothing or more than the principal. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    if not amount_fen or not loan.begins_on <= day <= today():
        raise Refused("loan_day", _("金额不能为零，日期应在贷款起始日与今天之间"), field="day", value=day)
    if loan.movements.filter(document=document).exists():
        raise Refused("document_taken", _("这份文件或凭证已经登记过"), field="document", value=document)
    try:
        with transaction.atomic():
            moved = LoanMovement.objects.create(
                loan=loan, day=day, amount_fen=amount_fen, document=document, made_by=account
            )
            record_act(
                account, "loan_moved", subject_kind="programme.loan", subject=loan.number, purpose=document
            )
    except IntegrityError as error:
        raise Refused(
            "loan_balance", _("这样登记后，贷款余额会小于零或超过本金"), field="amount_fen", value=amount_fen
        ) from error
    return moved


@transaction.atomic
def register_guarantee(
    *,
    number: str,
    loan: Loan,
    guarantor: str,
    amount_fen: int,
    begins_on: date,
    ends_on: date,
    account: Any,
    is_simulated: bool = False,
) -> Guarantee:
    """Raises Refused."""
    powers.needs(account, powers.DECIDE)
    if not 0 < amount_fen <= loan.principal_fen or ends_on <= begins_on:
        raise Refused("guarantee_terms", _("担保金额应大于零且不超过贷款本金，到期日晚于起始日"))
    if Guarantee.objects.filter(number=number).exists():
        raise Refused("number_taken", _("合同编号已存在"), field="number", value=number)
    given = Guarantee.objects.create(
        number=number,
        loan=loan,
        guarantor=guarantor,
        amount_fen=amount_fen,
        begins_on=begins_on,
        ends_on=ends_on,
        made_by=account,
        is_simulated=is_simulated,
    )
    record_act(account, "guarantee_registered", subject_kind="programme.guarantee", subject=given.number)
    return given


@transaction.atomic
def release_guarantee(given: Guarantee, account: Any, is_called: bool = False) -> Guarantee:
    """Over, or called on. Raises Refused."""
    powers.needs(account, powers.DECIDE)
    given = Guarantee.objects.select_for_update(of=("self",)).get(pk=given.pk)
    if given.state != Guarantee.State.LIVE:
        raise Refused("decided", _("这件事已经办理过"))
    given.state = Guarantee.State.CALLED if is_called else Guarantee.State.RELEASED
    given.save(update_fields=("state",))
    record_act(account, f"guarantee_{given.state}", subject_kind="programme.guarantee", subject=given.number)
    return given
