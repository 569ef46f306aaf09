"""Sources and runs as an account may see them: a department its own, the steward all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from district.kernel.connectors.models import Run, Source
from district.kernel.datasets.models import Resource
from district.kernel.datasets.posts import offered_units
from district.kernel.people.models import Organisation


def sources_seen_by(account: Any) -> QuerySet[Source]:
    return offered_units(account).filter(Source.objects.all(), organisation_field="resource__provider_id")


def runs_seen_by(account: Any) -> QuerySet[Run]:
    return offered_units(account).filter(
        Run.objects.all(), organisation_field="source__resource__provider_id"
    )


def resources_delivered_by(account: Any) -> QuerySet[Resource]:
    """Entries whose rows come by delivery, not from a table of a system."""
    return offered_units(account).filter(Resource.objects.filter(table=""), organisation_field="provider_id")


def units_offered_by(account: Any) -> QuerySet[Organisation]:
    scope = offered_units(account)
    return (
        Organisation.objects.all()
        if scope.is_whole
        else Organisation.objects.filter(pk__in=scope.organisation_ids)
    )
