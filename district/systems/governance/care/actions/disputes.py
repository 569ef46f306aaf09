"""People's mediation: registered, mediated within its term, agreed, confirmed by the court, followed up, ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ...models import Dispute, DisputeParty, DisputeStep
from ..case_links import begin_case, extend_case, take_step
from ..duties import CARER, DISPUTE, check_carer, check_lead, reach_of
from ..mediation_terms import KEEP_DAYS, confirmation_due, follow_up_due, mediation_due
from ..refused import Refused
from ..row_security import opened
from .numbering import next_number

What = DisputeStep.What
State = Dispute.State


@dataclass(frozen=True)
class Party:
    """A side: `applicant`, `respondent` or `third`, with a name that is kept sealed."""

    role: str
    name: str
    phone: str = ""


def open_dispute(
    by: Account, kind: str, matter: str, parties: Iterable[Party], organisation: Organisation, *,
    mediator: Account | None = None, accepted_on: date | None = None, is_simulated: bool = False,
) -> Dispute:  # fmt: skip
    """Registers a dispute before a mediation committee. A mediator may take one for themselves at their own unit."""
    sides = [party for party in parties if party.name.strip()]
    _check_parties(sides)
    if kind not in Dispute.Kind.values:
        raise Refused("unknown", _("没有该纠纷类型"), field="kind", value=kind)
    if not matter.strip():
        raise Refused("matter_missing", _("须填写纠纷事由"), field="matter")
    start = accepted_on or today()
    if start > today():
        raise Refused("starts_later", _("受理日期不能晚于今天"), field="accepted_on", value=start)
    if mediator is None or mediator.pk != by.pk or (DISPUTE, organisation.pk) not in reach_of(by, CARER):
        check_lead(by, DISPUTE, organisation)
        check_carer(mediator, DISPUTE, organisation)
    with opened(by):
        key, number = next_number(Dispute, "TJ")
        dispute = Dispute(
            pk=key, number=number, kind=kind, matter=matter, organisation=organisation, mediator=mediator,
            division_code=organisation.division_code[:9], accepted_on=start, due_on=mediation_due(start),
            is_simulated=is_simulated, made_by=by, made_at=now(),
        )  # fmt: skip
        dispute.case_number = begin_case(
            "mediation", number, _("人民调解"), organisation, by, on=start, is_simulated=is_simulated
        )
        dispute.save(force_insert=True)
        for side in sides:
            DisputeParty.objects.create(
                dispute=dispute, role=side.role, name=side.name.strip(), phone=side.phone
            )
        _step(dispute, What.ACCEPTED, by, "")
    return dispute


def note_session(by: Account, number: str, note: str) -> None:
    with opened(by):
        _step(_in_state(number, State.MEDIATING), What.SESSION, by, note)


def assign_mediator(by: Account, number: str, mediator: Account) -> None:
    """Names who mediates. The lead's business."""
    with opened(by):
        dispute = _dispute(number)
        check_lead(by, DISPUTE, dispute.organisation)
        check_carer(mediator, DISPUTE, dispute.organisation)
        dispute.mediator = mediator
        dispute.save(update_fields=["mediator"])
        record_act(by, "dispute_assigned", subject_kind="dispute", subject=number, purpose=mediator.username)


def extend_mediation(by: Account, number: str, until_on: date, note: str) -> None:
    """Longer than a month because the parties agreed to it."""
    with opened(by):
        dispute = _in_state(number, State.MEDIATING)
        if until_on <= dispute.due_on:
            raise Refused("not_longer", _("延长后的期限须晚于原期限"), field="until_on", value=until_on)
        extend_case(dispute.case_number, (until_on - dispute.due_on).days, _("当事人约定延长"))
        dispute.extended_until_on = until_on
        dispute.due_on = mediation_due(dispute.accepted_on, until_on)
        dispute.save(update_fields=["extended_until_on", "due_on"])
        _step(dispute, What.EXTENDED, by, note)


def agree(by: Account, number: str, agreement: str, effective_on: date) -> None:
    """The agreement, and from when it is in force: judicial confirmation may be asked for within 30 days."""
    if not agreement.strip():
        raise Refused("agreement_missing", _("须填写调解协议内容"), field="agreement")
    with opened(by):
        dispute = _in_state(number, State.MEDIATING)
        if not dispute.accepted_on <= effective_on <= today():
            raise Refused(
                "effective_day", _("生效日期须在受理日期与今天之间"), field="effective_on", value=effective_on
            )
        Dispute.objects.filter(pk=dispute.pk).update(
            agreement=agreement, effective_on=effective_on, confirmation_due_on=confirmation_due(effective_on),
            follow_up_due_on=follow_up_due(effective_on), state=State.AGREED,
        )  # fmt: skip
        take_step(dispute.case_number, by, {"agreed": True})
        _step(dispute, What.AGREED, by, "")


def confirm(by: Account, number: str, confirmed_on: date, note: str = "") -> None:
    """The court confirmed the agreement the parties brought before it in time."""
    with opened(by):
        dispute = _in_state(number, State.AGREED)
        if dispute.effective_on is None or not dispute.effective_on <= confirmed_on <= today():
            raise Refused(
                "confirmed_day",
                _("司法确认日期须在协议生效日与今天之间"),
                field="confirmed_on",
                value=confirmed_on,
            )
        dispute.confirmed_on, dispute.state = confirmed_on, State.CONFIRMED
        dispute.save(update_fields=["confirmed_on", "state"])
        _step(dispute, What.CONFIRMED, by, note)


def follow_up(by: Account, number: str, note: str, *, is_fulfilled: bool) -> None:
    """Whether the agreement is kept; if so the dispute ends."""
    with opened(by):
        dispute = _in_state(number, State.AGREED, State.CONFIRMED)
        _step(dispute, What.FOLLOW_UP, by, note)
        if is_fulfilled:
            _end(dispute, State.FULFILLED, by, _("协议已履行"))
        else:
            dispute.follow_up_due_on = follow_up_due(today())
            dispute.save(update_fields=["follow_up_due_on"])


def end_mediation(by: Account, number: str, state: str, reason: str) -> None:
    """Without an agreement: `failed`, the parties are told of their other ways; or `withdrawn`."""
    if state not in (State.FAILED, State.WITHDRAWN):
        raise Refused("unknown", _("没有该办结方式"), field="state", value=state)
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
    with opened(by):
        _end(_in_state(number, State.MEDIATING), state, by, reason)


def _end(dispute: Dispute, state: str, by: Account, reason: str) -> None:
    dispute.state, dispute.ended_on, dispute.ending = state, today(), reason[:120]
    dispute.delete_on = today() + timedelta(days=KEEP_DAYS)
    take_step(
        dispute.case_number, by, {"agreed": state == State.FULFILLED, "outcome": str(State(state).label)}
    )
    dispute.save(update_fields=["state", "ended_on", "ending", "delete_on"])
    _step(dispute, What.ENDED, by, reason)


def _step(dispute: Dispute, what: str, by: Account, note: str) -> None:
    DisputeStep.objects.create(dispute=dispute, what=what, at=now(), by=by, note=note)
    record_act(by, f"dispute_{what}", subject_kind="dispute", subject=dispute.number)


def _dispute(number: str) -> Dispute:
    dispute = Dispute.objects.filter(number=number).select_related("organisation").first()
    if dispute is None:
        raise Refused("not_found", _("没有该编号的纠纷，或不在您的职责内"), field="number", value=number)
    return dispute


def _in_state(number: str, *states: str) -> Dispute:
    dispute = _dispute(number)
    if dispute.state not in states:
        text = _("纠纷当前状态为“%(state)s”，不能这样办理") % {"state": dispute.get_state_display()}
        raise Refused("wrong_state", text, field="state", value=dispute.state)
    return dispute


def _check_parties(sides: list[Party]) -> None:
    if any(side.role not in DisputeParty.Role.values for side in sides):
        raise Refused("unknown", _("没有该当事人地位"), field="role")
    if not {"applicant", "respondent"} <= {side.role for side in sides}:
        raise Refused("parties_missing", _("须有申请人和被申请人"), field="parties")
