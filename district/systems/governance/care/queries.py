"""What the pages list. Every function of records must run inside `opened`: rows are those the duty reaches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from district.kernel.people.access import AUDITOR, may
from district.kernel.people.models import AuditEntry

from ..models import CareAppeal, CareRecord, CareTransfer, CareUnlock, Dispute
from .looking import LIST, SUBJECT

EXPIRING_DAYS = 60
LOOK_SUBJECTS = (SUBJECT, "dispute")


def open_records() -> QuerySet[CareRecord]:
    """The open heads in reach; what another unit only offers is not among them."""
    reached = RawSQL("SELECT organisation_id FROM governance_care_reach()", [])
    return CareRecord.objects.filter(state="open", organisation_id__in=reached).select_related(
        "organisation", "carer"
    )


def due_visits(today: date, days: int = 14) -> QuerySet[CareRecord]:
    """Records with a visit due within `days` or overdue."""
    return (
        open_records()
        .filter(next_visit_on__lte=today + timedelta(days=days))
        .order_by("next_visit_on", "number")
    )


def ending_records(today: date) -> QuerySet[CareRecord]:
    """Open ones that end within sixty days, and closed ones that wait to be deleted."""
    soon = CareRecord.objects.filter(state="open", expires_on__lte=today + timedelta(days=EXPIRING_DAYS))
    return (soon | CareRecord.objects.filter(state="closed")).select_related("organisation", "carer")


def transfers() -> QuerySet[CareTransfer]:
    return CareTransfer.objects.select_related(
        "from_organisation", "to_organisation", "asked_by", "decided_by"
    )


def waiting_unlocks() -> QuerySet[CareUnlock]:
    """Requests nobody has decided yet, of any record in reach."""
    return CareUnlock.objects.filter(approved_at=None, refused_at=None).select_related(
        "record__organisation", "requested_by"
    )


def recent_unlocks() -> QuerySet[CareUnlock]:
    return CareUnlock.objects.exclude(approved_at=None).select_related(
        "record", "requested_by", "approved_by"
    )


def appeals() -> QuerySet[CareAppeal]:
    return CareAppeal.objects.select_related("organisation", "record", "taken_by", "decided_by")


def looks(account: Any) -> QuerySet[AuditEntry]:
    """The access log: all of it for the auditor, that of the records in reach for a lead."""
    entries = AuditEntry.objects.filter(subject_kind__in=LOOK_SUBJECTS)
    if may(account, AUDITOR):
        return entries
    numbers = [
        *CareRecord.objects.values_list("number", flat=True),
        *Dispute.objects.values_list("number", flat=True),
    ]
    return entries.filter(subject__in=numbers) | entries.filter(subject=LIST, fields__has_any_keys=numbers)


def disputes() -> QuerySet[Dispute]:
    return Dispute.objects.select_related("organisation", "mediator")
