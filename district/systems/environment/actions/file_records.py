"""Changes to the life-long file of a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from district.kernel.people.models import Account

from ..attachments import RefusedAttachment, read_attachment
from ..models import FileRecord, Outlet, Source
from ..record_kinds import Fault, read_fields, record_kinds


class RefusedRecord(ValueError):
    """A record that was not taken; `faults` name every element, value and rule."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Upload:
    """A file as it came in: the name the sender gave and its whole content."""

    name: str
    content: bytes


def add_record(
    source: Source,
    kind: str,
    happened_on: date,
    title: str,
    *,
    account: Account | None,
    today: date,
    number: str = "",
    issuer: str = "",
    summary: str = "",
    fields: dict[str, str] | None = None,
    outlet: Outlet | None = None,
    upload: Upload | None = None,
) -> FileRecord:
    """Adds an entry to the file. Raises RefusedRecord with every fault, including those of the attachment."""
    if kind not in record_kinds():
        raise RefusedRecord([Fault("kind", _("类别"), kind, "unknown_kind", _("没有这种记录"))])
    values, faults = read_fields(record_kinds()[kind], fields or {})
    faults += _faults_in_basics(source, happened_on, title, outlet, today)
    record = FileRecord(
        source=source,
        outlet=outlet,
        kind=kind,
        happened_on=happened_on,
        title=title.strip(),
        number=number.strip(),
        issuer=issuer.strip(),
        summary=summary.strip(),
        fields=values,
        recorded_by=account,
    )
    if upload is not None:
        faults += _attach(record, upload)
    if faults:
        raise RefusedRecord(faults)
    with transaction.atomic():
        if upload is not None:
            record.attachment.save(upload.name, ContentFile(upload.content), save=False)
        record.save()
    return record


@transaction.atomic
def amend_record(
    record: FileRecord,
    happened_on: date,
    title: str,
    *,
    today: date,
    number: str = "",
    issuer: str = "",
    summary: str = "",
    fields: dict[str, str] | None = None,
    outlet: Outlet | None = None,
    upload: Upload | None = None,
) -> FileRecord:
    """Changes an entry; what it said before stays in its history. Without `upload` the attachment stays.

    Raises RefusedRecord as `add_record` does, and `withdrawn` for an entry that was withdrawn.
    """
    if record.is_withdrawn:
        raise RefusedRecord([Fault("title", _("记录"), record.title, "withdrawn", _("已撤回的记录不能修改"))])
    values, faults = read_fields(record_kinds()[record.kind], fields or {})
    faults += _faults_in_basics(record.source, happened_on, title, outlet, today)
    if upload is not None:
        faults += _attach(record, upload)
    if faults:
        raise RefusedRecord(faults)
    record.happened_on, record.title, record.number = happened_on, title.strip(), number.strip()
    record.issuer, record.summary, record.fields, record.outlet = (
        issuer.strip(),
        summary.strip(),
        values,
        outlet,
    )
    if upload is not None:
        record.attachment.save(upload.name, ContentFile(upload.content), save=False)
    record.save()
    return record


def _faults_in_basics(
    source: Source, happened_on: date, title: str, outlet: Outlet | None, today: date
) -> list[Fault]:
    faults = []
    if not title.strip():
        faults.append(Fault("title", _("标题"), "", "required", _("必填")))
    elif len(title) > 160:
        faults.append(Fault("title", _("标题"), title, "too_long", _("不超过 160 字")))
    if happened_on > today:
        faults.append(Fault("happened_on", _("日期"), str(happened_on), "in_future", _("不能晚于今天")))
    if outlet is not None and outlet.source_id != source.pk:
        faults.append(Fault("outlet", _("排口"), outlet.code, "other_source", _("不属于该企业")))
    return faults


def _attach(record: FileRecord, upload: Upload) -> list[Fault]:
    try:
        found = read_attachment(upload.name, upload.content)
    except RefusedAttachment as refusal:
        return [Fault("attachment", _("附件"), upload.name, refusal.code, str(refusal))]
    record.attachment_name, record.attachment_type = found.name, found.media_type
    record.attachment_sha256 = found.sha256
    return []


def withdraw_record(record: FileRecord, reason: str) -> None:
    """Takes an entry off the timeline with a reason; it stays in the table and in its history."""
    if not reason.strip():
        raise RefusedRecord([Fault("withdrawn_reason", _("撤回原因"), "", "required", _("必填"))])
    record.is_withdrawn = True
    record.withdrawn_reason = reason.strip()[:200]
    record.save(update_fields=["is_withdrawn", "withdrawn_reason"])
