"""The counts of a month as they may be shown elsewhere, small numbers held back before they are stored."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from district.kernel.clock import now
from district.kernel.places.models import Division, Level

from ...models import CareFigures, CareRecord, Dispute
from ...models.care import Kind
from ..duties import DISPUTE
from ..row_security import FIGURES, opened
from ..suppression import published


def make_figures(month_on: date) -> CareFigures:
    """Open records by kind and town, and disputes under mediation.

    Stored once a month, so that two days apart tell nothing about one person.
    """
    with opened(work=FIGURES):
        rows = (
            CareRecord.objects.filter(state="open").values_list("kind", "division_code").annotate(Count("pk"))
        )
        found = {(kind, division[:9]): count for kind, division, count in rows}
        running = Dispute.objects.filter(state="mediating").values_list("division_code").annotate(Count("pk"))
        found |= {(DISPUTE, division[:9]): count for division, count in running}
    towns = dict(Division.objects.filter(level=Level.TOWN).order_by("code").values_list("code", "name"))
    kinds = [*(str(kind) for kind in Kind.values), DISPUTE]
    elsewhere = sorted({code for _kind, code in found} - set(towns))
    codes = [*towns, *elsewhere] or [""]
    table = published([[found.get((kind, code), 0) for code in codes] for kind in kinds])
    figures, _is_new = CareFigures.objects.get_or_create(
        month_on=month_on.replace(day=1),
        defaults={"kinds": kinds, "divisions": codes, "counts": table, "made_at": now()},
    )
    return figures
