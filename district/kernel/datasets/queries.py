"""Entries of the catalogue as people look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from district.kernel.datasets.actions.entries import METADATA
from district.kernel.datasets.cycles import late_since
from district.kernel.datasets.models import DatasetSize, Resource, Version
from district.kernel.datasets.posts import visible_resources
from district.kernel.people.models import Organisation

HISTORY_LENGTH = 50
COMPARED = (*sorted(METADATA), "code", "provider_id", "table")


@dataclass(frozen=True)
class Change:
    """A field that said one thing before and another after. `field` is its name in Resource or Item."""

    at: datetime
    username: str
    item: str
    field: str
    before: Any
    after: Any


def listed(account: Any) -> QuerySet[Resource]:
    """What the account may see, each with `grade`, `item_count`, `rows`, `is_delivered`, `renewed_at`."""
    return with_figures(visible_resources(account))


def with_figures(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Entries with `grade`, `item_count`, `rows`, `is_delivered` (there is data behind it), `renewed_at`."""
    published = Version.objects.filter(resource=OuterRef("pk"), state=Version.State.PUBLISHED)
    # A size is kept by system and key, which joined by a dot are the name of the entry.
    size = DatasetSize.objects.annotate(name=Concat("system", Value("."), "key")).filter(
        name=OuterRef("name")
    )
    return resources.select_related("provider").annotate(
        grade=Max("items__grade"), item_count=Count("items", distinct=True),
        rows=Coalesce(
            Subquery(published.values("rows")[:1]), Subquery(size.values("rows")[:1]), output_field=BigIntegerField()
        ),
        is_delivered=Case(
            When(~Q(table=""), then=Value(True)), default=Exists(published), output_field=BooleanField()
        ),
        renewed_at=Subquery(published.values("published_at")[:1]),
    )  # fmt: skip


def waiting(account: Any) -> int:
    """How many entries wait for a review, of those the account may see."""
    return visible_resources(account).filter(shelf="submitted").count()


def late_at(resource: Resource, at: datetime) -> datetime | None:
    """Since when the data of a listed entry are older than its cycle allows; None when they are not, or are a table."""
    renewed_at: datetime | None = getattr(resource, "renewed_at", None)
    return late_since(resource.cycle, renewed_at, at) if renewed_at else None


def history(resource: Resource) -> list[Change]:
    """What was changed, newest first."""
    changes = [
        *_changes(resource.events.order_by("pgh_id"), COMPARED),
        *_item_changes(resource),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:HISTORY_LENGTH]


def _item_changes(resource: Resource) -> Iterator[Change]:
    from district.kernel.datasets.models import Item

    events: Any = Item.pgh_event_model
    rows: dict[int, list[Any]] = {}
    for event in (
        events.objects.filter(resource_id=resource.pk).select_related("pgh_context").order_by("pgh_id")
    ):
        rows.setdefault(event.pgh_obj_id, []).append(event)
    for found in rows.values():
        yield from _compared(
            found, ("title", "type", "unit", "length", "grade", "mask", "code_table"), found[-1].name
        )


def _changes(events: Any, fields: tuple[str, ...]) -> Iterator[Change]:
    return _compared(list(events.select_related("pgh_context")), fields, "")


def _compared(events: list[Any], fields: tuple[str, ...], item: str) -> Iterator[Change]:
    for before, after in pairwise(events):
        metadata = getattr(after.pgh_context, "metadata", None) or {}
        for field in fields:
            if getattr(before, field) != getattr(after, field):
                yield Change(
                    after.pgh_created_at, str(metadata.get("username", "")), item, field,
                    getattr(before, field), getattr(after, field),
                )  # fmt: skip


def providers() -> QuerySet[Organisation]:
    """Units that have entries."""
    return Organisation.objects.filter(pk__in=Resource.objects.values("provider")).order_by("order")


def by_provider(resources: QuerySet[Resource]) -> QuerySet[Resource, dict[str, Any]]:
    """Entries counted by provider."""
    return resources.values(name=F("provider__name")).annotate(n=Count("pk", distinct=True)).order_by("-n")
