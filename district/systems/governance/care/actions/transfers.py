"""A record moves to another unit only when that unit accepts it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from district.kernel.clock import now
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ...models import CareRecord, CareTransfer, CareUnit, CareUnlock
from ..duties import check_carer, check_lead
from ..refused import Refused
from ..row_security import opened
from .records import led


def ask_transfer(by: Account, number: str, to: Organisation, reason: str) -> CareTransfer:
    """Offers a record to another unit that deals with its kind. The reason is seen there before it accepts."""
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
    with opened(by):
        record = led(by, number)
        if to.pk == record.organisation_id:
            raise Refused("same_organisation", _("记录已在该单位"), field="to_organisation", value=to.code)
        if not CareUnit.objects.filter(organisation=to, kind=record.kind).exists():
            raise Refused(
                "no_such_business", _("该单位不办理此类业务"), field="to_organisation", value=to.code
            )
        if record.transfers.filter(state="asked").exists():
            raise Refused("asked_already", _("该记录已有待接收的转接"), field="number", value=number)
        transfer = CareTransfer.objects.create(
            record=record, number=number, kind=record.kind, from_organisation=record.organisation, to_organisation=to,
            reason=reason, asked_by=by, asked_at=now(),
        )  # fmt: skip
        record_act(by, "care_transfer_asked", subject_kind="care_record", subject=number, purpose=reason)
    return transfer


def accept_transfer(by: Account, transfer_id: int, carer: Account | None = None, answer: str = "") -> None:
    """Takes the record over; from now on only the new unit sees it."""
    with opened(by):
        transfer = _waiting(transfer_id)
        check_lead(by, transfer.kind, transfer.to_organisation)
        check_carer(carer, transfer.kind, transfer.to_organisation)
        # The record first: it may be taken only as long as it is on offer.
        CareRecord.objects.filter(pk=transfer.record_id).update(
            organisation=transfer.to_organisation, carer=carer,
            division_code=transfer.to_organisation.division_code[:9],
        )  # fmt: skip
        CareUnlock.objects.filter(record_id=transfer.record_id, until_at__gt=now()).update(until_at=now())
        _decide(transfer, by, CareTransfer.State.ACCEPTED, answer)


def refuse_transfer(by: Account, transfer_id: int, answer: str) -> None:
    """Gives it back, with a reason."""
    if not answer.strip():
        raise Refused("reason_missing", _("须填写事由"), field="answer")
    with opened(by):
        transfer = _waiting(transfer_id)
        check_lead(by, transfer.kind, transfer.to_organisation)
        _decide(transfer, by, CareTransfer.State.REFUSED, answer)


def withdraw_transfer(by: Account, transfer_id: int) -> None:
    with opened(by):
        transfer = _waiting(transfer_id)
        check_lead(by, transfer.kind, transfer.from_organisation)
        _decide(transfer, by, CareTransfer.State.WITHDRAWN, "")


def _waiting(transfer_id: int) -> CareTransfer:
    transfer = (
        CareTransfer.objects.select_for_update(of=("self",))
        .select_related("from_organisation", "to_organisation")
        .filter(pk=transfer_id)
        .first()
    )
    if transfer is None:
        raise Refused(
            "not_found", _("没有该编号的记录，或不在您的职责内"), field="transfer", value=transfer_id
        )
    if transfer.state != CareTransfer.State.ASKED:
        raise Refused("decided", _("该转接已办理"), field="transfer", value=transfer_id)
    return transfer


def _decide(transfer: CareTransfer, by: Account, state: str, answer: str) -> None:
    transfer.state, transfer.decided_by, transfer.decided_at, transfer.answer = state, by, now(), answer[:120]
    transfer.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    record_act(
        by, f"care_transfer_{state}", subject_kind="care_record", subject=transfer.number, purpose=answer
    )
