"""The acts on a record, as one table: title, form, and the action that carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from district.kernel.clock import today
from district.kernel.people.models import Account, Organisation

from ...models import CareRecord, CareUnit, Dispute
from ..actions import appeals, disputes, records, transfers, unlocks, work
from ..duties import DISPUTE, carers_for
from ..looking import PROOFS
from . import forms as shapes

Given = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """`is_lead` acts are the lead's only; `blank` makes the empty form for a row and what was sent."""

    title: Any
    blank: Callable[[Any, Any], forms.Form]
    do: Callable[[Account, str, Given], object]
    is_lead: bool = False
    confirm: Any = ""
    icon: str = "edit"


def _plain(shape: Callable[..., forms.Form]) -> Callable[[Any, Any], forms.Form]:
    """A form that needs nothing of its row; its days begin with today."""
    days = {"visited_on", "given_on", "from_on", "on", "effective_on", "confirmed_on"}
    return lambda row, sent: shape(sent, initial={day: today() for day in days})


def _transfer_form(row: CareRecord, sent: Any) -> forms.Form:
    units = (
        CareUnit.objects.filter(kind=row.kind)
        .exclude(organisation=row.organisation_id)
        .values("organisation")
    )
    return shapes.TransferForm(Organisation.objects.filter(pk__in=units), sent)


def _carer_form(row: CareRecord, sent: Any) -> forms.Form:
    return shapes.CarerForm(carers_for(row.kind, row.organisation), sent, initial={"carer": row.carer_id})


def _mediator_form(row: Dispute, sent: Any) -> forms.Form:
    return shapes.CarerForm(carers_for(DISPUTE, row.organisation), sent, initial={"carer": row.mediator_id})


def _take(by: Account, number: str, given: Given) -> object:
    return appeals.take_appeal(by, number, given["what"], given["text"], str(PROOFS[given["proof"]]))


RECORD_ACTS: dict[str, Act] = {
    "visit": Act(_("登记走访"), _plain(shapes.VisitForm), lambda by, number, given: work.note_visit(by, number, **given),
                 icon="home-check"),
    "help": Act(_("登记帮扶"), _plain(shapes.HelpForm), lambda by, number, given: work.give_help(by, number, **given),
                icon="heart-handshake"),
    "plan": Act(_("制定计划"), _plain(shapes.PlanForm), lambda by, number, given: work.make_plan(by, number, **given),
                icon="list-check"),
    "correct": Act(
        _("更正补充"), _plain(shapes.CorrectForm),
        lambda by, number, given: records.correct_record(by, number, {given["field"]: given["value"]}, given["reason"]),
    ),
    "medical": Act(
        _("登记医疗机构意见"), _plain(shapes.MedicalForm),
        lambda by, number, given: records.record_medical(by, number, records.Medical(**given)),
        icon="stethoscope",
    ),
    "unlock": Act(
        _("申请解锁"), _plain(shapes.ReasonForm),
        lambda by, number, given: unlocks.request_unlock(by, number, given["reason"]), icon="lock-open",
    ),
    "appeal": Act(_("受理异议或更正"), _plain(shapes.AppealForm), _take, is_lead=True, icon="message-report"),
    "carer": Act(
        _("指定帮扶专员"), _carer_form, lambda by, number, given: records.assign_carer(by, number, given["carer"]),
        is_lead=True, icon="user-check",
    ),
    "transfer": Act(
        _("转接"), _transfer_form, lambda by, number, given: transfers.ask_transfer(by, number, **given),
        is_lead=True, icon="arrows-exchange",
    ),
    "renew": Act(
        _("复核续期"), _plain(shapes.RenewForm), lambda by, number, given: records.renew_record(by, number, **given),
        is_lead=True, icon="calendar-plus",
    ),
    "close": Act(
        _("办结"), _plain(shapes.ReasonForm), lambda by, number, given: records.close_record(by, number, given["reason"]),
        is_lead=True, confirm=_("办结后记录停止使用，并按期限删除。继续？"), icon="circle-check",
    ),
}  # fmt: skip

DISPUTE_ACTS: dict[str, Act] = {
    "session": Act(_("登记调解"), _plain(shapes.NoteForm),
                   lambda by, number, given: disputes.note_session(by, number, given["note"]), icon="messages"),
    "extend": Act(_("约定延长"), _plain(shapes.ExtendForm),
                  lambda by, number, given: disputes.extend_mediation(by, number, **given), icon="calendar-plus"),
    "agree": Act(_("达成协议"), _plain(shapes.AgreeForm),
                 lambda by, number, given: disputes.agree(by, number, **given), icon="writing-sign"),
    "confirm": Act(_("司法确认"), _plain(shapes.ConfirmForm),
                   lambda by, number, given: disputes.confirm(by, number, **given), icon="gavel"),
    "follow_up": Act(_("回访"), _plain(shapes.FollowUpForm),
                     lambda by, number, given: disputes.follow_up(by, number, **given), icon="phone-check"),
    "end": Act(_("办结"), _plain(shapes.EndForm),
               lambda by, number, given: disputes.end_mediation(by, number, **given), icon="circle-check",
               confirm=_("办结后不能再登记调解。继续？")),
    "mediator": Act(_("指定调解员"), _mediator_form,
                    lambda by, number, given: disputes.assign_mediator(by, number, given["carer"]), is_lead=True,
                    icon="user-check"),
}  # fmt: skip

DISPUTE_ACTS_IN = {
    "mediating": ("session", "extend", "agree", "end", "mediator"),
    "agreed": ("confirm", "follow_up", "mediator"),
    "confirmed": ("follow_up", "mediator"),
}
