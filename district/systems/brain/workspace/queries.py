"""What the workspace shows: questions one may open, data one may ask about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from district.kernel import clock
from district.kernel.datasets.models import Item, Resource, Shelf
from district.kernel.grants.models import Grant, GrantState
from district.kernel.people.models import Account

from ..models import SavedQuestion


@dataclass(frozen=True)
class Available:
    """A resource somebody may ask about, and the items they have of it."""

    resource: Resource
    items: list[Item]


def questions_of(account: Account) -> QuerySet[SavedQuestion]:
    """One's own, and those shared in one's unit."""
    return SavedQuestion.objects.filter(
        Q(owner=account) | Q(is_shared=True, organisation_id=account.organisation_id)
    ).select_related("owner", "organisation", "product")


def available_to(account: Account) -> list[Available]:
    """Resources with rows that the account's unit owns, holds a grant on, or that are open to the public."""
    now = clock.now()
    granted: dict[int, set[str]] = {}
    held = Grant.objects.filter(
        grantee_id=account.organisation_id, client=None, state=GrantState.ACTIVE, starts_at__lte=now, ends_at__gt=now
    )
    for resource_id, names in held.values_list("resource_id", "items"):
        granted.setdefault(resource_id, set()).update(names)
    found = (
        Resource.objects.filter(
            Q(pk__in=granted) | Q(provider_id=account.organisation_id) | Q(is_open_to_public=True, is_secret=False),
            ~Q(table="") | Q(versions__state="published"), shelf=Shelf.PUBLISHED,
        )
        .distinct().select_related("provider").prefetch_related("items").order_by("provider__order", "title")
    )  # fmt: skip
    shown = (Available(each, _items(each, account, granted.get(each.pk))) for each in found)
    return [each for each in shown if each.items]


def _items(resource: Resource, account: Account, granted: set[str] | None) -> list[Item]:
    items: list[Any] = list(resource.items.all())
    if resource.provider_id == account.organisation_id:
        return items
    if granted is not None:
        return [item for item in items if item.name in granted]
    return [item for item in items if item.grade == 1 and item.holds != "person_id"]
