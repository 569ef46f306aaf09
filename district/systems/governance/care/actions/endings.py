"""The law's end of a record, carried out by the platform: closed on its day, deleted when its keeping is over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from district.kernel.people.audit import record_act

from ...models import CareAppeal, CareContent, CareErasure, CareRecord, Dispute
from ..bases import bases
from ..lookup import erasure_digest
from ..row_security import EXPIRY, opened
from .records import end

EXPIRED = "依法到期"
DISPUTE_BASIS = "dispute"


def close_expired(today: date) -> int:
    """Closes what has reached its last day; returns how many."""
    with opened(work=EXPIRY):
        due = list(CareRecord.objects.filter(state="open", expires_on__lte=today))
        for record in due:
            keep = timedelta(days=bases()[record.basis].keep_days)
            end(record, today, record.expires_on + keep, EXPIRED)
    return len(due)


def delete_ended(today: date) -> dict[str, int]:
    """Deletes what need not be kept any longer. A count, keyed digests and one audit row per basis remain.

    Returns basis → how many.
    """
    with opened(work=EXPIRY):
        records = list(CareRecord.objects.filter(state="closed", delete_on__lte=today))
        contents = {each.record_id: each for each in CareContent.objects.filter(record__in=records)}
        erased: dict[str, list[str]] = {}
        for record in records:
            erased.setdefault(record.basis, []).append(_digest((record, contents.get(record.pk))))
        # What was asked and how it was decided stays; the words, which speak of the person, go.
        CareAppeal.objects.filter(record__in=records).update(text="", grounds="", record=None)
        CareRecord.objects.filter(pk__in=[record.pk for record in records]).delete()
        disputes = list(Dispute.objects.filter(delete_on__lte=today))
        if disputes:
            erased[DISPUTE_BASIS] = [_digest((dispute, *dispute.parties.all())) for dispute in disputes]
            Dispute.objects.filter(pk__in=[dispute.pk for dispute in disputes]).delete()
        for basis, digests in erased.items():
            _note(today, basis, digests)
    return {basis: len(digests) for basis, digests in erased.items()}


def _note(today: date, basis: str, digests: list[str]) -> None:
    kept, _is_new = CareErasure.objects.get_or_create(on=today, basis=basis, defaults={"count": 0})
    kept.count += len(digests)
    kept.digests = [*kept.digests, *digests]
    kept.save()
    record_act(None, "care_erased", subject_kind="care_basis", subject=basis, purpose=EXPIRED, fields=digests)


def _digest(parts: Iterable[Model | None]) -> str:
    """Over all that is deleted, in one order."""
    said: list[dict[str, Any]] = [
        {field.attname: str(getattr(part, field.attname)) for field in part._meta.concrete_fields}
        for part in parts
        if part is not None
    ]
    return erasure_digest(json.dumps(said, ensure_ascii=False, sort_keys=True))
