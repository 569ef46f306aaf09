"""Group disputes as events: where, about what, who answers for it, what was done. Texts that name persons are refused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.access import may
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ...models import Dispute, GroupDispute, GroupDisputeStep
from ..case_links import begin_case, take_step
from ..duties import LEAD
from ..event_texts import person_mark
from ..refused import Refused
from .numbering import next_number

OFFICER = "governance.officer"


@transaction.atomic
def open_group_dispute(
    by: Account, kind: str, place: str, matter: str, size: str, happened_at: datetime, organisation: Organisation, *,
    division_code: str = "", is_simulated: bool = False,
) -> GroupDispute:  # fmt: skip
    """Registers the event. Raises Refused for a text that bears a person's mark."""
    _check_duty(by)
    for field, text in (("place", place), ("matter", matter)):
        _check_text(field, text)
    if kind not in Dispute.Kind.values or size not in GroupDispute.Size.values:
        raise Refused("unknown", _("没有该类型或规模"), field="kind", value=kind)
    if happened_at > now():
        raise Refused("later", _("发生时间不能晚于现在"), field="happened_at", value=happened_at)
    key, number = next_number(GroupDispute, "QT")
    event = GroupDispute(
        pk=key, number=number, kind=kind, place=place, matter=matter, size=size, happened_at=happened_at,
        organisation=organisation, division_code=division_code, is_simulated=is_simulated, made_by=by,
    )  # fmt: skip
    event.case_number = begin_case(
        "group_event", number, _("群体性纠纷事件"), organisation, by, on=happened_at.date(), is_confidential=False,
        is_simulated=is_simulated,
    )  # fmt: skip
    event.save(force_insert=True)
    record_act(by, "group_dispute_opened", subject_kind="group_dispute", subject=number)
    return event


def note_measure(by: Account, event: GroupDispute, measure: str) -> GroupDisputeStep:
    """What a department did about the matter."""
    _check_duty(by)
    _check_text("measure", measure)
    _check_open(event)
    record_act(by, "group_dispute_measure", subject_kind="group_dispute", subject=event.number)
    return GroupDisputeStep.objects.create(event=event, at=now(), by=by, measure=measure)


@transaction.atomic
def settle(by: Account, event: GroupDispute, measure: str) -> None:
    """The matter is settled; by which measure."""
    note_measure(by, event, measure)
    take_step(event.case_number, by, {"outcome": measure})
    event.state, event.settled_on = GroupDispute.State.SETTLED, today()
    event.save(update_fields=["state", "settled_on"])


def _check_duty(by: Account) -> None:
    if not may(by, OFFICER, LEAD):
        raise Refused("outside_duty", _("您没有办理群体性纠纷事件的职责"))


def _check_open(event: GroupDispute) -> None:
    if event.state != GroupDispute.State.OPEN:
        raise Refused("closed", _("该事件已化解"), field="state", value=event.state)


def _check_text(field: str, text: str) -> None:
    if not text.strip():
        raise Refused("text_missing", _("须填写内容"), field=field)
    mark = person_mark(text)
    if mark:
        raise Refused(
            "person_named", _("只记地点和事项，不得登记参与人员、证件号或电话"), field=field, value=mark
        )
