"""What the person asks of us at the counter: objection, correction, deletion, a copy; and how it is decided.

个人信息保护法 第四十五条至第四十七条; answered within 30 days (GB/T 35273-2020, 8.7).
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account

from ...models import CareAppeal, CareRecord
from ..case_links import begin_case, take_step
from ..duties import check_lead
from ..refused import Refused
from ..row_security import opened
from .numbering import next_number
from .records import close_record, editable

ANSWER_DAYS = 30


def take_appeal(by: Account, number: str, what: str, text: str, proof: str) -> CareAppeal:
    """`proof` is the document by which identity was checked at the counter."""
    if what not in CareAppeal.What.values:
        raise Refused("unknown", _("没有该申请事项"), field="what", value=what)
    if not text.strip() or not proof.strip():
        raise Refused("text_missing", _("须填写申请内容和核验的证件"), field="text")
    with opened(by):
        record, _content = editable(number)
        check_lead(by, record.kind, record.organisation)
        key, own_number = next_number(CareAppeal, "YY")
        appeal = CareAppeal(
            pk=key, number=own_number, record=record, kind=record.kind, organisation=record.organisation, what=what,
            text=text, proof=proof, asked_at=now(), due_on=today() + timedelta(days=ANSWER_DAYS), taken_by=by,
        )  # fmt: skip
        appeal.case_number = begin_case(
            "care_appeal",
            own_number,
            _("异议与更正"),
            record.organisation,
            by,
            is_simulated=record.is_simulated,
        )
        appeal.save(force_insert=True)
        record_act(by, "care_appeal_taken", subject_kind="care_record", subject=number, purpose=own_number)
    return appeal


def decide_appeal(by: Account, appeal_number: str, state: str, grounds: str) -> None:
    """The decision with its grounds. A granted deletion closes the record for deletion at the next clearing."""
    if state not in ("granted", "partly", "refused"):
        raise Refused("unknown", _("没有该决定"), field="state", value=state)
    if not grounds.strip():
        raise Refused("reason_missing", _("须写明决定理由"), field="grounds")
    with opened(by):
        appeal = (
            CareAppeal.objects.filter(number=appeal_number).select_related("organisation", "record").first()
        )
        if appeal is None:
            text = _("没有该编号的记录，或不在您的职责内")
            raise Refused("not_found", text, field="number", value=appeal_number)
        check_lead(by, appeal.kind, appeal.organisation)
        if appeal.state != CareAppeal.State.ASKED:
            raise Refused("decided", _("该申请已办理"), field="number", value=appeal_number)
        appeal.state, appeal.grounds, appeal.decided_by, appeal.decided_at = state, grounds, by, now()
        appeal.save(update_fields=["state", "grounds", "decided_by", "decided_at"])
        subject = appeal.record.number if appeal.record else ""
        record_act(
            by, f"care_appeal_{state}", subject_kind="care_record", subject=subject, purpose=appeal_number
        )
        take_step(appeal.case_number, by, {"outcome": str(appeal.get_state_display())})
        record = appeal.record
        is_deleted = appeal.what == CareAppeal.What.DELETION and state == CareAppeal.State.GRANTED
        if is_deleted and record is not None and record.state == CareRecord.State.OPEN:
            close_record(by, record.number, _("依本人申请删除"), is_erased_at_once=True)
