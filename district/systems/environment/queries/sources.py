"""Which sources a person may see, and lists of them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from district.kernel.people.access import may, scope_of
from district.kernel.people.models import Account

from ..models import Permit, Source, SupervisionCase

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
    in_force = Q(permits__status=Permit.Status.IN_FORCE, permits__valid_from_on__lte=on)
    return sources.annotate(
        outlet_count=Count("outlets", distinct=True),
        device_count=Count("outlets__device", distinct=True),
        open_cases=Count("cases", filter=Q(cases__state__in=OPEN_STATES), distinct=True),
        record_count=Count("records", filter=Q(records__is_withdrawn=False), distinct=True),
        permit_until_on=Max("permits__valid_until_on", filter=in_force),
    )
