"""Who may do what with the catalogue: the steward with all of it, a provider with its department's."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.datasets.models import Resource, Shelf
from district.kernel.people.access import live_duties, may
from district.kernel.people.models import Organisation
from district.kernel.people.roles import PROVIDER, STEWARD, holders
from district.kernel.people.scope import Scope, scope_in_roles


def is_steward(account: Any) -> bool:
    return may(account, *holders(STEWARD))


def offered_units(account: Any) -> Scope:
    """The units whose data the account delivers."""
    return Scope(is_whole=True) if is_steward(account) else scope_in_roles(account, holders(PROVIDER))


def may_offer(account: Any, provider: Organisation) -> bool:
    """Whether the account may add and change entries of that unit. None is the platform itself."""
    return account is None or offered_units(account).covers(provider.pk)


def may_change(account: Any, resource: Resource) -> bool:
    """Whether the account may change this entry; what a system lends by its contract is changed there only."""
    return not resource.system and may_offer(account, resource.provider)


def visible_resources(account: Any) -> QuerySet[Resource]:
    """Anybody sees what is open to the public, staff all that is published and not secret, a provider its own too."""
    published = Q(shelf=Shelf.PUBLISHED, is_secret=False)
    if account is None or not live_duties(account):
        return Resource.objects.filter(published, is_open_to_public=True)
    scope = offered_units(account)
    if scope.is_whole:
        return Resource.objects.all()
    return Resource.objects.filter(published | Q(provider__in=scope.organisation_ids))
