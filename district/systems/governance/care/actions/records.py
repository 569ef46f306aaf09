"""Opening a record on its legal basis, keeping it right, renewing, and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now, today
from district.kernel.people.audit import record_act
from district.kernel.people.models import Account, Organisation

from ...models import CareContent, CareRecord, CareTransfer, CareUnlock
from .. import identity_number
from ..bases import Basis, bases, is_two_person, term_problem
from ..duties import check_carer, check_lead
from ..lookup import lookup_digest
from ..refused import Refused
from ..row_security import opened
from ..visit_rhythm import next_visit_on
from .numbering import next_number

TERM_TEXTS = {
    "ends_before_start": gettext_lazy("到期日期须晚于起始日期"),
    "birth_missing": gettext_lazy("公民身份号码中没有出生日期"),
    "longer_than_law": gettext_lazy("到期日期超过法律依据允许的最长期限"),
}
CORRECTABLE = (
    "name",
    "phone",
    "address",
    "guardian",
    "guardian_phone",
    "document_number",
    "situation",
    "work_notes",
)


@dataclass(frozen=True)
class Person:
    """Who it is about, as the document of the statute names them."""

    name: str
    identity_number: str
    phone: str = ""
    address: str = ""
    guardian: str = ""
    guardian_phone: str = ""


@dataclass(frozen=True)
class Medical:
    """A fact the named doctor's office recorded on a day: its class from 0 to 5 and the condition."""

    grade: int
    condition: str
    office: str
    on: date


@dataclass(frozen=True)
class Term:
    """The document the record rests on, and from when until when."""

    document_number: str
    starts_on: date
    expires_on: date


def open_record(
    by: Account, basis_key: str, person: Person, term: Term, organisation: Organisation, *,
    carer: Account | None = None, situation: str = "", medical: Medical | None = None, is_simulated: bool = False,
) -> CareRecord:  # fmt: skip
    """A record with its basis, purpose and end. Raises Refused with the field at fault."""
    basis = basis_of(basis_key)
    _check_person(person)
    _check_term(basis, term.starts_on, term, person.identity_number)
    check_lead(by, basis.kind, organisation)
    check_carer(carer, basis.kind, organisation)
    if medical is not None:
        _check_medical(basis, medical)
    condition = medical.condition if medical else ""
    with opened(by):
        key, number = next_number(CareRecord, "BF")
        record = CareRecord(
            pk=key, number=number, kind=basis.kind, basis=basis.key, purpose=basis.purpose,
            starts_on=term.starts_on, term_from_on=term.starts_on, expires_on=term.expires_on,
            organisation=organisation, carer=carer, division_code=organisation.division_code[:9],
            next_visit_on=next_visit_on(basis, max(today(), term.starts_on), term.expires_on, condition),
            identity_digest=lookup_digest(person.identity_number), is_simulated=is_simulated, made_by=by, made_at=now(),
        )  # fmt: skip
        _store(record)
        CareContent(
            record=record, name=person.name.strip(), identity_number=identity_number.normal(person.identity_number),
            phone=person.phone, address=person.address, guardian=person.guardian,
            guardian_phone=person.guardian_phone, document_number=term.document_number.strip(), situation=situation,
            **_medical_fields(medical),
        ).save(force_insert=True)  # fmt: skip
        _lock(record, is_two_person(basis, medical.grade if medical else None))
        record_act(by, "care_opened", subject_kind="care_record", subject=number, purpose=basis.citation)
    return record


def record_medical(by: Account, number: str, medical: Medical) -> None:
    """Notes what a doctor's office recorded; the gravest classes lock the record, others unlock it."""
    with opened(by):
        record, content = editable(number)
        basis = basis_of(record.basis)
        _check_medical(basis, medical)
        for name, value in _medical_fields(medical).items():
            setattr(content, name, value)
        content.save()
        # Before it is locked, for it may be out of our own sight afterwards.
        last = record.visits.order_by("-visited_on").values_list("visited_on", flat=True).first()
        record.next_visit_on = next_visit_on(basis, last or today(), record.expires_on, medical.condition)
        record.save(update_fields=["next_visit_on"])
        record_act(by, "care_medical", subject_kind="care_record", subject=number, purpose=medical.office)
        _lock(record, is_two_person(basis, medical.grade))


def correct_record(by: Account, number: str, changes: dict[str, str], reason: str) -> None:
    """Puts wrong or missing facts right. Who, when, why and which fields is in the audit trail, not the old values."""
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown:
        raise Refused("not_correctable", _("该字段不能更正"), field=unknown[0])
    _check_reason(reason)
    with opened(by):
        _record, content = editable(number)
        for name, value in changes.items():
            setattr(content, name, value)
        content.save(update_fields=list(changes))
        record_act(
            by, "care_corrected", subject_kind="care_record", subject=number, purpose=reason, fields=changes
        )


def assign_carer(by: Account, number: str, carer: Account | None) -> None:
    """Names who visits. The lead's business."""
    with opened(by):
        record = led(by, number)
        check_carer(carer, record.kind, record.organisation)
        record.carer = carer
        record.save(update_fields=["carer"])
        record_act(by, "care_assigned", subject_kind="care_record", subject=number,
                   purpose=carer.username if carer else "")  # fmt: skip


def renew_record(by: Account, number: str, document_number: str, expires_on: date) -> None:
    """A new term for a basis that is reviewed, by a new document. Others end when the law says and cannot be renewed."""
    with opened(by):
        record = led(by, number)
        basis = basis_of(record.basis)
        if not basis.is_renewable:
            raise Refused(
                "not_renewable", _("该法律依据的期限届满即止，不能续期"), field="basis", value=basis.key
            )
        _record, content = editable(number)
        term = Term(document_number, today(), expires_on)
        _check_term(basis, today(), term, content.identity_number)
        record.term_from_on, record.expires_on = today(), expires_on
        record.save(update_fields=["term_from_on", "expires_on"])
        content.__dict__["document_number"] = document_number
        content.save(update_fields=["document_number"])
        record_act(by, "care_renewed", subject_kind="care_record", subject=number, purpose=basis.citation)


def close_record(by: Account, number: str, reason: str, *, is_erased_at_once: bool = False) -> None:
    """Ends a record before its term. It is deleted when its days of keeping are over, or at the next clearing."""
    _check_reason(reason)
    with opened(by):
        record = led(by, number)
        keep = 0 if is_erased_at_once else basis_of(record.basis).keep_days
        end(record, today(), today() + timedelta(days=keep), reason)
        record_act(by, "care_closed", subject_kind="care_record", subject=number, purpose=reason)


def end(record: CareRecord, on: date, delete_on: date, reason: str) -> None:
    """The state of a record that ended; nothing about it stays open. Inside `opened` only."""
    CareUnlock.objects.filter(record=record, until_at__gt=now()).update(until_at=now())
    CareTransfer.objects.filter(record=record, state="asked").update(state="withdrawn", decided_at=now())
    record.state, record.closed_on, record.closing = CareRecord.State.CLOSED, on, reason[:120]
    record.delete_on, record.next_visit_on = max(on, delete_on), None
    record.save(update_fields=["state", "closed_on", "closing", "delete_on", "next_visit_on"])


def editable(number: str) -> tuple[CareRecord, CareContent]:
    """An open record with its content, if both are in sight. Inside `opened` only."""
    record = in_sight(number)
    content = CareContent.objects.filter(record=record).first()
    if content is None:
        raise Refused("locked", _("该记录须双人解锁后才能办理"), field="number", value=number)
    return record, content


def in_sight(number: str) -> CareRecord:
    """The open record of that number among those the duty reaches; Refused says no more than that there is none."""
    record = CareRecord.objects.filter(number=number).select_related("organisation", "carer").first()
    if record is None:
        raise Refused("not_found", _("没有该编号的记录，或不在您的职责内"), field="number", value=number)
    if record.state != CareRecord.State.OPEN or record.expires_on <= today():
        raise Refused("closed", _("该记录已到期或已办结"), field="number", value=number)
    return record


def led(by: Account, number: str) -> CareRecord:
    """An open record whose unit `by` leads. Inside `opened` only."""
    record = in_sight(number)
    check_lead(by, record.kind, record.organisation)
    return record


def basis_of(key: str) -> Basis:
    """Raises Refused for a basis outside of the closed table."""
    found = bases().get(key)
    if found is None:
        raise Refused("no_basis", _("没有法律依据的记录不能建立"), field="basis", value=key)
    return found


def _store(record: CareRecord) -> None:
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        if "governance_care_once" not in str(error):
            raise
        text = _("该人员已有同一依据的在册记录；如由其他单位负责，请办理转接")
        raise Refused("held_already", text, field="identity_number") from error


def _lock(record: CareRecord, is_locked: bool) -> None:
    if record.is_locked != is_locked:
        record.is_locked = is_locked
        record.save(update_fields=["is_locked"])


def _medical_fields(medical: Medical | None) -> dict[str, Any]:
    if medical is None:
        return {}
    return {
        "medical_class": str(medical.grade), "medical_condition": medical.condition,
        "medical_office": medical.office, "medical_on": medical.on,
    }  # fmt: skip


def _check_person(person: Person) -> None:
    if not person.name.strip():
        raise Refused("name_missing", _("须填写姓名"), field="name")
    if identity_number.problem(identity_number.normal(person.identity_number)):
        raise Refused("identity_wrong", _("公民身份号码不正确（GB 11643）"), field="identity_number")


def _check_term(basis: Basis, start: date, term: Term, identity: str) -> None:
    if not term.document_number.strip():
        raise Refused("document_missing", _("须填写依据文书号"), field="document_number")
    if start > today():
        raise Refused("starts_later", _("起始日期不能晚于今天"), field="starts_on", value=start)
    born = identity_number.born_on(identity_number.normal(identity))
    problem = term_problem(basis, start, term.expires_on, born)
    if problem is None and term.expires_on <= today():
        problem = "ends_before_start"
    if problem:
        raise Refused(problem, str(TERM_TEXTS[problem]), field="expires_on", value=term.expires_on)


def _check_medical(basis: Basis, medical: Medical) -> None:
    if basis.kind != "mental":
        raise Refused("not_medical", _("此类记录不登记医疗等级"), field="medical_class")
    if not medical.office.strip():
        raise Refused("office_missing", _("须写明登记的医疗机构"), field="medical_office")
    if not 0 <= medical.grade <= 5:
        raise Refused("class_unknown", _("等级为 0 至 5"), field="medical_class", value=medical.grade)
    if medical.condition not in CareContent.Condition.values:
        raise Refused(
            "condition_unknown", _("没有该病情分类"), field="medical_condition", value=medical.condition
        )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("须填写事由"), field="reason")
