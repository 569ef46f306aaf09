"""Who acts for a village: its clerk, the officer of its town, the district's manager."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from district.kernel.people.access import live_duties, may, scope_of
from district.kernel.people.models import Account, Duty, Organisation
from district.kernel.people.refused import Refused

SYSTEM = "affairs"
ACTING = ("affairs.clerk", "affairs.town", "affairs.manager")


def must_act_for(account: Any, organisation: Organisation) -> None:
    """Raises Refused for who has no post in the unit, or above it."""
    if not may(account, *ACTING) or not _is_in_scope(account, organisation):
        raise Refused("not_yours", _("您不能为 %(unit)s 办理") % {"unit": organisation.name})


def acts_for(account: Any, organisation: Organisation) -> bool:
    return may(account, *ACTING) and _is_in_scope(account, organisation)


def _is_in_scope(account: Any, organisation: Organisation) -> bool:
    return scope_of(account, SYSTEM).covers(organisation.pk)


def own_units(account: Any) -> list[Organisation]:
    """The units the account has a post in with which it acts."""
    found = {duty.organisation_id: duty.organisation for duty in live_duties(account) if duty.role in ACTING}
    return list(found.values())


def staff_of(organisations: Any) -> QuerySet[Account]:
    """Everybody with a live post of the system in these units."""
    duties = Duty.objects.live().filter(role__startswith=f"{SYSTEM}.", organisation__in=organisations)
    return Account.objects.active().filter(Q(duties__in=duties)).distinct().order_by("username")
