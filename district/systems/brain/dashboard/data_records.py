"""The data centre's records behind the numbers of a board."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from district.kernel import clock
from district.kernel.connectors.models import Run
from district.kernel.datasets.models import Resource, Version
from district.kernel.people.access import scope_of


def resources() -> QuerySet[Resource]:
    """Published entries of the catalogue; every member of staff may read them."""
    return Resource.objects.filter(shelf="published")


def versions_today() -> QuerySet[Version]:
    start, end = clock.day_bounds(clock.today())
    return Version.objects.filter(published_at__gte=start, published_at__lt=end)


def runs_seen_by(account: Any) -> QuerySet[Run]:
    """Deliveries of the departments in the reader's scope."""
    scope = scope_of(account, "brain")
    return scope.filter(Run.objects.all(), organisation_field="source__resource__provider_id")


def runs_today(account: Any) -> QuerySet[Run]:
    start, end = clock.day_bounds(clock.today())
    return runs_seen_by(account).filter(started_at__gte=start, started_at__lt=end)
