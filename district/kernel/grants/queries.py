"""What an account may see of requests, grants, clients, uses and objections."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from district.kernel.datasets.posts import is_steward
from district.kernel.grants.models import Client, Grant, Need, Objection, Request, RequestState, Use
from district.kernel.people.access import may
from district.kernel.people.roles import AUDITOR, PROVIDER, holders
from district.kernel.people.scope import scope_in_roles


def own_units(account: Any) -> frozenset[int]:
    """The departments whose data the account answers for; the steward's is its own."""
    found = set(scope_in_roles(account, holders(PROVIDER)).organisation_ids)
    if is_steward(account) and account.organisation_id:
        found.add(account.organisation_id)
    return frozenset(found)


def sees_all(account: Any) -> bool:
    return is_steward(account) or may(account, AUDITOR)


def requests_seen_by(account: Any) -> QuerySet[Request]:
    """Those of one's department, drafts included, and those it is asked; the steward sees all that were sent."""
    found = Request.objects.select_related("resource__provider", "organisation", "account", "decided_by")
    units = own_units(account)
    sent = ~Q(state=RequestState.DRAFT)
    asked = Q(resource__provider__in=units) & sent
    return found.filter(Q(organisation__in=units) | (sent if sees_all(account) else asked))


def requests_to_decide(account: Any) -> QuerySet[Request]:
    """What waits for this account: review by the steward, decision by the provider; never its own."""
    waits = Q(state=RequestState.ACCEPTED, resource__provider__in=own_units(account))
    if is_steward(account):
        waits |= Q(state=RequestState.SUBMITTED)
    return requests_seen_by(account).filter(waits).exclude(account=account).order_by("due_at")


def grants_seen_by(account: Any) -> QuerySet[Grant]:
    found = Grant.objects.select_related("resource__provider", "grantee", "client", "request", "granted_by")
    if sees_all(account):
        return found
    units = own_units(account)
    return found.filter(Q(grantee__in=units) | Q(resource__provider__in=units))


def clients_seen_by(account: Any) -> QuerySet[Client]:
    found = Client.objects.select_related("organisation", "application", "created_by")
    return found if sees_all(account) else found.filter(organisation__in=own_units(account))


def uses_seen_by(account: Any) -> QuerySet[Use]:
    """Uses of one's department's data, and by one's department."""
    if sees_all(account):
        return Use.objects.all()
    from district.kernel.datasets.models import Resource

    units = own_units(account)
    own = Resource.objects.filter(provider__in=units).values("pk")
    return Use.objects.filter(Q(resource_id__in=own) | Q(organisation_id__in=units))


def objections_seen_by(account: Any) -> QuerySet[Objection]:
    found = Objection.objects.select_related("resource__provider", "organisation", "account")
    if sees_all(account):
        return found
    units = own_units(account)
    return found.filter(Q(organisation__in=units) | Q(resource__provider__in=units))


def needs() -> QuerySet[Need]:
    """需求清单: for everybody who offers or asks."""
    return Need.objects.select_related("organisation", "holder", "resource")
