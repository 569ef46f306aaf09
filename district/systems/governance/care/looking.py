"""Looking at a record: why is said first, and the look is in the audit trail before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from district.kernel.clock import now
from district.kernel.people import masking
from district.kernel.people.audit import record_look
from district.kernel.people.models import Account, AuditEntry

from ..models import CareAppeal, CareContent, CareHelp, CarePlan, CareRecord, CareUnlock, CareVisit
from .bases import Basis, bases
from .identity_number import normal
from .lookup import lookup_digest
from .refused import Refused
from .row_security import opened

SUBJECT = "care_record"
LIST = "list"
"""The subject of a look at a list: the numbers on it are the fields."""
PURPOSES = {
    "visit": gettext_lazy("走访"),
    "help": gettext_lazy("落实帮扶"),
    "plan": gettext_lazy("制定计划"),
    "review": gettext_lazy("期限复核"),
    "transfer": gettext_lazy("转接"),
    "appeal": gettext_lazy("办理本人申请"),
}
OWN_REQUEST = "本人到场申请查阅"
PROOFS = {
    "id_card": gettext_lazy("居民身份证"),
    "household": gettext_lazy("户口簿"),
    "guardian": gettext_lazy("监护人身份证与监护证明"),
    "proxy": gettext_lazy("委托书与双方身份证"),
}
CONTENT_FIELDS = (
    "name", "identity_number", "phone", "address", "guardian", "guardian_phone", "document_number", "situation",
    "work_notes", "medical_class", "medical_condition", "medical_office", "medical_on",
)  # fmt: skip
OF_OTHERS = {"guardian": masking.person_name, "guardian_phone": masking.phone}
"""Facts about somebody else: the subject sees them masked."""


@dataclass(frozen=True)
class RecordSeen:
    """A record as its reader may see it now. `content` is None while it is locked for this reader."""

    record: CareRecord
    basis: Basis
    content: CareContent | None
    plans: Sequence[CarePlan] = ()
    visits: Sequence[CareVisit] = ()
    helps: Sequence[CareHelp] = ()
    appeals: Sequence[CareAppeal] = ()
    unlock: CareUnlock | None = None
    waiting: CareUnlock | None = None


@dataclass(frozen=True)
class Disclosed:
    """What the subject is shown of one record, and who has looked at it."""

    record: CareRecord
    basis: Basis
    fields: Sequence[tuple[str, Any]]
    withheld: Sequence[str]
    is_locked: bool
    looks: Sequence[AuditEntry] = ()
    appeals: Sequence[CareAppeal] = field(default=())


def see_record(by: Account, number: str, purpose: str, *, address: str = "") -> RecordSeen:
    """The record of that number, noted as seen. Raises Refused without a purpose, or when it is out of reach."""
    if purpose not in PURPOSES:
        raise Refused("purpose_missing", _("须先选择查阅目的"), field="purpose", value=purpose)
    with opened(by):
        record = head(number)
        content = CareContent.objects.filter(record=record).first()
        seen = CONTENT_FIELDS if content else ("number", "kind", "expires_on")
        record_look(by, SUBJECT, number, str(PURPOSES[purpose]), seen, address=address)
        own = CareUnlock.objects.filter(record=record, requested_by=by)
        return RecordSeen(
            record, bases()[record.basis], content,
            plans=list(record.plans.select_related("made_by")), visits=list(record.visits.select_related("by")),
            helps=list(record.helps.select_related("by")), appeals=list(record.appeals.all()),
            unlock=own.filter(approved_at__lte=now(), until_at__gt=now()).select_related("approved_by").first(),
            waiting=own.filter(approved_at=None, refused_at=None).first(),
        )  # fmt: skip


def head(number: str) -> CareRecord:
    """The row of a work list, without content. Inside `opened` only."""
    found = CareRecord.objects.filter(number=number).select_related("organisation", "carer").first()
    if found is None:
        raise Refused("not_found", _("没有该编号的记录，或不在您的职责内"), field="number", value=number)
    return found


def disclose(by: Account, identity: str, name: str, proof: str, *, address: str = "") -> list[Disclosed]:
    """What the person at the counter is shown, found by the exact number; the name must be the one in the record.

    个人信息保护法 第四十五条; what the law lets an authority withhold (第十八条、第三十五条, 精神卫生法 第四十七条) is named as
    withheld. Every record shown is noted as a look with the kind of proof that was checked.
    """
    if proof not in PROOFS:
        raise Refused("proof_missing", _("须先核验身份证件"), field="proof", value=proof)
    with opened(by):
        found = CareRecord.objects.filter(identity_digest=lookup_digest(normal(identity)))
        return [
            _disclosed(by, record, content, str(PROOFS[proof]), address)
            for record in found.select_related("organisation", "carer")
            if (content := CareContent.objects.filter(record=record).first()) is None
            or content.name == name.strip()
        ]


def _disclosed(
    by: Account, record: CareRecord, content: CareContent | None, proof: str, address: str
) -> Disclosed:
    basis = bases()[record.basis]
    fields = _fields(content, basis) if content else []
    record_look(by, SUBJECT, record.number, OWN_REQUEST, [f"核验：{proof}", *(label for label, _v in fields)],
                address=address)  # fmt: skip
    names = {each.name: str(each.verbose_name) for each in CareContent._meta.concrete_fields}
    return Disclosed(
        record, basis, fields, [names[name] for name in basis.withheld], content is None,
        looks=looks_at(record.number), appeals=list(record.appeals.all()),
    )  # fmt: skip


def _fields(content: CareContent, basis: Basis) -> list[tuple[str, Any]]:
    shown = []
    for each in CareContent._meta.concrete_fields:
        value = getattr(content, each.attname)
        if each.name in CONTENT_FIELDS and each.name not in basis.withheld and value not in ("", None):
            mask = OF_OTHERS.get(each.name)
            shown.append((str(each.verbose_name), mask(value) if mask else value))
    return shown


def looks_at(number: str) -> list[AuditEntry]:
    """Who looked at a record or acted on it, the latest first."""
    entries = AuditEntry.objects.filter(subject_kind=SUBJECT)
    found = entries.filter(subject=number) | entries.filter(subject=LIST, fields__contains=[number])
    return list(found.order_by("-seq")[:200])
