"""Which kinds of care at which units an account's duties reach: asked of the same function the policies use."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from district.kernel.people.models import Account, Duty, Organisation, ScopeKind

from ..models import CareUnit
from .refused import Refused
from .row_security import opened

CARER = "governance.carer"
LEAD = "governance.care_lead"
DISPUTE = "dispute"

Reach = frozenset[tuple[str, int]]


def reach_of(account: Any, role: str) -> Reach:
    """(kind, id of unit) pairs."""
    with opened(account), connection.cursor() as cursor:
        cursor.execute("SELECT kind, organisation_id FROM governance_care_reach() WHERE role = %s", [role])
        return frozenset(cursor.fetchall())


def check_lead(account: Any, kind: str, organisation: Organisation) -> None:
    """Raises Refused unless the account leads this kind of care at this unit."""
    if (kind, organisation.pk) not in reach_of(account, LEAD):
        raise Refused(
            "outside_duty",
            _("您在该单位没有此类业务的负责人职责"),
            field="organisation",
            value=organisation.code,
        )


def led_units(account: Any, kind: str = "") -> list[Organisation]:
    """The units with business of their own that the account leads, in one kind or any."""
    pairs = {pair for pair in reach_of(account, LEAD) if not kind or pair[0] == kind}
    units = CareUnit.objects.filter(kind=kind) if kind else CareUnit.objects.all()
    own = set(units.values_list("kind", "organisation_id"))
    return list(Organisation.objects.filter(pk__in={unit for _kind, unit in pairs & own}))


def carers_for(kind: str, organisation: Organisation) -> list[Account]:
    """The accounts whose duty of carer reaches this kind of care at this unit."""
    duties = Duty.objects.live().filter(
        role=CARER, account__status="active",
        organisation__in=CareUnit.objects.filter(kind=kind).values("organisation"),
    ).select_related("account", "organisation")  # fmt: skip
    found = {duty.account_id: duty.account for duty in duties if _covers(duty, organisation)}
    return sorted(found.values(), key=lambda account: account.username)


def _covers(duty: Duty, organisation: Organisation) -> bool:
    if duty.scope == ScopeKind.DISTRICT or duty.organisation_id == organisation.pk:
        return True
    return duty.scope == ScopeKind.SUBTREE and duty.organisation.contains(organisation)


def check_carer(carer: Account | None, kind: str, organisation: Organisation) -> None:
    """Raises Refused for a carer whose duty does not reach; None is fine."""
    if carer is not None and carer not in carers_for(kind, organisation):
        raise Refused("not_a_carer", _("该人员在该单位没有此类帮扶职责"), field="carer", value=carer.username)
