"""What is kept of persons goes when its term is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value

from district.kernel.parties.models import Attribute, Name, PartyKind
from district.kernel.parties.settling import settle


@transaction.atomic
def forget_expired(at: datetime) -> int:
    """Deletes facts of persons that their source has not repeated for its `keep_days`. Returns how many.

    Numbers and the party itself stay as long as something points to them; the name in use goes with the others.
    """
    gone, touched = 0, set()
    term = ExpressionWrapper(F("source__keep_days") * Value(timedelta(days=1)), output_field=DurationField())
    for model in (Attribute, Name):
        rows: Any = model.objects.filter(party__kind=PartyKind.PERSON).annotate(
            ends_at=ExpressionWrapper(F("source_at") + term, output_field=model._meta.get_field("source_at"))
        )
        expired = rows.filter(ends_at__lt=at)
        touched |= set(expired.values_list("party_id", flat=True))
        gone += expired.count()
        model.objects.filter(pk__in=list(expired.values_list("pk", flat=True))).delete()
    settle(touched)
    return gone
