"""Money that came into the treasury: entered by one, confirmed by another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.refused import Refused

from ...models import Receipt
from ...numbers import next_number
from .. import ledger, powers
from ..ledger import Kind


@transaction.atomic
def register_receipt(
    *,
    source: str,
    giver: str,
    document: str,
    amount_fen: int,
    received_on: date,
    account: Any,
    is_simulated: bool = False,
) -> Receipt:
    """Raises Refused."""
    powers.needs(account, powers.KEEP)
    if amount_fen <= 0 or received_on > today():
        raise Refused(
            "amount", _("金额必须大于零，到账日期不能在今天之后"), field="amount_fen", value=amount_fen
        )
    if Receipt.objects.filter(source=source, document=document).exclude(state="refused").exists():
        raise Refused("document_taken", _("这份文件或凭证已经登记过"), field="document", value=document)
    receipt = Receipt.objects.create(
        number=next_number(Receipt, "DZ", today()),
        source=source,
        giver=giver,
        document=document,
        amount_fen=amount_fen,
        received_on=received_on,
        asked_by=account,
        is_simulated=is_simulated,
    )
    record_act(account, "receipt_entered", subject_kind="programme.receipt", subject=receipt.number)
    return receipt


@transaction.atomic
def confirm_receipt(receipt: Receipt, is_there: bool, account: Any) -> Receipt:
    """Not by who entered it. Raises Refused."""
    powers.needs(account, powers.KEEP)
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if receipt.state != "asked":
        raise Refused("decided", _("这件事已经办理过"))
    powers.another(account, receipt.asked_by_id)
    receipt.state, receipt.decided_by, receipt.decided_at = (
        "approved" if is_there else "refused",
        account,
        now(),
    )
    receipt.save(update_fields=("state", "decided_by", "decided_at"))
    if is_there:
        treasury, income = (
            ledger.of_cash(Kind.TREASURY, receipt.source),
            ledger.of_cash(Kind.INCOME, receipt.source),
        )
        fen = receipt.amount_fen
        ledger.post(
            f"received:{receipt.pk}",
            "received",
            {treasury: fen, income: -fen},
            account,
            f"{receipt.number} {receipt.document}",
        )
    record_act(account, f"receipt_{receipt.state}", subject_kind="programme.receipt", subject=receipt.number)
    ledger.check_now()
    return receipt
