"""Which sources a person may see, and lists of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Account

from ..models import FileRecord, Outlet, Permit, Source, SupervisionCase

STAFF = ("environment.officer", "environment.monitor", "environment.reader")

OPEN_STATES = (SupervisionCase.State.OPEN, SupervisionCase.State.RETURNED, SupervisionCase.State.ANSWERED)


def sources_visible_to(account: Account) -> QuerySet[Source]:
    """Staff see the sources in the area of their duty; an enterprise sees those of its own organisation."""
    scope = scope_of(account, "environment")
    if may(account, *STAFF):
        return scope.filter(Source.objects.all(), division_field="division_code")
    return scope.filter(
        Source.objects.filter(organisation__isnull=False), organisation_field="organisation_id"
    )


def source_rows(sources: QuerySet[Source], on: date) -> QuerySet[Source]:
    """Sources with what a list shows: outlets, devices, open cases, entries of the file, end of the permit."""
    of_source = {"source": OuterRef("pk")}
    in_force = Permit.objects.filter(**of_source, status=Permit.Status.IN_FORCE, valid_from_on__lte=on)
    return sources.annotate(
        outlet_count=_counted(Outlet.objects.filter(**of_source)),
        device_count=_counted(Outlet.objects.filter(**of_source, device__isnull=False)),
        open_cases=_counted(SupervisionCase.objects.filter(**of_source, state__in=OPEN_STATES)),
        record_count=_counted(FileRecord.objects.filter(**of_source, is_withdrawn=False)),
        permit_until_on=Subquery(in_force.order_by("-valid_until_on").values("valid_until_on")[:1]),
    )


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """A count per source; joined counts would multiply each other's rows."""
    counted = rows.order_by().values("source").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
